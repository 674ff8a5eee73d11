import { sql } from "drizzle-orm";
import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import { inChunks } from "@/lib/store/sql/in-chunks";
import type { StoreSession } from "@/lib/store/store";
import { LEVELS, type Level, minuteOf } from "./levels";
import { ensurePartition } from "./partitions";
import { clearPending, listPending, type PendingBucket } from "./pending";
import { readSeries } from "./series";
import { SUMMARY_COLUMNS, summariesOf } from "./summary-sql";

const [MINUTES, FIVE_MINUTES, HOURS] = LEVELS;
/** Finer rows taken up by one statement: some ten milliseconds of PGlite's time in the event loop. */
const ROWS_PER_CHUNK = { pglite: 900, postgres: 60_000 };

/**
 * Makes five-minute rows of minutes and hour rows of those, for every bucket of the cluster that is over and has changed. A bucket
 * is always computed whole from its finer rows, so doing it again (after a crash, or for a late minute) gives the same row and
 * never counts twice. To be called once a minute, after `writeMinute`. Returns the number of buckets.
 * Throws AppError `conflict` when the lease has passed on.
 */
export async function rollUp(store: StoreSession, clusterId: string, fence: Fence, now: Date): Promise<number> {
  const nowMinute = minuteOf(now.getTime());
  const fives = await listPending(store, clusterId, FIVE_MINUTES.span, nowMinute);
  for (const bucket of fives) await rollUpBucket(store, bucket, MINUTES, FIVE_MINUTES, fence);
  const hours = await listPending(store, clusterId, HOURS.span, nowMinute);
  for (const bucket of hours) await rollUpBucket(store, bucket, FIVE_MINUTES, HOURS, fence);
  return fives.length + hours.length;
}

async function rollUpBucket(store: StoreSession, bucket: PendingBucket, finer: Level, coarser: Level, fence: Fence): Promise<void> {
  await ensurePartition(store, coarser, bucket.minute);
  const seriesIds = [...(await readSeries(store, bucket.clusterId)).values()].sort((a, b) => a - b);
  const chunkSize = Math.ceil((ROWS_PER_CHUNK[store.kind] * finer.span) / coarser.span);
  await inChunks(seriesIds, chunkSize, async (chunk) => {
    await fenced(store, fence, (session) => session.run((db) => db.execute(rollUpSql(chunk, bucket.minute, finer, coarser))));
  });
  await fenced(store, fence, (session) => clearPending(session, bucket));
}

const NAMES = sql.raw(SUMMARY_COLUMNS.map(({ name }) => name).join(", "));
const MERGED = sql.raw(SUMMARY_COLUMNS.map(({ name, merged }) => `${merged} as ${name}`).join(", "));
const OVERWRITE = sql.raw(SUMMARY_COLUMNS.map(({ name }) => `${name} = excluded.${name}`).join(", "));

/**
 * An aggregate for each series by itself, not one over all with groups: that is an index range whatever the planner knows of the
 * partition, and in PGlite nobody keeps its statistics.
 */
function rollUpSql(seriesIds: readonly number[], minute: number, finer: Level, coarser: Level) {
  const source = summariesOf(sql`wanted.id`, [{ level: finer, from: minute, to: minute + coarser.span }]);
  return sql`
    insert into ${coarser.table} (series_id, minute, ${NAMES})
    select wanted.id, ${minute}::int, ${NAMES}
    from unnest(${`{${seriesIds.join(",")}}`}::int[]) as wanted(id)
    cross join lateral (select count(*) as rows, ${MERGED} from (${source}) as part) as whole
    where whole.rows > 0
    on conflict (series_id, minute) do update set ${OVERWRITE}`;
}
