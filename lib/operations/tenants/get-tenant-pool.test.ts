import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { limitFleet } from "@/lib/domain/people/limit-fleet";
import { defaultPartition } from "@/lib/domain/pool/default-partition";
import { poolView } from "@/lib/domain/pool/pool-view";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { AT, AT_MS, cluster, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { TenantPool } from "@/lib/domain/views/pool";
import { contextOf } from "@/lib/operations/testing/context";
import { getTenantPool } from "./get-tenant-pool";

const IDS = ["a", "b", "c", "d", "e", "f"];
const keyed = (id: string) => tenant(id, { model: "pool", topics: [{ prefix: "pool." }], record: { key: true } });
const at = (id: string) => defaultPartition(id, 3);
const row = (tenantId: string, bytes: number, partitions: number[]) => ({
  tenantId,
  bytes,
  bytesError: 0.01,
  records: bytes,
  recordsError: 0.01,
  partitions,
});

function fleetOf(changes: Partial<ClusterSnapshot> = {}) {
  const shares = new Map([["pool.x", { at: AT, draws: 72, partitions: [0, 1, 2], unmet: 0.05, rows: [row("a", 0.25, [at("a")])] }]]);
  const seen = cluster({ topics: ["pool.x"], rates: { "pool.x": [4_000, 0, 0] }, groups: { indexer: { behind: { "pool.x": 40 } } } });
  // Each partition of the group has a lag of its own.
  const group = seen.groups.get("indexer");
  if (group !== undefined) {
    const committed = group.committed.map((one) => ({ ...one, offset: one.offset - BigInt(one.partition) }));
    seen.groups.set("indexer", { ...group, committed });
  }
  const snapshot: ClusterSnapshot = { ...seen, pool: { shares, reported: new Map() }, ...changes };
  return assembleFleet({ registry: registry(IDS.map(keyed)), clusters: [snapshot], memory: EMPTY_MEMORY, at: AT }).fleet;
}

const read = async (id: string) => (await getTenantPool.run(contextOf([fleetOf()]), { tenantId: id })) as TenantPool;

describe("a tenant's part of a pool", () => {
  it("is told topic by topic, with the exact lag of the partition in which its key puts it, and who shares that", async () => {
    const { parts, reported } = await read("a");
    const others = IDS.filter((id) => id !== "a" && at(id) === at("a"));
    expect(others.length).toBeGreaterThan(0);
    expect(reported).toEqual([]);
    expect(parts).toMatchObject([
      {
        topic: "pool.x",
        sample: { draws: 72, share: { bytes: 0.25 }, unmet: 0.05 },
        bytesInPerSecond: { source: "estimated", value: 1_000 },
        partition: {
          partition: at("a"),
          by: "key",
          seen: true,
          sharedWith: others.map((id) => ({ id, name: id })),
          sharedWithCount: others.length,
          groups: [
            {
              groupId: "indexer",
              recordsBehind: { source: "measured", value: 40 + at("a"), at: AT },
              timeBehindMs: { source: "measured" },
            },
          ],
        },
        partitionUnknown: null,
      },
    ]);
  });

  it("names nobody outside of the limits of a role, and says how many there are", () => {
    const fleet = limitFleet(fleetOf(), { tenants: ["a"], tiers: [], clusters: [] }, new Map());
    const state = fleet.tenants.get("a");
    if (state === undefined) throw new Error("no tenant");
    const [part] = poolView(fleet, state, AT_MS).parts;
    const others = IDS.filter((id) => id !== "a" && at(id) === at("a")).length;
    expect(part?.partition).toMatchObject({ partition: at("a"), sharedWith: [], sharedWithCount: others });
    expect(JSON.stringify(part)).not.toMatch(/"(b|c|d|e|f)"/);
  });

  it("shows what is reported with its age, and why it does not count", () => {
    const old = new Date(AT_MS - 3_600_000).toISOString();
    const told = { from: "CloudWatch namespace X", produce: { bytesPerSecond: 5, at: old }, consume: null, problem: null };
    const fleet = fleetOf({ pool: { shares: new Map(), reported: new Map([["a", told]]) } });
    const state = fleet.tenants.get("a");
    if (state === undefined) throw new Error("no tenant");
    expect(poolView(fleet, state, AT_MS).reported).toMatchObject([
      {
        from: "CloudWatch namespace X",
        produceBytesPerSecond: { source: "reported", value: 5, at: old },
        consumeBytesPerSecond: { source: "unavailable" },
        away: { reason: expect.stringContaining("old"), remedy: expect.any(String) },
      },
    ]);
  });
});
