import { and, asc, eq, gte, lt } from "drizzle-orm";
import { bucketOf, LEVELS, MINUTE_MS, minuteOf } from "@/lib/store/rollups/levels";
import { type NoiseEntry, noiseLevels } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

export interface NoiseQuery {
  /** Absent: all clusters. */
  clusterId?: string;
  fromMs: number;
  toMs: number;
  /** Finer rows than this are not read. */
  maxSpans: number;
}

export interface StoredNoise {
  /** Length of a span, in minutes: 1, 5 or 60. */
  spanMinutes: number;
  /** Oldest first. */
  rows: { clusterId: string; atMs: number; entries: NoiseEntry[]; cut: boolean }[];
}

/** How loud tenants were, in the finest spans that are still kept for the whole range and are not too many; a span without a reading has no row. */
export async function readNoise(store: StoreSession, { clusterId, fromMs, toMs, maxSpans }: NoiseQuery, now: Date): Promise<StoredNoise> {
  const from = minuteOf(fromMs);
  const to = Math.ceil(toMs / MINUTE_MS);
  const nowMinute = minuteOf(now.getTime());
  const [, , hours] = LEVELS;
  const level =
    LEVELS.find(({ span, retentionMinutes }) => from >= nowMinute - retentionMinutes && (to - from) / span <= maxSpans) ?? hours;
  const rows = await store.run((db) =>
    db
      .select()
      .from(noiseLevels)
      .where(
        and(
          eq(noiseLevels.spanMinutes, level.span),
          gte(noiseLevels.minute, bucketOf(from, level.span)),
          lt(noiseLevels.minute, to),
          clusterId === undefined ? undefined : eq(noiseLevels.clusterId, clusterId),
        ),
      )
      .orderBy(asc(noiseLevels.minute)),
  );
  return {
    spanMinutes: level.span,
    rows: rows.map(({ clusterId: id, minute, entries, cut }) => ({ clusterId: id, atMs: minute * MINUTE_MS, entries, cut })),
  };
}
