import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { expect, test } from "vitest";
import { drain } from "@/lib/domain/steps";
import type { Tenant } from "@/lib/domain/tenant";
import { AT, poolTenant, tenant } from "@/lib/domain/testing/cluster-fixture";
import { type DeclaredTopicKey, declaredTopicValue } from "./declared-topic";
import type { PlanFacts } from "./facts";
import { PHASES } from "./operation";
import { planChange } from "./plan-change";
import { ChangeRequest } from "./request";
import { topicsOf } from "./resolve-scope";
import { applyTo, inverted, writtenState } from "./testing/apply-to";
import { planFacts, tier } from "./testing/plan-facts";
import { topicValue } from "./topic-value";

const HOUR = 3_600_000;
const BRIDGES = ["acme", "bolt"];
const TOPICS = [...BRIDGES.flatMap((id) => [`${id}.a`, `${id}.b`, `${id}.c`]), "pool.a", "stray"];
const LATER = "2027-01-01T00:00:00.000Z";

// Few values, so that what is asked for, declared and there meet often.
const ms = fc.constantFrom(HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR);
const bytes = fc.constantFrom(1_000, 50_000, 1_000_000);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const without = (record: Record<string, unknown>) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const own = fc
  .record({
    "retention.ms": maybe(ms.map(String)),
    "retention.bytes": maybe(bytes.map(String)),
    "max.message.bytes": maybe(bytes.map(String)),
  })
  .map((values) => without(values) as Record<string, string>);
const topic = fc.record({
  own,
  partitions: fc.integer({ min: 1, max: 6 }),
  bytes: fc.constantFrom(null, 0, 60_000, 5_000_000),
  start: fc.constantFrom(null, 0, 400),
  end: fc.constantFrom(null, 1_000),
  history: fc.constantFrom<[number, number][]>(
    [],
    [[2 * HOUR, 900]],
    [
      [200 * HOUR, 0],
      [100 * HOUR, 500],
      [HOUR, 990],
    ],
  ),
});

const scopeOf = (names: readonly string[]) =>
  fc.constantFrom(
    ...[undefined, { cluster: "c1" }, ...names.map((name) => ({ cluster: "c1", topic: name })), { topic: names[0] }, { cluster: "c9" }],
  );
const override = (id: string) =>
  fc
    .record({
      setting: fc.constantFrom("retentionMs", "retentionBytes", "maxMessageBytes"),
      value: fc.option(bytes, { nil: null }),
      on: scopeOf(TOPICS.filter((name) => name.startsWith(`${id}.`))),
      until: maybe(fc.constantFrom("2026-01-01T00:00:00.000Z", LATER)),
    })
    .map((given) => without({ ...given, reason: "r", author: "x", at: AT }));
const bridge = (id: string) =>
  fc
    .uniqueArray(override(id), { maxLength: 5, selector: ({ setting, on }) => JSON.stringify([setting, on]) })
    .map((overrides) => ({ ...tenant(id), ...(overrides.length === 0 ? {} : { overrides }) }) as Tenant);

const facts = fc
  .record({
    promise: fc.record({ default: maybe(ms), max: maybe(fc.constantFrom(72 * HOUR, 168 * HOUR)) }).map(without),
    size: fc.record({ default: maybe(bytes), max: maybe(fc.constantFrom(50_000, 1_000_000)) }).map(without),
    acme: bridge("acme"),
    bolt: bridge("bolt"),
    topics: fc.tuple(...TOPICS.map(() => topic)),
    broker: fc.record({ "log.retention.ms": maybe(ms.map(String)), "message.max.bytes": maybe(bytes.map(String)) }).map(without),
    behind: fc.nat(1_000),
  })
  .map(({ promise, size, acme, bolt, topics, broker, behind }) =>
    planFacts({
      tiers: [tier({ retentionMs: promise, maxMessageBytes: size })],
      tenants: [acme, bolt, poolTenant("p1"), poolTenant("p2")],
      clusters: {
        c1: {
          topics: Object.fromEntries(TOPICS.map((name, index) => [name, topics[index] ?? {}])),
          brokerConfigs: broker as Record<string, string>,
          groups: { reader: { behind: Object.fromEntries(TOPICS.map((name) => [name, behind])) } },
        },
      },
    }),
  );

