import type { Clock } from "@/lib/collector/clock";
import type { CollectorStore } from "@/lib/collector/collector-store";
import { PACK_FORMAT, packSnapshot } from "@/lib/collector/snapshot/pack-snapshot";
import { unpackSnapshot } from "@/lib/collector/snapshot/unpack-snapshot";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Fence } from "@/lib/store";

type History = ClusterSnapshot["endHistory"];

export interface SavedSnapshots {
  /** Keeps the snapshot unless it is kept already; the past only when it is due, or `last`. Rejects when the store refuses. */
  save: (snapshot: ClusterSnapshot, fence: Fence, last: boolean) => Promise<void>;
  /** The saved snapshot, when it is another than the one last loaded or saved here; null: nothing new, or of an unknown layout. */
  load: (clusterId: string) => Promise<ClusterSnapshot | null>;
}

/** Keeps one cluster's snapshot in the store, and apart from it, less often, the end offsets of the past. */
export function createSavedSnapshots(store: CollectorStore, clock: Clock, historyEveryMs: number): SavedSnapshots {
  let knownVersion: number | undefined;
  let historySavedAtMs: number | null = null;
  let loaded: { history: History; atMs: number } | null = null;

  async function saveHistory({ clusterId, endHistory, at }: ClusterSnapshot, fence: Fence, last: boolean): Promise<void> {
    // Counted by when the snapshot was made: what was seen while it was being saved is not in it.
    const madeAtMs = Date.parse(at);
    if (!last && historySavedAtMs !== null && madeAtMs - historySavedAtMs < historyEveryMs) return;
    await store.saveOffsetHistory(clusterId, changedSince(endHistory, historySavedAtMs ?? 0), fence, new Date(clock.now()));
    historySavedAtMs = madeAtMs;
  }

  async function loadHistory(clusterId: string): Promise<History> {
    if (loaded === null || clock.now() - loaded.atMs >= historyEveryMs) {
      loaded = { history: await store.loadOffsetHistory(clusterId), atMs: clock.now() };
    }
    return loaded.history;
  }

  async function saveNow(snapshot: ClusterSnapshot, fence: Fence, last: boolean): Promise<void> {
    if (snapshot.version === knownVersion) return;
    const { clusterId, version, at } = snapshot;
    const payload = await packSnapshot(snapshot);
    await store.saveSnapshot({ clusterId, version, at: new Date(at), format: PACK_FORMAT, payload }, fence);
    knownVersion = version;
    await saveHistory(snapshot, fence, last);
  }

  let saving: Promise<void> = Promise.resolve();

  return {
    /** One after the other: an older snapshot that took long must not come after a newer one. */
    save(snapshot, fence, last) {
      const next = saving.then(() => saveNow(snapshot, fence, last));
      saving = next.catch(() => undefined);
      return next;
    },
    async load(clusterId) {
      const saved = await store.loadSnapshot(clusterId, knownVersion);
      if (saved === null) return null;
      knownVersion = saved.version;
      if (saved.format !== PACK_FORMAT) return null;
      const snapshot = await unpackSnapshot(saved.payload);
      return { ...snapshot, endHistory: await loadHistory(clusterId) };
    },
  };
}

/** Topics to which a point was added since: an idle topic's history is as it was saved. */
function changedSince(history: History, sinceMs: number): History {
  return new Map([...history].filter(([, partitions]) => partitions.some((points) => (points.at(-1)?.atMs ?? 0) > sinceMs)));
}
