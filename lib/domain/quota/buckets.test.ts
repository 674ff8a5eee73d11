import { describe, expect, test } from "vitest";
import type { ClientMeterFact, QuotaEntity } from "@/lib/domain/facts";
import type { BrokerMeters } from "@/lib/domain/snapshot";
import { type Identities, measureIdentities } from "./buckets";
import { indexQuotas } from "./effective";
import { indexMeters } from "./meters";

const AT = "2026-11-23T10:00:00.000Z";
const NOW = "2026-11-23T10:00:20.000Z";
const UNREAD = { reason: "not read", remedy: "read it" };
type Rule = [entity: QuotaEntity, produce: number];

function measure(
  identities: Partial<Identities>,
  rules: Rule[] | null,
  brokers: Record<number, ClientMeterFact[]>,
  missing: number[] = [],
) {
  const meters = new Map<number, BrokerMeters>();
  for (const [id, clients] of Object.entries(brokers)) meters.set(Number(id), { at: AT, clients, topics: new Map(), broker: {} });
  return measureIdentities(
    { principals: [], clientIds: [], ...identities },
    {
      clusterId: "c1",
      direction: "produce",
      quotas: rules === null ? null : indexQuotas(rules.map(([entity, produce]) => ({ entity, values: { producer_byte_rate: produce } }))),
      meters: indexMeters(meters),
      brokers: { fresh: meters, missing, at: meters.size > 0 ? AT : null, derived: false, topicsHidden: null },
      unread: UNREAD,
      at: NOW,
    },
  );
}

const acme = { principals: [{ kind: "scram", name: "acme" } as const] };
const role = { principals: [{ kind: "iam-role", name: "arn:aws:iam::1:role/x/app" } as const] };
const session = (name: string) => `arn:aws:sts::1:assumed-role/app/${name}`;
const meter = (labels: { user?: string; clientId?: string }, rate: number, throttle = 0): ClientMeterFact => ({
  ...labels,
  produceBytesPerSecond: rate,
  produceThrottleMs: throttle,
});
const OTHERS = meter({ user: "other" }, 1);

/** Bucket → its quota and its rate on each broker. */
function told({ buckets }: ReturnType<typeof measure>) {
  return Object.fromEntries(
    buckets.map(({ bucket, quota, brokers }) => [
      bucket,
      [quota?.value ?? null, Object.fromEntries(brokers.map(({ brokerId, bytesPerSecond }) => [brokerId, bytesPerSecond]))],
    ]),
  );
}

describe("which buckets, and how much", () => {
  test.each<[string, Partial<Identities>, Rule[], Record<number, ClientMeterFact[]>, object, number]>([
    [
      "a user by its own rule",
      acme,
      [[{ user: "acme" }, 10]],
      { 1: [meter({ user: "acme" }, 4)], 2: [OTHERS] },
      { "user acme": [10, { 1: 4, 2: 0 }] },
      4,
    ],
    [
      "a user without a rule, where only user rules exist",
      acme,
      [[{ user: "x" }, 9]],
      { 1: [meter({ user: "acme" }, 4)] },
      { "user acme": [null, { 1: 4 }] },
      4,
    ],
    [
      "all label sets of one identity",
      acme,
      [[{ user: "acme" }, 10]],
      { 1: [meter({ user: "acme" }, 4), meter({ user: "acme", clientId: "old" }, 1)] },
      { "user acme": [10, { 1: 4 }], "user acme, client-id old": [null, { 1: 1 }] },
      5,
    ],
    [
      "a pair rule beside a user rule",
      acme,
      [
        [{ user: "acme", clientId: "app" }, 3],
        [{ user: "acme" }, 10],
      ],
      { 1: [meter({ user: "acme", clientId: "app" }, 2), meter({ user: "acme" }, 4)] },
      { "user acme, client-id app": [3, { 1: 2 }], "user acme": [10, { 1: 4 }] },
      6,
    ],
    [
      "one bucket per client-id under a user's default client-id",
      acme,
      [[{ user: "acme", clientId: null }, 5]],
      { 1: [meter({ user: "acme", clientId: "a" }, 2), meter({ user: "acme", clientId: "b" }, 3)] },
      { "user acme, client-id a": [5, { 1: 2 }], "user acme, client-id b": [5, { 1: 3 }] },
      5,
    ],
    [
      "a client-id",
      { clientIds: ["app"] },
      [[{ clientId: "app" }, 7]],
      { 1: [meter({ clientId: "app" }, 6)] },
      { "client-id app": [7, { 1: 6 }] },
      6,
    ],
    [
      "a client-id in whose place a user rule stands is not a bucket of its own",
      { ...acme, clientIds: ["app"] },
      [
        [{ user: "acme" }, 10],
        [{ clientId: "app" }, 2],
      ],
      { 1: [meter({ user: "acme" }, 4), meter({ clientId: "app" }, 0)] },
      { "user acme": [10, { 1: 4 }] },
      4,
    ],
    [
      "sessions of a role without a rule are summed",
      role,
      [[{ user: "x" }, 9]],
      { 1: [meter({ user: session("a") }, 2), meter({ user: session("b") }, 3)], 2: [meter({ user: session("a") }, 1)] },
      { "role app (2 sessions)": [null, { 1: 5, 2: 1 }] },
      6,
    ],
    [
      "sessions that a default-user rule binds have a bucket each",
      role,
      [[{ user: null }, 4]],
      { 1: [meter({ user: session("a") }, 2), meter({ user: session("b") }, 3)] },
      { "role app, session a": [4, { 1: 2 }], "role app, session b": [4, { 1: 3 }] },
      5,
    ],
    ["a role of which no session was seen", role, [[{ user: null }, 4]], { 1: [OTHERS] }, { "role app": [4, { 1: 0 }] }, 0],
    ["a quota of zero is a quota", acme, [[{ user: "acme" }, 0]], { 1: [meter({ user: "acme" }, 1)] }, { "user acme": [0, { 1: 1 }] }, 1],
  ])("%s", (_, identities, rules, brokers, expected, total) => {
    const use = measure(identities, rules, brokers);
    expect(told(use)).toEqual(expected);
    expect(use.total).toEqual({ source: "measured", value: total, at: AT });
  });

  test("a shadowed client-id rule is told with the rule that hides it", () => {
    const use = measure(
      { ...acme, clientIds: ["app"] },
      [
        [{ user: "acme" }, 10],
        [{ clientId: "app" }, 2],
      ],
      { 1: [meter({ user: "acme" }, 4)] },
    );
    expect(use.buckets[0]?.quota).toMatchObject({
      step: 3,
      entity: "user acme",
      shadows: [{ step: 7, entity: "client-id app", value: 2 }],
    });
  });

  test("share and throttle time are kept for each broker", () => {
    const use = measure(acme, [[{ user: "acme" }, 10]], { 1: [meter({ user: "acme" }, 11, 420)], 2: [meter({ user: "acme" }, 5)] });
    expect(use.buckets[0]?.brokers).toEqual([
      { brokerId: 1, bytesPerSecond: 11, source: "measured", quotaBytesPerSecond: 10, share: 1.1, throttleMs: 420 },
      { brokerId: 2, bytesPerSecond: 5, source: "measured", quotaBytesPerSecond: 10, share: 0.5, throttleMs: 0 },
    ]);
  });
});

