import { describe, expect, it } from "vitest";
import type { ClusterHost } from "@/lib/collector/cluster/cluster-host";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import { memoryStore } from "@/lib/collector/testing/memory-store";
import { condition } from "@/lib/collector/testing/world";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { PoolShares } from "@/lib/domain/pool/shares";
import { AT, AT_MS, client, cluster, poolTenant, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import { createNoiseKeeper } from "./noise-keeper";

const MINUTE = 60_000;
const DECLARED = registry(["acme", "brook", "kestrel"].map((id) => tenant(id)));

async function setUp() {
  const clock = manualClock(AT);
  const store = memoryStore(clock);
  const lease = await store.acquireLease("cluster/c1", "me", 3_600_000);
  if (lease === null) throw new Error("no lease");
  let isHeld = true;
  let changes = 0;
  const errors: unknown[] = [];
  const host = {
    clusterId: "c1",
    isHeld: () => isHeld,
    write: async (_: string, work: (fence: typeof lease) => Promise<unknown>) => {
      await work(lease);
      return "written";
    },
  } as unknown as ClusterHost;
  const keeper = createNoiseKeeper({
    hosts: () => [host],
    store,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: (fields) => void errors.push(fields) },
    open: [],
    onChange: () => {
      changes += 1;
    },
  });
  const fleetAt = (minute: number, kestrel: number): FleetSnapshot => {
    const at = new Date(AT_MS + minute * MINUTE).toISOString();
    const made = cluster({
      at,
      topics: ["acme.a", "brook.a", "kestrel.a"],
      clients: { 2: [client("acme", 20_000), client("brook", 20_000), client("kestrel", kestrel)] },
    });
    const of = made.meters.get(2);
    const meters = new Map(made.meters);
    const sum = 40_000 + kestrel;
    if (of !== undefined) meters.set(2, { ...of, broker: { requestHandlerIdle: 0.1, bytesInPerSecond: sum, bytesOutPerSecond: sum } });
    const input = { registry: DECLARED, clusters: [{ ...made, meters }], memory: EMPTY_MEMORY, noise: keeper.noise(), at };
    return assembleFleet(input).fleet;
  };
  const sweep = async (minute: number, kestrel: number) => {
    if (minute > 0) await clock.advance(MINUTE);
    await keeper.sweep(fleetAt(minute, kestrel));
  };
  return { keeper, store, clock, sweep, fleetAt, errors, changes: () => changes, hold: (next: boolean) => (isHeld = next) };
}

