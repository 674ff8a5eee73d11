import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Override } from "@/lib/domain/override";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Tenant } from "@/lib/domain/tenant";
import { AT, cluster, GOLD, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { Tier } from "@/lib/domain/tier";
import { type DeclaredQuota, declaredQuotasOn, type QuotaBasis } from "./declared-quotas";
import { quotaHolders } from "./quota-holders";

const plain = (text: string | undefined): string | undefined => text?.replace(/[\u00a0\u202f]/g, " ");

/** Three brokers lead `acme.orders`, and `pool.clicks` as well. */
const SEEN = cluster({ topics: ["acme.orders", "pool.clicks"] });
const TIER: Tier = { ...GOLD, produceBytesPerSecond: 120_000, consumeBytesPerSecond: 240_000, requestPercent: 100 };

function basisOf(one: Tenant, tier: Tier = TIER): QuotaBasis {
  const own = { clusterId: "c1", topic: "acme.orders", owner: { kind: "tenant" as const, tenantId: one.id, by: "prefix" as const } };
  const shared = { clusterId: "c1", topic: "pool.clicks", owner: { kind: "shared" as const, tenantCount: 2, tenantIds: [] } };
  return { tenant: one, tier, topics: [own, shared] };
}

function declaredOf(one: Tenant, { tier = TIER, seen = SEEN }: { tier?: Tier; seen?: ClusterSnapshot } = {}): DeclaredQuota[] {
  return declaredQuotasOn(basisOf(one, tier), seen, AT);
}

const values = (quotas: DeclaredQuota[]) =>
  quotas.map(({ holder, key, declared }) => [holder.name, key, declared.by === "nothing" ? "nothing" : declared.value]);

const override = (given: object): Override => Override.parse({ reason: "r", author: "ada", at: AT, ...given });
const withOverrides = (...overrides: object[]): Tenant => ({ ...tenant("acme"), overrides: overrides.map(override) });

const scram = (name: string, share?: number) => ({ kind: "scram", name, ...(share === undefined ? {} : { share }) });
const bridge = { topics: [{ prefix: "acme." }], principals: [scram("acme")] };
const pool = { model: "pool", stream: "shared", topics: [{ prefix: "pool." }], record: { header: "tenant" } };

describe("quotas that follow from a tier", () => {
  it("are the promise with room for skew over the brokers that lead, with the arithmetic", () => {
    const [produce, consume, request] = declaredOf(tenant("acme"));
    expect(values([produce, consume, request].flatMap((one) => one ?? []))).toEqual([
      ["acme", "producer_byte_rate", 50_000],
      ["acme", "consumer_byte_rate", 100_000],
      ["acme", "request_percentage", 100],
    ]);
    expect(produce?.split).toMatchObject({ brokersLeading: 3, ceilingBytesPerSecond: 150_000, ceilingOneDownBytesPerSecond: 100_000 });
    expect(plain(produce?.split?.arithmetic)).toBe("120 kB/s × 1.25 / 3 brokers = 50 kB/s a broker");
    expect(plain(request?.split?.arithmetic)).toBe("100 % of a thread on each broker");
  });

  it.each<[string, object[], unknown[][]]>([
    [
      "two users share evenly",
      [{ ...bridge, principals: [scram("a"), scram("b")] }],
      [
        ["a", 25_000, 50],
        ["b", 25_000, 50],
      ],
    ],
    [
      "users by their shares",
      [{ ...bridge, principals: [scram("a", 0.8), scram("b")] }],
      [
        ["a", 40_000, 80],
        ["b", 10_000, 20],
      ],
    ],
    ["a placement by its share; percents are of a broker, so whole", [{ ...bridge, share: 0.5 }], [["acme", 25_000, 100]]],
    [
      "client-ids where there is no user",
      [{ topics: [], principals: [], clientIds: ["x", "y"] }],
      [
        ["x", 25_000, 50],
        ["y", 25_000, 50],
      ],
    ],
    ["users before client-ids", [{ ...bridge, clientIds: ["x"] }], [["acme", 50_000, 100]]],
    [
      "client-ids where the users are an IAM role's",
      [{ principals: [{ kind: "iam-role", name: "arn:aws:iam::1:role/r" }], clientIds: ["x"] }],
      [["x", 50_000, 100]],
    ],
    [
      "one user of two placements has the sum",
      [
        { ...bridge, share: 0.5 },
        { ...pool, principals: [scram("acme")], share: 0.25 },
      ],
      [["acme", 37_500, 100]],
    ],
    [
      "a user of its own in the pool",
      [
        { ...bridge, share: 0.75 },
        { ...pool, principals: [scram("p")], share: 0.25 },
      ],
      [
        ["acme", 37_500, 75],
        ["p", 12_500, 25],
      ],
    ],
  ])("%s", (_what, placements, expected) => {
    const quotas = declaredOf(tenant("acme", ...placements));
    const of = (name: string, key: string) => {
      const found = quotas.find((one) => one.holder.name === name && one.key === key)?.declared;
      return found?.by === "tier" ? found.value : found;
    };
    const names = [...new Set(quotas.map(({ holder }) => holder.name))];
    expect(names.map((name) => [name, of(name, "producer_byte_rate"), of(name, "request_percentage")])).toEqual(expected);
  });

  it("are none on a cluster of its own, where quotas are optional, unless an override gives one", () => {
    const silo = tenant("acme", { ...bridge, model: "silo" });
    expect(values(declaredOf(silo)).map(([, , value]) => value)).toEqual(["nothing", "nothing", "nothing"]);
    const given = { ...silo, overrides: [override({ setting: "produceBytesPerSecond", value: 60_000 })] };
    expect(values(declaredOf(given))[0]).toEqual(["acme", "producer_byte_rate", 25_000]);
  });

  it("are none where the tier promises nothing", () => {
    expect(values(declaredOf(tenant("acme"), { tier: GOLD }))[2]).toEqual(["acme", "request_percentage", "nothing"]);
  });

  it.each<[string, Tenant, ClusterSnapshot, RegExp]>([
    ["no broker leads anything yet", tenant("acme", { ...bridge }), cluster(), /^No broker of c1 leads/],
    ["the topics were not read", tenant("acme"), { ...SEEN, metadata: null }, /are not known/],
    [
      "nothing is meant for a user",
      tenant("acme", { ...bridge, principals: [scram("a", 1), scram("acme")] }),
      SEEN,
      /^Nothing of what is promised is meant for acme/,
    ],
  ])("cannot be said where %s", (_what, one, seen, reason) => {
    const quota = declaredOf(one, { seen }).find(({ holder }) => holder.name === "acme");
    expect(quota).toMatchObject({ declared: { by: "nothing" }, unsaid: { reason: expect.stringMatching(reason) } });
  });

  it("count a broker that is down while its partitions will come back to it", () => {
    const moved = cluster({ topics: ["acme.orders"], deadBrokers: [2] });
    const topic = moved.metadata?.topics.get("acme.orders");
    if (topic === undefined) throw new Error("no topic");
    topic.partitions = topic.partitions.map((one, at) => ({ ...one, replicas: [at + 1, ((at + 1) % 3) + 1] }));
    expect(declaredOf(tenant("acme"), { seen: moved })[0]?.split?.brokersLeading).toBe(3);
  });
});

describe("overrides", () => {
  it.each<[string, object[], unknown]>([
    ["for the whole take the promise's place", [{ setting: "produceBytesPerSecond", value: 60_000 }], 25_000],
    ["of the rule are its value", [{ setting: "produceQuotaBytesPerSecond", value: 7_000 }], 7_000],
    [
      "of the rule win over one for the whole",
      [
        { setting: "produceBytesPerSecond", value: 60_000 },
        { setting: "produceQuotaBytesPerSecond", value: 7_000 },
      ],
      7_000,
    ],
    [
      "that are narrower win",
      [
        { setting: "produceBytesPerSecond", value: 60_000, on: { principal: "acme" } },
        { setting: "produceQuotaBytesPerSecond", value: 7_000 },
      ],
      25_000,
    ],
    [
      "of one principal are narrower than of one cluster",
      [
        { setting: "produceQuotaBytesPerSecond", value: 7_000, on: { cluster: "c1" } },
        { setting: "produceBytesPerSecond", value: 60_000, on: { principal: "acme" } },
      ],
      25_000,
    ],
    ["of elsewhere do not count", [{ setting: "produceQuotaBytesPerSecond", value: 7_000, on: { cluster: "c2" } }], 50_000],
    ["without a value declare no rule", [{ setting: "produceBytesPerSecond", value: null }], null],
    ["that are over do not count", [{ setting: "produceQuotaBytesPerSecond", value: 7_000, until: AT }], 50_000],
  ])("%s", (_what, overrides, expected) => {
    expect(values(declaredOf(withOverrides(...overrides)))[0]?.[2]).toBe(expected);
  });
});

describe("parts of a tenant that no rule can be set on", () => {
  it.each<[string, object, RegExp]>([
    [
      "an IAM role",
      { principals: [{ kind: "iam-role", name: "arn:aws:iam::1:role/app/orders" }] },
      /^The IAM role orders is many Kafka users/,
    ],
    ["a pool without identity", pool, /^In the pool on c1/],
    ["topics without identity", { topics: [{ prefix: "acme." }] }, /^It has no principal/],
  ])("%s", (_what, placement, reason) => {
    const { holders, unruled } = quotaHolders(tenant("acme", placement));
    expect(holders).toEqual([]);
    expect(unruled).toMatchObject([{ clusterId: "c1", reason: expect.stringMatching(reason) }]);
  });
});

describe("all rules of a tenant together", () => {
  const share = fc.option(fc.integer({ min: 1, max: 20 }).map((n) => n / 100));
  const principals = fc.array(share, { minLength: 1, maxLength: 4 });
  const placements = fc.array(fc.record({ share, principals, pooled: fc.boolean() }), { minLength: 1, maxLength: 4 });

  it("never let through more than the promise with its room for skew, and a byte for each rounding", () => {
    fc.assert(
      fc.property(placements, fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 10, max: 40 }), (given, promise, skew) => {
        const one = tenant(
          "acme",
          ...given.map(({ share: part, principals: users, pooled }, at) => ({
            ...(pooled ? pool : bridge),
            stream: `s${at}`,
            ...(part === null ? {} : { share: part }),
            principals: users.map((each, i) => scram(`u${(at + i) % 5}${i}`, each ?? undefined)),
          })),
        );
        const tier = { ...GOLD, produceBytesPerSecond: promise, skewAllowance: skew / 10 };
        const quotas = declaredOf(one, { tier }).filter(({ key, split }) => key === "producer_byte_rate" && split !== null);
        const through = quotas.reduce((sum, { split }) => sum + (split?.ceilingBytesPerSecond ?? 0), 0);
        expect(through).toBeLessThanOrEqual(promise * tier.skewAllowance * (1 + 1e-9) + quotas.length * 3);
      }),
    );
  });
});
