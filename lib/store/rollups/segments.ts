import { inArray, min } from "drizzle-orm";
import { rollupPending } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { LEVELS, type Level, type Span } from "./levels";

/** A stretch of time and the level that holds it whole; `from` ≤ minute < `to`. */
export interface Segment {
  level: Level;
  from: number;
  to: number;
}

/** By span, the first bucket that is not rolled up (yet, or again). */
export type FirstPending = Partial<Record<Span, number>>;

export async function readFirstPending(store: StoreSession, clusterIds: readonly string[]): Promise<FirstPending> {
  if (clusterIds.length === 0) return {};
  const rows = await store.run((db) =>
    db
      .select({ span: rollupPending.spanMinutes, minute: min(rollupPending.minute) })
      .from(rollupPending)
      .where(inArray(rollupPending.clusterId, [...clusterIds]))
      .groupBy(rollupPending.spanMinutes),
  );
  return Object.fromEntries(rows.map((row) => [row.span, row.minute]));
}

/**
 * Where to read a time range at a level: its own rows as far as they are complete, and for the rest (normally the bucket that is
 * running) the finer rows that it will be made of.
 */
export function planSegments(level: Level, from: number, to: number, pending: FirstPending): Segment[] {
  const finer = LEVELS[LEVELS.indexOf(level) - 1];
  if (finer === undefined) return from < to ? [{ level, from, to }] : [];
  const complete = Math.min(to, Math.max(from, pending[level.span] ?? to));
  const own = from < complete ? [{ level, from, to: complete }] : [];
  return [...own, ...planSegments(finer, complete, to, pending)];
}
