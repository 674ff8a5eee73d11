import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import { minuteOf } from "@/lib/store/rollups/levels";
import { type NoiseEntry, type PoolEntry, poolHours } from "@/lib/store/schema";
import { upsertRows } from "@/lib/store/sql/upsert-rows";
import type { StoreSession } from "@/lib/store/store";
import { addToSpans } from "./write-noise";

export interface PoolHour {
  clusterId: string;
  /** The hour's beginning. */
  atMs: number;
  entries: readonly PoolEntry[];
  /** The same as levels of the hour, beside those of brokers. */
  levels: readonly NoiseEntry[];
  /** There were more than are kept. */
  cut: boolean;
}

/** Keeps an hour of a cluster's pools, in place of what was kept of it. Throws AppError `conflict` when the lease has passed on. */
export async function writePoolHour(store: StoreSession, { clusterId, atMs, entries, levels, cut }: PoolHour, fence: Fence): Promise<void> {
  const minute = minuteOf(atMs);
  const rows = [{ clusterId, minute, entries: [...entries], cut }];
  await fenced(store, fence, async (session) => {
    await session.run((db) => db.execute(upsertRows(poolHours, ["clusterId", "minute"], rows)));
    await addToSpans(session, clusterId, [{ span: 60, minute }], levels);
  });
}
