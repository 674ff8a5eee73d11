import { describe, expect, it } from "vitest";
import { assembleFleet } from "./assemble/assemble-fleet";
import { EMPTY_MEMORY } from "./fleet-memory";
import { reservedOn } from "./reserved";
import { AT, client, cluster, poolTenant, registry, rule, tenant } from "./testing/cluster-fixture";

const POOL = { model: "pool", topics: [{ prefix: "pool." }], record: { key: true } };
const SIGNED = { ...POOL, principals: [{ kind: "scram", name: "t" }] };
const OWN = { topics: [{ prefix: "t." }], principals: [{ kind: "scram", name: "t" }] };

describe("what has to be kept free for a promise of 3,000", () => {
  it.each<[what: string, placements: object[], kept: number | null]>([
    ["topics of its own, whatever quota there is", [OWN], 3_000],
    ["a pool that nobody but the application enforces", [POOL], null],
    ["a pool in which a quota binds its own clients", [SIGNED], 3_000],
    [
      "its own topics alone, beside a pool that nobody enforces on another cluster",
      [
        { ...OWN, share: 0.75 },
        { ...POOL, cluster: "c2", share: 0.25 },
      ],
      2_250,
    ],
    ["nothing where it is not placed", [{ ...OWN, cluster: "c2" }], null],
  ])("%s", (_what, placements, kept) => {
    const quotas = [rule({ user: "t" }, 9_000)];
    const seen = cluster({ topics: ["t.a", "pool.x"], quotas, clients: { 1: [client("t", 10)] } });
    const declared = registry([tenant("t", ...placements), poolTenant("other")]);
    const { fleet } = assembleFleet({ registry: declared, clusters: [seen], memory: EMPTY_MEMORY, at: AT });
    const state = fleet.tenants.get("t");
    if (state === undefined) throw new Error("no tenant");
    expect(reservedOn(state, "c1", "produce")).toBe(kept);
  });
});