describe("the keeper of noise", () => {
  it("judges each reading once, keeps its levels, and tells of a change", async () => {
    const { keeper, store, sweep, changes, errors } = await setUp();
    await sweep(0, 500_000);
    const told = changes();
    await sweep(0, 500_000);
    expect([store.noise.length, changes()]).toEqual([1, told]);
    await sweep(1, 500_000);
    expect(
      keeper
        .noise()
        .get("c1")
        ?.findings.map(({ rule }) => rule),
    ).toContain("noise.noisy");
    expect(changes()).toBe(told + 1);
    expect(store.noise.at(-1)).toMatchObject({ clusterId: "c1", atMs: AT_MS + MINUTE });
    expect(
      store.noise
        .at(-1)
        ?.entries.find(([id, resource]) => id === "kestrel" && resource === 0)
        ?.slice(2, 3),
    ).toEqual([2]);
    expect(errors).toEqual([]);
  });

  it("makes conditions of what it finds, with the moment it began", async () => {
    const { sweep, fleetAt } = await setUp();
    await sweep(0, 500_000);
    await sweep(1, 500_000);
    const found = fleetAt(2, 500_000).conditions.filter(({ rule }) => rule === "noise.noisy");
    expect(found.map(({ tenantId, since }) => [tenantId, since])).toContainEqual(["kestrel", AT]);
  });

  it("writes nothing of a cluster that another process reads", async () => {
    const { keeper, store, sweep, hold } = await setUp();
    await sweep(0, 500_000);
    hold(false);
    await sweep(1, 500_000);
    expect([store.noise.length, keeper.noise().get("c1")?.levels]).toEqual([1, []]);
  });

  it("takes over what the process that reads the cluster wrote down", async () => {
    const { keeper, store, sweep, fleetAt, hold } = await setUp();
    const noisy = {
      ...condition("n"),
      episode: 1,
      rule: "noise.noisy",
      tenantId: "kestrel",
      clusterId: "c1",
      subject: "broker 2 in",
      since: AT,
    };
    store.open = [noisy, { ...noisy, id: "other", rule: "broker.missing" }];
    hold(false);
    await sweep(0, 500_000);
    expect(keeper.noise().get("c1")).toMatchObject({ levels: [], findings: [{ rule: "noise.noisy", sinceMs: AT_MS }] });
    expect(
      fleetAt(1, 500_000)
        .conditions.filter(({ rule }) => rule === "noise.noisy")
        .map(({ since }) => since),
    ).toEqual([AT]);
  });

  it("goes on where the store does not answer", async () => {
    const { store, sweep, errors } = await setUp();
    store.outage = new Error("no store");
    await sweep(0, 500_000);
    store.outage = null;
    await sweep(1, 500_000);
    expect([errors.length, store.noise.length]).toEqual([1, 1]);
  });

  it("judges an hour of a pool once, keeps it, and makes a condition of who was above", async () => {
    const { keeper, store, clock } = await setUp();
    const ids = ["p1", "p2", "p3"];
    const pool = ids.map(poolTenant);
    const shares: PoolShares = {
      at: new Date(AT_MS + 61 * MINUTE).toISOString(),
      hour: { fromMs: AT_MS, sinceMs: AT_MS, part: 1 },
      draws: 72,
      partitions: [0, 1, 2],
      unmet: 0.05,
      rows: ids.map((tenantId, at) => ({
        tenantId,
        bytes: at === 0 ? 0.998 : 0.001,
        bytesError: 0.0005,
        records: 0.5,
        recordsError: 0.1,
        partitions: [0, 1, 2],
      })),
    };
    const fleetAt = (minute: number): FleetSnapshot => {
      const at = new Date(AT_MS + minute * MINUTE).toISOString();
      const made = cluster({ at, topics: ["pool.x"], rates: { "pool.x": [300_000, 300_000, 300_000] } });
      const meters = new Map(
        [...made.meters].map(([id, of]) => [id, { ...of, broker: { bytesInPerSecond: 300_000, bytesOutPerSecond: 300_000 } }]),
      );
      const sampled = minute > 60 ? new Map([["pool.x", shares]]) : new Map();
      const clusters = [{ ...made, meters, pool: { shares: sampled, reported: new Map() } }];
      return assembleFleet({ registry: registry(pool), clusters, memory: EMPTY_MEMORY, noise: keeper.noise(), at }).fleet;
    };
    for (let minute = 1; minute <= 63; minute += 1) {
      await clock.advance(MINUTE);
      await keeper.sweep(fleetAt(minute));
    }
    expect(store.poolHours.map(({ atMs, entries, cut }) => [atMs, entries.map(({ t, h }) => [t, h]), cut])).toEqual([
      [
        AT_MS,
        [
          ["p1", 0],
          ["p2", 1],
          ["p3", 1],
        ],
        false,
      ],
    ]);
    expect(store.poolHours[0]?.levels.map(([id, resource, brokerId]) => [id, resource, brokerId])).toEqual([
      ["p1", 0, -1],
      ["p2", 0, -1],
      ["p3", 0, -1],
    ]);
    const found = fleetAt(64).conditions.filter(({ subject }) => subject === "pool in");
    expect(found.map(({ rule, tenantId, since }) => [rule, tenantId, since])).toEqual([["noise.loud", "p1", AT]]);
  });
});
