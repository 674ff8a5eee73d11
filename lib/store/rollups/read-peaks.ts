import { eq, sql } from "drizzle-orm";
import { rollupSeries } from "@/lib/store/schema";
import { inChunks } from "@/lib/store/sql/in-chunks";
import type { StoreSession } from "@/lib/store/store";
import { LEVELS, minuteOf } from "./levels";
import { planSegments, readFirstPending } from "./segments";
import { summariesOf } from "./summary-sql";

const [, , HOURS] = LEVELS;

/** The highest minutes of a direction over a time. */
export interface Peak {
  /** Over all brokers of the cluster together. */
  bytesPerSecond: number;
  /** On the worst broker, over the quota that was in force then; null: none was known. */
  quotaUse: number | null;
  minutesThrottled: number;
}

export interface Peaks {
  produce: Peak | null;
  consume: Peak | null;
}

type Row = { tenant_id: string } & Record<`${"produce" | "consume"}_${"rate" | "use" | "throttled"}`, number | null>;

/** Series in one statement: some ten milliseconds of PGlite's time in the event loop, a fraction of a second of PostgreSQL's. */
const CHUNK = { pglite: 4, postgres: 250 };

/** By tenant its highest minutes on a cluster, from hours and, where they are not complete yet, from what they will be made of. */
export async function readPeaks(
  store: StoreSession,
  { clusterId, fromMs, toMs }: { clusterId: string; fromMs: number; toMs: number },
): Promise<Map<string, Peaks>> {
  const segments = planSegments(HOURS, minuteOf(fromMs), minuteOf(toMs), await readFirstPending(store, [clusterId]));
  const peaks = new Map<string, Peaks>();
  if (segments.length === 0) return peaks;
  const series = await store.run((db) =>
    db.select({ id: rollupSeries.id }).from(rollupSeries).where(eq(rollupSeries.clusterId, clusterId)),
  );
  const ids = series.map(({ id }) => id);
  await inChunks(ids, CHUNK[store.kind], async (chunk) => {
    const { rows } = await store.run((db) =>
      db.execute<Row>(sql`
        select series.tenant_id, whole.*
        from unnest(${`{${chunk.join(",")}}`}::int[]) as wanted(id) join rollup_series as series on series.id = wanted.id
        cross join lateral (
          select max(produce_max_bytes_per_second)::float8 as produce_rate, max(produce_max_quota_use)::float8 as produce_use,
            sum(produce_throttled)::int as produce_throttled,
            max(consume_max_bytes_per_second)::float8 as consume_rate, max(consume_max_quota_use)::float8 as consume_use,
            sum(consume_throttled)::int as consume_throttled
          from (${summariesOf(sql`wanted.id`, segments)}) as part
        ) as whole`),
    );
    for (const row of rows) peaks.set(row.tenant_id, { produce: peakOf(row, "produce"), consume: peakOf(row, "consume") });
  });
  return peaks;
}

function peakOf(row: Row, direction: "produce" | "consume"): Peak | null {
  const rate = row[`${direction}_rate`];
  if (rate === null) return null;
  return { bytesPerSecond: rate, quotaUse: row[`${direction}_use`], minutesThrottled: row[`${direction}_throttled`] ?? 0 };
}
