import { inArray, sql } from "drizzle-orm";
import { rollupSeries } from "@/lib/store/schema";
import { inChunks } from "@/lib/store/sql/in-chunks";
import type { StoreSession } from "@/lib/store/store";
import { chooseSparkLevel } from "./choose-level";
import { MINUTE_MS, minuteOf } from "./levels";
import { planSegments, readFirstPending, type Segment } from "./segments";
import { summariesOf } from "./summary-sql";

export interface SparklineQuery {
  direction: "produce" | "consume";
  /** Absent: every tenant ever seen. */
  tenantIds?: readonly string[];
  fromMs: number;
  toMs: number;
  /** Fewer come back when the range is kept only in coarser steps. */
  points: number;
}

interface Series {
  id: number;
  tenantId: string;
  clusterId: string;
}

/** The steps of a line, in minutes since 1970. */
interface Grid {
  from: number;
  to: number;
  points: number;
}

/** Rows in one statement: some ten milliseconds of PGlite's time in the event loop, a fraction of a second of PostgreSQL's. */
const ROWS_PER_CHUNK = { pglite: 3_000, postgres: 200_000 };
/** Lines in one statement: they are taken apart in the event loop. */
const LINES_PER_CHUNK = 1_000;

/**
 * By tenant the mean rate in each step (whole bytes per second, over all clusters it was seen on), oldest first; null where nothing
 * was seen. Reads the coarsest rows that have one for each step, so whole hours for a day are much cheaper than half hours; a
 * month of everybody is seconds of the database's time.
 */
export async function readSparklines(store: StoreSession, query: SparklineQuery, now: Date): Promise<Map<string, (number | null)[]>> {
  const from = minuteOf(query.fromMs);
  const to = Math.ceil(query.toMs / MINUTE_MS);
  const level = chooseSparkLevel(from, (to - from) / query.points, minuteOf(now.getTime()));
  const grid = { from, to, points: Math.max(1, Math.min(query.points, Math.floor((to - from) / level.span))) };
  const series = await findSeries(store, query.tenantIds);
  const segments = planSegments(level, from, to, await readFirstPending(store, [...new Set(series.map((one) => one.clusterId))]));
  const lines = new Map<string, (number | null)[]>();
  if (segments.length === 0) return lines;
  const rowsPerSeries = Math.max(1, (to - from) / level.span);
  const chunkSize = Math.max(1, Math.min(LINES_PER_CHUNK, Math.floor(ROWS_PER_CHUNK[store.kind] / rowsPerSeries)));
  await inChunks(series, chunkSize, async (chunk) => addLines(lines, chunk, await readLines(store, chunk, segments, query, grid), grid));
  return lines;
}

async function findSeries(store: StoreSession, tenantIds: readonly string[] | undefined): Promise<Series[]> {
  return store.run((db) =>
    db
      .select({ id: rollupSeries.id, tenantId: rollupSeries.tenantId, clusterId: rollupSeries.clusterId })
      .from(rollupSeries)
      .where(tenantIds === undefined ? undefined : inArray(rollupSeries.tenantId, [...tenantIds])),
  );
}

/** By series `point:rate,point:rate,…`: one text costs less to bring over than a row for each point. */
async function readLines(
  store: StoreSession,
  series: readonly Series[],
  segments: readonly Segment[],
  { direction }: SparklineQuery,
  { from, to, points }: Grid,
): Promise<Map<number, string>> {
  const ids = `{${series.map((one) => one.id).join(",")}}`;
  const bytes = sql.raw(`${direction}_bytes`);
  const seen = sql.raw(`${direction}_seen`);
  const { rows } = await store.run((db) =>
    db.execute<{ id: number; line: string | null }>(sql`
      select wanted.id, whole.line
      from unnest(${ids}::int[]) as wanted(id) cross join lateral (
        select string_agg(step.point || ':' || round(step.rate), ',') as line from (
          select (minute - ${from}::int) * ${points}::int / ${to - from}::int as point, sum(${bytes}) / (60 * sum(${seen})) as rate
          from (${summariesOf(sql`wanted.id`, segments)}) as part
          where ${seen} > 0
          group by 1
        ) as step
      ) as whole`),
  );
  return new Map(rows.map((row) => [row.id, row.line ?? ""]));
}

function addLines(
  lines: Map<string, (number | null)[]>,
  series: readonly Series[],
  texts: ReadonlyMap<number, string>,
  { points }: Grid,
): void {
  for (const { id, tenantId } of series) {
    const line = lines.get(tenantId) ?? new Array<number | null>(points).fill(null);
    for (const text of (texts.get(id) ?? "").split(",").filter(Boolean)) {
      const [point, rate] = text.split(":").map(Number);
      if (point !== undefined && rate !== undefined) line[point] = (line[point] ?? 0) + rate;
    }
    lines.set(tenantId, line);
  }
}
