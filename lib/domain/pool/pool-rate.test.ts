import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { isKnown } from "@/lib/domain/observed";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { AT, AT_MS, cluster, poolTenant, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { PoolFacts, ReportedUse } from "./pool-facts";
import { REPORTED_OLD_MS, SHARES_OLD_MS, sampledRate } from "./pool-rate";
import { type DrawnBatch, estimateShares, type PoolShares } from "./shares";

const TENANTS = ["p1", "p2", "p3"];
const DECLARED = registry(TENANTS.map(poolTenant));

function sampled(rows: [tenantId: string | null, bytes: number, error: number][], at = AT): PoolShares {
  const told = rows.map(([tenantId, bytes, bytesError]) => ({
    tenantId,
    bytes,
    bytesError,
    records: bytes,
    recordsError: bytesError,
    partitions: [0],
  }));
  return { at, draws: 72, partitions: [0, 1, 2], unmet: 0.05, rows: told };
}

function fleetWith(pool: Partial<PoolFacts>, spec: Parameters<typeof cluster>[0] = {}, declared = DECLARED) {
  const snapshot: ClusterSnapshot = {
    ...cluster({ topics: ["pool.x", "pool.y"], rates: { "pool.x": [4_000, 3_000, 3_000] }, ...spec }),
    pool: { shares: new Map(), reported: new Map(), ...pool },
  };
  return assembleFleet({ registry: declared, clusters: [snapshot], memory: EMPTY_MEMORY, at: AT }).fleet;
}

const ago = (ms: number): string => new Date(AT_MS - ms).toISOString();
const shares = new Map([
  [
    "pool.x",
    sampled([
      ["p1", 0.2, 0.02],
      ["p2", 0.6, 0.03],
      [null, 0.2, 0.02],
    ]),
  ],
]);

describe("a pool tenant's rate", () => {
  it("is its sampled share times the topics' rates, with its interval, on tenant and row; nobody enforces its promise", () => {
    const { produce, row } = fleetWith({ shares }).tenants.get("p1") ?? {};
    expect(produce).toMatchObject({
      state: "no-limit",
      bytesPerSecond: { source: "estimated", value: 2_000, at: AT, error: expect.closeTo(0.1) },
      promise: { bytesPerSecond: 3_000, state: "within" },
      note: "Enforced by: your application, or nobody.",
    });
    expect(row?.produce).toMatchObject({ source: "estimated", bytesPerSecond: 2_000, error: expect.closeTo(0.1) });
  });

  it.each<[share: number, error: number, state: "within" | "above" | "unknown"]>([
    [0.2, 0.02, "within"],
    [0.29, 0.02, "unknown"],
    [0.31, 0.02, "unknown"],
    [0.4, 0.02, "above"],
  ])("is within or above a promise of 0.3 only with the whole interval: %s ± %s is %s", (share, error, state) => {
    const found = fleetWith({ shares: new Map([["pool.x", sampled([["p1", share, error]])]]) }).tenants.get("p1");
    expect(found?.produce.promise?.state).toBe(state);
  });

  it("of somebody who was in none of the batches is not zero, but at least zero", () => {
    const found = fleetWith({ shares }).tenants.get("p3")?.produce;
    expect(found).toMatchObject({ bytesPerSecond: { source: "estimated", value: 0, atLeast: true }, promise: { state: "unknown" } });
  });

  it("is at least what is known while another topic with traffic was not sampled", () => {
    const rates = { "pool.x": [4_000, 3_000, 3_000], "pool.y": [1, 0, 0] } as Record<string, [number, number, number]>;
    expect(fleetWith({ shares }, { rates }).tenants.get("p1")?.produce.bytesPerSecond).toMatchObject({ value: 2_000, atLeast: true });
  });

  it("is not known from a sample that is old, and says so", () => {
    const old = new Map([["pool.x", sampled([["p1", 0.2, 0.02]], ago(SHARES_OLD_MS + 1))]]);
    expect(fleetWith({ shares: old }).tenants.get("p1")?.produce).toMatchObject({
      state: "unknown",
      bytesPerSecond: { source: "unavailable" },
    });
  });

  it("of a tenant that is partly in a pool is added to what its own topics tell", () => {
    const mixed = tenant(
      "p1",
      { topics: [{ prefix: "p1." }] },
      { model: "pool", stream: "shared", topics: [{ prefix: "pool." }], record: { header: "t" } },
    );
    const own = {
      topics: ["pool.x", "p1.a"],
      rates: { "pool.x": [10_000, 0, 0], "p1.a": [500, 0, 0] } as Record<string, [number, number, number]>,
    };
    const found = fleetWith({ shares }, own, registry([mixed, poolTenant("p2")])).tenants.get("p1");
    expect(found?.produce.bytesPerSecond).toMatchObject({ source: "estimated", value: 2_500 });
  });

  it("is worked out anew with another sample, though no broker was read again", () => {
    const first = fleetWith({ shares });
    const before = first.clusters.get("c1");
    if (before === undefined) throw new Error("no cluster");
    const again = { ...before, pool: { shares: new Map([["pool.x", sampled([["p1", 0.1, 0.01]])]]), reported: new Map() } };
    const input = { registry: DECLARED, clusters: [again], memory: EMPTY_MEMORY, at: AT };
    expect(assembleFleet(input, first).fleet.tenants.get("p1")?.produce.bytesPerSecond).toMatchObject({ value: 1_000 });
  });
});

describe("what an application reports", () => {
  const told = (changes: Partial<ReportedUse> = {}): ReportedUse => ({
    from: "CloudWatch namespace Acme/Usage",
    produce: { bytesPerSecond: 2_900, at: ago(60_000) },
    problem: null,
    ...changes,
  });
  const of = (reported: ReportedUse) => fleetWith({ shares, reported: new Map([["p1", reported]]) }).tenants.get("p1");

  it("comes before the sample, with its time, and is exact; the direction that is not reported is sampled", () => {
    const found = of(told());
    expect(found?.produce).toMatchObject({
      bytesPerSecond: { source: "reported", value: 2_900, at: ago(60_000) },
      promise: { state: "within" },
      note: "Its application reports it: CloudWatch namespace Acme/Usage. Enforced by: your application, or nobody.",
    });
    expect(found?.consume.bytesPerSecond).toMatchObject({ source: "estimated" });
  });

  it("does not count once it is old: the sample stands in, and that is said", () => {
    const found = of(told({ produce: { bytesPerSecond: 9, at: ago(REPORTED_OLD_MS + 60_000) } }));
    expect(found?.produce.bytesPerSecond).toMatchObject({ source: "estimated", value: 2_000 });
    expect(found?.produce.note).toBe(
      "What CloudWatch namespace Acme/Usage reported last is 21\u00a0m\u00a000\u00a0s old. The sample stands in. Enforced by: your application, or nobody.",
    );
  });

  it("does not count while nothing came of it, for the reason that is known", () => {
    const problem = { message: "CloudWatch refused GetMetricData.", remedy: "Grant it." };
    expect(of(told({ produce: null, problem }))?.produce.note).toMatch(
      /has reported nothing of it yet\. CloudWatch refused GetMetricData\. The sample/,
    );
  });

  it("does not come before what brokers measure of its own clients", () => {
    const known = registry([
      tenant("p1", { model: "pool", topics: [{ prefix: "pool." }], record: { key: true }, principals: [{ kind: "scram", name: "p1" }] }),
      poolTenant("p2"),
    ]);
    const clients = {
      1: [{ user: "p1", produceBytesPerSecond: 70, consumeBytesPerSecond: 70, produceThrottleMs: 0, consumeThrottleMs: 0 }],
    };
    const fleet = fleetWith({ shares, reported: new Map([["p1", told()]]) }, { clients }, known);
    expect(fleet.tenants.get("p1")?.produce.bytesPerSecond).toMatchObject({ source: "measured", value: 70 });
  });
});

describe("shares and the rest", () => {
  const Batch = fc.record({
    partition: fc.nat({ max: 3 }),
    parts: fc.array(
      fc.record({
        tenant: fc.constantFrom<string | null>(...TENANTS, "?", null),
        records: fc.integer({ min: 1, max: 50 }),
        size: fc.integer({ min: 1, max: 5_000 }),
      }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  });

  it("are 100 %, and the tenants' rates with the rest are the topic's rate, whatever was drawn", () => {
    fc.assert(
      fc.property(fc.array(Batch, { minLength: 16, maxLength: 60 }), fc.integer({ min: 1, max: 1_000_000 }), (batches, rate) => {
        const drawn = batches.map(({ partition, parts }): DrawnBatch => {
          const byTenant = new Map<string | null, { records: number; bytes: number }>();
          for (const { tenant: id, records, size } of parts) {
            const known = byTenant.get(id) ?? { records: 0, bytes: 0 };
            byTenant.set(id, { records: known.records + records, bytes: known.bytes + records * size });
          }
          const sum = (of: "records" | "bytes") => [...byTenant.values()].reduce((all, part) => all + part[of], 0);
          return { partition, records: sum("records"), bytes: sum("bytes"), parts: byTenant };
        });
        const strata = [0, 1, 2, 3].map((partition) => ({ partition, offsets: 100 * (partition + 1) }));
        const found = estimateShares(drawn, strata, AT);
        if (found === null) return;
        for (const of of ["bytes", "records"] as const) expect(found.rows.reduce((all, row) => all + row[of], 0)).toBeCloseTo(1, 9);
        const fleet = fleetWith({ shares: new Map([["pool.x", found]]) }, { rates: { "pool.x": [rate, 0, 0] } });
        const topics = fleet.tenants.get("p1")?.topics ?? [];
        const facts = fleet.clusters.get("c1")?.pool ?? { shares: new Map(), reported: new Map() };
        const known = TENANTS.map((tenantId) => sampledRate({ tenantId, topics, facts, direction: "produce", nowMs: AT_MS, at: AT }));
        const rest = found.rows.filter(({ tenantId }) => tenantId === null || tenantId === "?").reduce((all, { bytes }) => all + bytes, 0);
        const sum = known.reduce((all, one) => all + (isKnown(one) ? one.value : 0), 0);
        expect((sum + rest * rate) / rate).toBeCloseTo(1, 9);
      }),
      { numRuns: 100 },
    );
  });
});
