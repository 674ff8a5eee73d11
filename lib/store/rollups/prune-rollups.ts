import { eq, min } from "drizzle-orm";
import { rollupPending } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { LEVELS, minuteOf } from "./levels";
import { dropPartitions } from "./partitions";

/** How long rows wait to be rolled up before they go anyway: those of a cluster that is no longer watched never are. */
const PATIENCE_MINUTES = 7 * 24 * 60;

/**
 * Drops what is older than it is kept: minutes a day, five-minute rows two weeks, hours a year. Rows that are still to be rolled
 * up stay another week. Safe to run in several processes. Returns the number of partitions dropped.
 */
export async function pruneRollups(store: StoreSession, now: Date): Promise<number> {
  let dropped = 0;
  for (const [index, level] of LEVELS.entries()) {
    const coarser = LEVELS[index + 1];
    const oldestNeeded = coarser === undefined ? null : await oldestPending(store, coarser.span);
    const kept = minuteOf(now.getTime()) - level.retentionMinutes;
    dropped += await dropPartitions(store, level, Math.max(Math.min(kept, oldestNeeded ?? kept), kept - PATIENCE_MINUTES));
  }
  return dropped;
}

async function oldestPending(store: StoreSession, span: number): Promise<number | null> {
  const [row] = await store.run((db) =>
    db
      .select({ minute: min(rollupPending.minute) })
      .from(rollupPending)
      .where(eq(rollupPending.spanMinutes, span)),
  );
  return row?.minute ?? null;
}