describe("what cannot be seen", () => {
  test.each<[string, Partial<Identities>, Rule[] | null, Record<number, ClientMeterFact[]>, RegExp]>([
    ["no rule of this kind exists", acme, [], { 1: [] }, /^No producer_byte_rate quota exists/],
    [
      "the user is counted by client-id",
      acme,
      [
        [{ user: "x" }, 9],
        [{ clientId: "app" }, 2],
      ],
      { 1: [meter({ clientId: "app" }, 5)] },
      /has no rule of its own/,
    ],
    [
      "an old label set at zero tells nothing",
      acme,
      [
        [{ user: "x" }, 9],
        [{ clientId: "y" }, 2],
      ],
      { 1: [meter({ user: "acme" }, 0)] },
      /has no rule of its own/,
    ],
    ["only client-ids are counted", acme, [[{ clientId: "y" }, 2]], { 1: [meter({ clientId: "y" }, 5)] }, /has no rule of its own/],
    ["only users are counted", { clientIds: ["app"] }, [[{ user: "x" }, 9]], { 1: [OTHERS] }, /do not count client-id app/],
    ["quotas could not be read", acme, null, { 1: [OTHERS] }, /quotas of this cluster could not be read/],
    ["no client has a series", acme, [[{ user: "acme" }, 9]], { 1: [] }, /publish no rate of any client/],
    ["no exporter was read", acme, [[{ user: "acme" }, 9]], {}, /^not read$/],
  ])("%s", (_, identities, rules, brokers, reason) => {
    const { total } = measure(identities, rules, brokers);
    expect(total).toMatchObject({ source: "unavailable", at: NOW });
    expect(total.source === "unavailable" && total.reason).toMatch(reason);
  });

  test("a quota in force is named also where no rate is known", () => {
    expect(told(measure(acme, [[{ user: "acme" }, 9]], {}))).toEqual({ "user acme": [9, {}] });
  });

  test.each<[string, Partial<Identities>, Rule[], number[]]>([
    ["a living broker does not tell", acme, [[{ user: "acme" }, 9]], [3]],
    [
      "one of two principals is not counted",
      { principals: [...acme.principals, { kind: "scram", name: "lost" }] },
      [
        [{ user: "acme" }, 9],
        [{ clientId: "y" }, 2],
      ],
      [],
    ],
  ])("the total is at least: %s", (_, identities, rules, missing) => {
    const { total } = measure(identities, rules, { 1: [meter({ user: "acme" }, 4)] }, missing);
    expect(total).toEqual({ source: "measured", value: 4, at: AT, atLeast: true });
  });

  test("where quotas are unknown a rate that is seen counts all the same", () => {
    expect(measure(acme, null, { 1: [meter({ user: "acme" }, 4)] }).total).toMatchObject({ value: 4 });
  });
});
