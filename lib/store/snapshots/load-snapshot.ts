import { and, eq, ne } from "drizzle-orm";
import { snapshots } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import type { PackedSnapshot } from "./save-snapshot";

/** The cluster's last snapshot; null when there is none, or when it is still the version that the caller has. */
export async function loadSnapshot(store: StoreSession, clusterId: string, knownVersion?: number): Promise<PackedSnapshot | null> {
  const ofCluster = eq(snapshots.clusterId, clusterId);
  const [row] = await store.run((db) =>
    db
      .select()
      .from(snapshots)
      .where(knownVersion === undefined ? ofCluster : and(ofCluster, ne(snapshots.version, knownVersion))),
  );
  return row ?? null;
}
