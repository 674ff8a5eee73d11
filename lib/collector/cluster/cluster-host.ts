import type { AwsRegion } from "@/lib/aws";
import { type Clock, isoNow } from "@/lib/collector/clock";
import type { CollectorMetrics } from "@/lib/collector/collector-metrics";
import type { CollectorStore } from "@/lib/collector/collector-store";
import { type Every, every } from "@/lib/collector/every";
import { createLeaseKeeper } from "@/lib/collector/lease/lease-keeper";
import { type ClusterReader, startClusterReader, type WrittenParts } from "@/lib/collector/parts/cluster-reader";
import { spread } from "@/lib/collector/parts/next-tick";
import type { CollectMetrics, Log, OpenAdmin, Scrape } from "@/lib/collector/ports";
import type { CollectorSettings } from "@/lib/collector/settings";
import { emptySnapshot, underConnection } from "@/lib/collector/snapshot/empty-snapshot";
import { tryStore, type WriteOutcome } from "@/lib/collector/store-writes";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { NO_POOL_FACTS, type PoolFacts } from "@/lib/domain/pool/pool-facts";
import type { ClusterSnapshot, Part } from "@/lib/domain/snapshot";
import type { Fence } from "@/lib/store";
import { createSavedSnapshots } from "./saved-snapshots";

export interface ClusterHost {
  readonly clusterId: string;
  snapshot: () => ClusterSnapshot;
  /** Whether this process reads the cluster. */
  isHeld: () => boolean;
  /** Takes the saved snapshot, so that there is something to show before anything is read. */
  load: () => Promise<void>;
  /** Tries for the lease from now on; reads the cluster while it is held, and follows what another process saves while it is not. */
  start: () => Promise<void>;
  /** Reads these parts now; without the lease it looks for what the other process saved. */
  refresh: (parts: readonly Part[]) => Promise<void>;
  /** Reads anew what a change wrote; false: another process reads the cluster, and has to be told. */
  expect: (written: WrittenParts) => boolean;
  /** Takes what was sampled of pools, or read of what is reported, into the snapshot; nothing where another process reads the cluster. */
  keepPool: (facts: Partial<PoolFacts>) => void;
  /** Does a write under the lease; does nothing without it. */
  write: (operation: string, work: (fence: Fence) => Promise<unknown>) => Promise<WriteOutcome>;
  stop: () => Promise<void>;
}

export interface ClusterHostOptions {
  connection: ResolvedConnection;
  openAdmin: OpenAdmin;
  /** AWS in the cluster's region; null: no account reaches it. */
  aws: AwsRegion | null;
  isLookedAt: () => boolean;
  scrape: Scrape;
  collected: CollectMetrics;
  store: CollectorStore;
  clock: Clock;
  settings: CollectorSettings;
  log: Log;
  metrics: CollectorMetrics;
  onChange: () => void;
}

const MISSED_MAX = 1_000;

/** One cluster in this process: its snapshot, and who makes it. */
export function createClusterHost(options: ClusterHostOptions): ClusterHost {
  const { connection, store, clock, settings, log, metrics, onChange } = options;
  const clusterId = connection.id;
  const saved = createSavedSnapshots(store, clock, settings.saveHistoryEveryMs);
  let snapshot = emptySnapshot(connection, settings.intervals, isoNow(clock));
  let reader: ClusterReader | null = null;
  let turns: Every[] = [];
  /** Topics that were written while another process read them; what it saved last may not show it yet. */
  const missed = new Set<string>();

  function take(next: ClusterSnapshot): void {
    snapshot = next;
    onChange();
  }

  async function loadOnce(): Promise<void> {
    await tryStore("load-snapshot", { log, metrics }, async () => {
      const found = await saved.load(clusterId);
      if (found !== null && reader === null) take(underConnection(found, connection, settings.intervals));
    });
  }

  let loading: Promise<void> | null = null;
  function load(): Promise<void> {
    loading ??= loadOnce().finally(() => {
      loading = null;
    });
    return loading;
  }

  async function write(operation: string, work: (fence: Fence) => Promise<unknown>): Promise<WriteOutcome> {
    const fence = keeper.lease();
    if (fence === null) return "refused";
    const outcome = await tryStore(operation, { log, metrics }, () => work(fence));
    // Not waited for: losing the lease waits for writes that are under way.
    if (outcome === "refused") void keeper.lost();
    return outcome;
  }

  async function save(last: boolean): Promise<void> {
    await write("save-snapshot", (fence) => saved.save(snapshot, fence, last));
  }

  async function follow(): Promise<void> {
    if (reader === null) await load();
  }

  async function beginReading(): Promise<void> {
    await load();
    metrics.leases.set({ cluster: clusterId }, 1);
    reader = startClusterReader({ ...options, snapshot: () => snapshot, onSnapshot: take });
    reader.expect({ topics: [...missed], quotas: false });
    missed.clear();
  }

  function miss(topics: readonly string[]): void {
    for (const topic of topics) missed.add(topic);
    for (const topic of missed) {
      if (missed.size <= MISSED_MAX) break;
      missed.delete(topic);
    }
  }

  async function endReading(): Promise<void> {
    metrics.leases.set({ cluster: clusterId }, 0);
    const ending = reader;
    reader = null;
    await ending?.stop();
  }

  const keeper = createLeaseKeeper({
    port: { acquire: store.acquireLease, renew: store.renewLease, release: store.releaseLease },
    name: `cluster:${clusterId}`,
    holder: store.holder,
    clock,
    settings: settings.lease,
    log,
    onHeld: beginReading,
    onLost: endReading,
  });

  return {
    clusterId,
    snapshot: () => snapshot,
    isHeld: () => keeper.lease() !== null,
    load,
    keepPool(facts) {
      if (reader === null) return;
      const pool = { ...(snapshot.pool ?? NO_POOL_FACTS), ...facts };
      take({ ...snapshot, version: snapshot.version + 1, at: isoNow(clock), pool });
    },
    write,
    async start() {
      metrics.leases.set({ cluster: clusterId }, 0);
      const { pollEveryMs, saveSnapshotEveryMs } = settings;
      turns = [
        every({ clock, log, firstMs: pollEveryMs, pauseMs: pollEveryMs }, follow),
        every({ clock, log, firstMs: spread(clusterId, saveSnapshotEveryMs), pauseMs: saveSnapshotEveryMs }, () => save(false)),
      ];
      if (settings.collect) await keeper.start();
    },
    refresh: (parts) => (reader === null ? load() : reader.refresh(parts)),
    expect(written) {
      reader?.expect(written);
      if (reader === null) miss(written.topics);
      return reader !== null;
    },
    async stop() {
      await Promise.all([keeper.halt(), ...turns.map((turn) => turn.stop())]);
      await endReading();
      await save(true);
      await tryStore("release-lease", { log, metrics }, keeper.release);
    },
  };
}
