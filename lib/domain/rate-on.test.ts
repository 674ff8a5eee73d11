import { describe, expect, it } from "vitest";
import { assembleFleet } from "./assemble/assemble-fleet";
import { EMPTY_MEMORY } from "./fleet-memory";
import type { PoolFacts } from "./pool/pool-facts";
import { rateOn } from "./rate-on";
import { AT, client, cluster, registry, tenant } from "./testing/cluster-fixture";

const POOL = { model: "pool", topics: [{ prefix: "pool." }], record: { header: "tenant" } };
const OWN = { topics: [{ prefix: "p." }], principals: [{ kind: "scram", name: "p" }] };
const SAMPLED: PoolFacts["shares"] = new Map([
  [
    "pool.x",
    {
      at: AT,
      draws: 72,
      partitions: [0, 1, 2],
      unmet: 0.05,
      rows: [{ tenantId: "p", bytes: 0.2, bytesError: 0.02, records: 0.2, recordsError: 0.02, partitions: [0] }],
    },
  ],
]);

/** Tenant p and another one of the pool, on clusters whose shared topic carries 10 kB/s in all. */
function on(placements: object[], clusterId: string, shares: PoolFacts["shares"] = SAMPLED) {
  const clusters = ["c1", "c2"].map((id) => ({
    ...cluster({
      id,
      topics: ["pool.x", "p.a"],
      rates: { "pool.x": [4_000, 3_000, 3_000], "p.a": [100, 100, 100] },
      clients: { 1: [client("p", 700)] },
    }),
    pool: { shares, reported: new Map() },
  }));
  const others = ["c1", "c2"].map((id) => ({ ...POOL, cluster: id }));
  const declared = registry([tenant("p", ...placements), tenant("q", ...others)]);
  const state = assembleFleet({ registry: declared, clusters, memory: EMPTY_MEMORY, at: AT }).fleet.tenants.get("p");
  return state === undefined ? null : rateOn(state, clusterId, "produce");
}

describe("a tenant's rate on one of its clusters", () => {
  it.each<[what: string, placements: object[], shares: PoolFacts["shares"], told: object | null]>([
    [
      "in pools is its sampled part there",
      [
        { ...POOL, cluster: "c1" },
        { ...POOL, cluster: "c2" },
      ],
      SAMPLED,
      { source: "estimated", value: 2_000 },
    ],
    [
      "in a pool that was not sampled is not known",
      [
        { ...POOL, cluster: "c1" },
        { ...POOL, cluster: "c2" },
      ],
      new Map(),
      null,
    ],
    [
      "with a pool beside its own topics is both",
      [
        { ...OWN, cluster: "c1" },
        { ...POOL, cluster: "c2" },
        { topics: [{ prefix: "p." }], cluster: "c2" },
      ],
      SAMPLED,
      { source: "estimated", value: 2_300 },
    ],
    [
      "with a pool that is not known is at least its own",
      [
        { ...OWN, cluster: "c1" },
        { ...POOL, cluster: "c2" },
        { topics: [{ prefix: "p." }], cluster: "c2" },
      ],
      new Map(),
      { source: "derived", value: 300, atLeast: true },
    ],
    [
      "by identities is what they do",
      [
        { ...POOL, cluster: "c1" },
        { ...OWN, cluster: "c2" },
      ],
      SAMPLED,
      { source: "measured", value: 700 },
    ],
  ])("%s", (_, placements, shares, told) => {
    const rate = on(placements, "c2", shares);
    if (told === null) expect(rate).toBeNull();
    else expect(rate).toMatchObject(told);
    expect(rate?.atLeast === true).toBe(told !== null && "atLeast" in told);
  });
});
