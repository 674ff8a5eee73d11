import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { limitFleet } from "@/lib/domain/people/limit-fleet";
import { defaultPartition } from "@/lib/domain/pool/default-partition";
import { poolView } from "@/lib/domain/pool/pool-view";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { AT, AT_MS, cluster, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { TenantPool } from "@/lib/domain/views/pool";
import { contextOf } from "@/lib/operations/testing/context";
import { AT as NOW } from "@/lib/operations/testing/fleet";
import { acquireLease, openStore, type PoolEntry, type Store, writePoolHour } from "@/lib/store";
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

let store: Store;
beforeAll(async () => {
  store = await openStore({ memory: true });
}, 60_000);
afterAll(() => store.close());

const read = async (id: string, fleet = fleetOf()) =>
  (await getTenantPool.run(contextOf([fleet], { store }), { tenantId: id })) as TenantPool;

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

  it("has the hours that are kept of it, the newest first, and says why the last one is not among them", async () => {
    expect((await read("a")).hoursUnseen).toEqual([{ clusterId: "c1", reason: expect.stringContaining("No whole hour was read") }]);
    const lease = await acquireLease(store, "cluster/c1", "me", 3_600_000);
    if (lease === null) throw new Error("no lease");
    const hourMs = Date.parse(NOW);
    const entry = { r: 0, s: 0, b: [1, 2, 3], p: [0.1, 0.2, 0.3], e: 0.1, l: 3_000, h: 1, v: 3 } satisfies Omit<PoolEntry, "t">;
    for (const hours of [2, 1]) {
      const entries = [
        { ...entry, t: "a" },
        { ...entry, t: "b" },
      ];
      await writePoolHour(store, { clusterId: "c1", atMs: hourMs - hours * 3_600_000, entries, levels: [], cut: false }, lease);
    }
    const told = await read("a");
    expect(told.hours.map(({ from, direction, promise }) => [from, direction, promise])).toEqual(
      [1, 2].map((hours) => [new Date(hourMs - hours * 3_600_000).toISOString(), "produce", "within"]),
    );
    expect(told.hoursUnseen).toEqual([]);
    const pool = { clusterId: "c1", fromMs: hourMs, untilMs: hourMs + 1, levels: [], episodes: [], findings: [], unseen: null };
    const judged = { clusterId: "c1", at: AT, levels: [], brokers: [], episodes: [], findings: [], unseen: null, pool };
    const reasons = async (unseen: string | null) =>
      (await read("a", { ...fleetOf(), noise: new Map([["c1", { ...judged, pool: { ...pool, unseen } }]]) })).hoursUnseen.map(
        ({ reason }) => reason,
      );
    expect(await reasons(null)).toEqual([expect.stringContaining("in no batch of the sample")]);
    expect(await reasons("Not sampled.")).toEqual(["Not sampled."]);
  });
});