const scope = fc.oneof(
  fc.subarray(TOPICS, { minLength: 1 }).map((names) => ({ topics: names.map((name) => ({ clusterId: "c1", topic: name })) })),
  fc.subarray([...BRIDGES, "p1"], { minLength: 1 }).map((tenantIds) => ({ tenantIds })),
  fc.constant({ tierId: "gold" }),
);
const wanted = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constantFrom("tier" as const, null));
const ending = fc.record({ until: maybe(fc.constant(LATER)) }).map(without);
const request = fc
  .oneof(
    fc
      .tuple(scope, maybe(wanted(fc.oneof(ms, fc.constant("unlimited")))), maybe(wanted(bytes)), ending)
      .filter(([, time, size]) => time !== undefined || size !== undefined)
      .map(([given, retentionMs, retentionBytes, end]) => ({
        kind: "retention",
        scope: given,
        ...without({ retentionMs, retentionBytes }),
        ...end,
      })),
    fc
      .tuple(scope, wanted(bytes), ending)
      .map(([given, maxMessageBytes, end]) => ({ kind: "message-size", scope: given, maxMessageBytes, ...end })),
    fc
      .tuple(fc.constantFrom(...TOPICS), fc.integer({ min: 1, max: 9 }))
      .map(([name, count]) => ({ kind: "partitions", clusterId: "c1", topic: name, count })),
  )
  .map((given) => ChangeRequest.parse(given));

test("a plan that was carried out leaves nothing to do, and taking it back brings back what was there", () => {
  let [carriedOut, refused] = [0, 0];
  fc.assert(
    fc.property(facts, request, (before, asked) => {
      const state = writtenState(before);
      const plan = planChange(asked, before);
      expect(writtenState(before)).toEqual(state);
      if (plan.refusals.length > 0) {
        refused += 1;
        return;
      }
      if (plan.operations.length > 0) carriedOut += 1;
      // What an operation expects to find is what is there.
      expect(
        writtenState(
          applyTo(
            before,
            plan.operations.map((one) => ({ ...one, after: one.before })),
          ),
        ),
      ).toEqual(state);
      const after = applyTo(before, plan.operations);
      expect(planChange(asked, after).operations).toEqual([]);
      expect(writtenState(applyTo(after, inverted(plan.operations)))).toEqual(state);
    }),
    { numRuns: 400 },
  );
  // Both must have been looked at, else nothing was shown.
  expect(Math.min(carriedOut, refused)).toBeGreaterThan(40);
});

test("what is carried out is what is declared then", () => {
  fc.assert(
    fc.property(facts, request, (before, asked) => {
      const plan = planChange(asked, before);
      if (plan.refusals.length > 0 || (asked.kind !== "retention" && asked.kind !== "message-size")) return;
      const after = applyTo(before, plan.operations);
      for (const key of keysOf(asked)) for (const found of drifted(asked, key, after)) expect(found).toBeNull();
    }),
    { numRuns: 300 },
  );
});

function keysOf(asked: ChangeRequest): DeclaredTopicKey[] {
  if (asked.kind === "message-size") return ["max.message.bytes"];
  if (asked.kind !== "retention") return [];
  const keys: DeclaredTopicKey[] = [];
  if (asked.retentionMs !== undefined) keys.push("retention.ms");
  if (asked.retentionBytes !== undefined) keys.push("retention.bytes");
  return keys;
}

/** Topics of one tenant whose value is not what is declared; null stands for one that is. */
function drifted(asked: Extract<ChangeRequest, { kind: "retention" | "message-size" }>, key: DeclaredTopicKey, after: PlanFacts) {
  return drain(topicsOf(asked.scope, after)).items.map(({ cluster, topic: name, tenants }) => {
    const [only] = tenants;
    const value = topicValue(cluster, name, key);
    if (only === undefined || tenants.length > 1 || value === null) return null;
    const declared = declaredTopicValue(only, { cluster: cluster.clusterId, topic: name }, key, after.at);
    const said = declared.by === "nothing" ? null : declared.value;
    return said === null || said === value.effective ? null : { name, key, said, value };
  });
}

test("inside a unit limits are raised before they are declared, and tightened after", () => {
  fc.assert(
    fc.property(facts, request, (before, asked) => {
      const { operations, consequences } = planChange(asked, before);
      for (const [index, { unit, phase }] of operations.entries()) {
        const next = operations[index + 1];
        if (next?.unit === unit) expect(PHASES.indexOf(next.phase)).toBeGreaterThanOrEqual(PHASES.indexOf(phase));
      }
      // Sentences are for people: nothing in them is left over from the program.
      for (const { sentence, detail } of consequences) expect(`${sentence} ${detail}`).not.toMatch(/undefined|NaN|Infinity|\[object/);
    }),
    { numRuns: 300 },
  );
});
