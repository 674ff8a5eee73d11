import { randomUUID } from "node:crypto";
import { brakesByTenant } from "@/lib/domain/change/active-brake";
import type { ActiveBrake } from "@/lib/domain/change/facts";
import type { Acknowledgement } from "@/lib/domain/fleet-memory";
import type { Registry } from "@/lib/domain/registry";
import type { EndPoint } from "@/lib/domain/snapshot";
import {
  acquireLease,
  activeBrakes,
  type ClusterMinute,
  type ConditionScope,
  closeMonth,
  type Fence,
  type FoundCondition,
  type Lease,
  lastWritten,
  listConditions,
  loadOffsetHistory,
  loadSnapshot,
  maintainStore,
  type NoiseEntry,
  type PackedSnapshot,
  type PoolHour,
  pruneConditions,
  pruneNoise,
  pruneRollups,
  readAcknowledgements,
  readRegistry,
  readRegistryVersion,
  reconcileConditions,
  releaseLease,
  renewLease,
  rollUp,
  type Store,
  type StoredCondition,
  saveOffsetHistory,
  saveSnapshot,
  type WrittenMark,
  writeMinute,
  writeNoise,
  writePoolHour,
  writtenSince,
} from "@/lib/store";

type History = ReadonlyMap<string, readonly (readonly EndPoint[])[]>;

/** What the collector asks of the store. Writes carry a fence and reject with AppError `conflict` once the lease is another's. */
export interface CollectorStore {
  /** Who holds leases from here: each process by itself; of an embedded database the one process it belongs to, also after a crash. */
  holder: string;
  readRegistry: () => Promise<Registry>;
  readRegistryVersion: () => Promise<number>;
  acquireLease: (name: string, holder: string, ttlMs: number) => Promise<Lease | null>;
  renewLease: (lease: Lease, ttlMs: number) => Promise<boolean>;
  releaseLease: (lease: Lease) => Promise<void>;
  loadSnapshot: (clusterId: string, knownVersion?: number) => Promise<PackedSnapshot | null>;
  saveSnapshot: (snapshot: PackedSnapshot, fence: Fence) => Promise<void>;
  loadOffsetHistory: (clusterId: string) => Promise<Map<string, EndPoint[][]>>;
  saveOffsetHistory: (clusterId: string, history: History, fence: Fence, now: Date) => Promise<void>;
  writeMinute: (minute: ClusterMinute, fence: Fence, now: Date) => Promise<void>;
  writeNoise: (reading: { clusterId: string; atMs: number; entries: readonly NoiseEntry[] }, fence: Fence) => Promise<void>;
  writePoolHour: (hour: PoolHour, fence: Fence) => Promise<void>;
  rollUp: (clusterId: string, fence: Fence, now: Date) => Promise<number>;
  pruneRollups: (now: Date) => Promise<number>;
  /** Writes down the use of the month that has ended, once. */
  closeMonth: (now: Date, fence: Fence) => Promise<number>;
  pruneNoise: (now: Date) => Promise<number>;
  pruneConditions: (now: Date) => Promise<number>;
  readAcknowledgements: (now: Date) => Promise<Map<string, Acknowledgement>>;
  /** Brakes in force, by tenant. */
  readBrakes: () => Promise<Map<string, ActiveBrake>>;
  openConditions: () => Promise<StoredCondition[]>;
  reconcileConditions: (scope: ConditionScope, found: readonly FoundCondition[], now: Date, fence: Fence) => Promise<unknown>;
  /** Marks of writes on clusters by processes that do not read them, with a higher id than this. */
  writtenSince: (id: number) => Promise<WrittenMark[]>;
  /** The id of the last of them; 0: there is none. */
  lastWritten: () => Promise<number>;
  maintain: () => Promise<void>;
}

/** The collector's view of an open store. */
export function collectorStore(store: Store): CollectorStore {
  return {
    holder: store.kind === "pglite" ? "embedded" : randomUUID(),
    readRegistry: () => readRegistry(store),
    readRegistryVersion: () => readRegistryVersion(store),
    acquireLease: (name, holder, ttlMs) => acquireLease(store, name, holder, ttlMs),
    renewLease: (lease, ttlMs) => renewLease(store, lease, ttlMs),
    releaseLease: (lease) => releaseLease(store, lease),
    loadSnapshot: (clusterId, knownVersion) => loadSnapshot(store, clusterId, knownVersion),
    saveSnapshot: (snapshot, fence) => saveSnapshot(store, snapshot, fence),
    loadOffsetHistory: (clusterId) => loadOffsetHistory(store, clusterId),
    saveOffsetHistory: (clusterId, history, fence, now) => saveOffsetHistory(store, clusterId, history, fence, now),
    writeMinute: (minute, fence, now) => writeMinute(store, minute, fence, now),
    writeNoise: (reading, fence) => writeNoise(store, reading, fence),
    writePoolHour: (hour, fence) => writePoolHour(store, hour, fence),
    rollUp: (clusterId, fence, now) => rollUp(store, clusterId, fence, now),
    pruneRollups: (now) => pruneRollups(store, now),
    closeMonth: (now, fence) => closeMonth(store, now, fence),
    pruneNoise: (now) => pruneNoise(store, now),
    pruneConditions: (now) => pruneConditions(store, now),
    readAcknowledgements: (now) => readAcknowledgements(store, now),
    readBrakes: async () => brakesByTenant(await activeBrakes(store)),
    openConditions: () => listConditions(store),
    reconcileConditions: (scope, found, now, fence) => reconcileConditions(store, scope, found, now, fence),
    writtenSince: (id) => writtenSince(store, id),
    lastWritten: () => lastWritten(store),
    maintain: () => maintainStore(store),
  };
}
