import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import { snapshots } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/** A cluster's snapshot as packed bytes, compressed by the caller. */
export interface PackedSnapshot {
  clusterId: string;
  version: number;
  at: Date;
  /** Layout of the payload; the reader decides whether it knows it. */
  format: number;
  payload: Uint8Array;
}

/** Keeps the cluster's last snapshot, in place of the one before. Throws AppError `conflict` when the lease has passed on. */
export async function saveSnapshot(store: StoreSession, snapshot: PackedSnapshot, fence: Fence): Promise<void> {
  const { version, at, format, payload } = snapshot;
  await fenced(store, fence, (session) =>
    session.run((db) =>
      db.insert(snapshots).values(snapshot).onConflictDoUpdate({ target: snapshots.clusterId, set: { version, at, format, payload } }),
    ),
  );
}
