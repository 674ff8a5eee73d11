import type { Clock } from "@/lib/collector/clock";
import type { CollectorStore } from "@/lib/collector/collector-store";
import type { ActiveBrake } from "@/lib/domain/change/facts";
import { AppError } from "@/lib/domain/errors";
import type { Registry } from "@/lib/domain/registry";
import type { EndPoint } from "@/lib/domain/snapshot";
import type {
  ClusterMinute,
  ConditionScope,
  Fence,
  FoundCondition,
  Lease,
  PackedSnapshot,
  PoolHour,
  StoredCondition,
  WrittenMark,
} from "@/lib/store";

/** The store in memory, as strict about fences as the real one. */
export interface MemoryStore extends CollectorStore {
  registry: Registry;
  snapshots: Map<string, PackedSnapshot>;
  history: Map<string, EndPoint[][]>;
  minutes: ClusterMinute[];
  noise: Parameters<CollectorStore["writeNoise"]>[0][];
  poolHours: PoolHour[];
  rollUps: number;
  reconciled: { scope: ConditionScope; found: FoundCondition[] }[];
  open: StoredCondition[];
  brakes: Map<string, ActiveBrake>;
  written: WrittenMark[];
  /** Another process takes the lease over. */
  steal: (name: string) => void;
  /** While set, every call fails with it. */
  outage: Error | null;
}

export function memoryStore(clock: Clock): MemoryStore {
  const leases = new Map<string, { holder: string; fence: number; expiresMs: number }>();
  let episodes = 100;
  const guard = (fence?: Fence): void => {
    if (store.outage !== null) throw store.outage;
    if (fence !== undefined && leases.get(fence.name)?.fence !== fence.fence) throw new AppError("conflict", "The lease has passed on.");
  };
  const store: MemoryStore = {
    holder: "me",
    registry: { version: 1, tiers: [], tenants: [], services: [] },
    snapshots: new Map(),
    history: new Map(),
    minutes: [],
    noise: [],
    poolHours: [],
    rollUps: 0,
    reconciled: [],
    open: [],
    brakes: new Map(),
    written: [],
    outage: null,
    steal(name) {
      leases.set(name, { holder: "another", fence: (leases.get(name)?.fence ?? 0) + 1, expiresMs: clock.now() + 30_000 });
    },
    async writtenSince(id) {
      guard();
      return store.written.filter((mark) => mark.id > id);
    },
    async lastWritten() {
      guard();
      return Math.max(0, ...store.written.map(({ id }) => id));
    },
    async readRegistry() {
      guard();
      return store.registry;
    },
    async readRegistryVersion() {
      guard();
      return store.registry.version;
    },
    async acquireLease(name, holder, ttlMs): Promise<Lease | null> {
      guard();
      const known = leases.get(name);
      if (known !== undefined && known.holder !== holder && known.expiresMs > clock.now()) return null;
      const fence = (known?.fence ?? 0) + (known?.holder === holder ? 0 : 1);
      leases.set(name, { holder, fence, expiresMs: clock.now() + ttlMs });
      return { name, holder, fence };
    },
    async renewLease(lease, ttlMs) {
      guard();
      const known = leases.get(lease.name);
      if (known === undefined || known.fence !== lease.fence) return false;
      known.expiresMs = clock.now() + ttlMs;
      return true;
    },
    async releaseLease(lease) {
      guard();
      const known = leases.get(lease.name);
      if (known?.fence === lease.fence) known.expiresMs = 0;
    },
    async loadSnapshot(clusterId, knownVersion) {
      guard();
      const saved = store.snapshots.get(clusterId);
      return saved === undefined || saved.version === knownVersion ? null : saved;
    },
    async saveSnapshot(snapshot, fence) {
      guard(fence);
      store.snapshots.set(snapshot.clusterId, snapshot);
    },
    async loadOffsetHistory() {
      guard();
      return new Map(store.history);
    },
    async saveOffsetHistory(_clusterId, history, fence) {
      guard(fence);
      for (const [topic, partitions] of history) store.history.set(topic, structuredClone(partitions) as EndPoint[][]);
    },
    async writeMinute(minute, fence) {
      guard(fence);
      store.minutes.push(minute);
    },
    async writeNoise(reading, fence) {
      guard(fence);
      store.noise.push(reading);
    },
    async writePoolHour(hour, fence) {
      guard(fence);
      store.poolHours.push(hour);
    },
    async closeMonth(_now, fence) {
      guard(fence);
      return 0;
    },
    async pruneNoise() {
      guard();
      return 0;
    },
    async rollUp(_clusterId, fence) {
      guard(fence);
      return ++store.rollUps;
    },
    pruneRollups: async () => 0,
    pruneConditions: async () => 0,
    async readAcknowledgements(now) {
      guard();
      const seen = store.open.flatMap(({ id, acknowledged }) => (acknowledged === null ? [] : [{ id, acknowledged }]));
      return new Map(
        seen.filter(({ acknowledged }) => Date.parse(acknowledged.until) > now.getTime()).map((one) => [one.id, one.acknowledged]),
      );
    },
    async readBrakes() {
      guard();
      return new Map(store.brakes);
    },
    async openConditions() {
      guard();
      return [...store.open];
    },
    async reconcileConditions(scope, found, _now, fence) {
      guard(fence);
      store.reconciled.push({ scope, found: [...found] });
      const inScope = (each: { clusterId: string | null; rule: string; id: string }): boolean =>
        each.clusterId === scope.clusterId && scope.rules.includes(each.rule) && (scope.only?.includes(each.id) ?? true);
      if (!found.every(inScope)) throw new Error("A condition is outside the scope.");
      const ids = new Set(found.map(({ id }) => id));
      store.open = store.open.filter((each) => !inScope(each) || ids.has(each.id));
      for (const one of found) {
        const known = store.open.find(({ id }) => id === one.id);
        if (known === undefined) store.open.push({ ...one, until: null, episode: ++episodes, acknowledged: null });
        else Object.assign(known, one, { since: known.since });
      }
    },
    maintain: async () => undefined,
  };
  return store;
}
