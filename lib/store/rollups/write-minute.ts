import { AppError } from "@/lib/domain/errors";
import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import { rollupMinutes } from "@/lib/store/schema";
import { inChunks } from "@/lib/store/sql/in-chunks";
import { upsertRows } from "@/lib/store/sql/upsert-rows";
import type { StoreSession } from "@/lib/store/store";
import { LEVELS, MINUTE_MS, minuteOf } from "./levels";
import { toMinuteRow } from "./minute-row";
import { ensurePartition } from "./partitions";
import { markPending } from "./pending";
import { ensureSeries } from "./series";
import type { TenantMinute } from "./types";

const [MINUTES] = LEVELS;
/** Rows in one statement: ten to twenty milliseconds of PGlite's time in the event loop; with PostgreSQL a few, to make them ready. */
const CHUNK = { pglite: 100, postgres: 250 };

/** What was seen on one cluster in one minute, one entry a tenant. A tenant of whom nothing was seen has none. */
export interface ClusterMinute {
  clusterId: string;
  /** Any time within the minute. */
  atMs: number;
  tenants: readonly TenantMinute[];
}

/**
 * Keeps one minute of a cluster and notes its buckets for `rollUp`. Writing a minute again replaces it, so a minute may come
 * late or twice. It is written in pieces: a process killed half-way leaves a minute without some of its tenants, which reads as a gap.
 * Throws AppError `conflict` when the lease has passed on, `invalid` for a minute older than minutes are kept.
 */
export async function writeMinute(store: StoreSession, seen: ClusterMinute, fence: Fence, now: Date): Promise<void> {
  const minute = minuteOf(seen.atMs);
  if (minute < minuteOf(now.getTime()) - MINUTES.retentionMinutes) {
    // Its bucket may have lost other minutes already, and rolling it up again would count too little.
    throw new AppError("invalid", `The minute ${new Date(minute * MINUTE_MS).toISOString()} is too old to be kept.`);
  }
  await ensurePartition(store, MINUTES, minute);
  const series = await ensureSeries(
    store,
    seen.clusterId,
    seen.tenants.map((tenant) => tenant.tenantId),
    minute,
  );
  await inChunks(seen.tenants, CHUNK[store.kind], async (chunk) => {
    const rows = chunk.flatMap((tenant) => {
      const seriesId = series.get(tenant.tenantId);
      return seriesId === undefined ? [] : [toMinuteRow(seriesId, minute, tenant)];
    });
    await fenced(store, fence, async (session) => {
      await session.run((db) => db.execute(upsertRows(rollupMinutes, ["seriesId", "minute"], rows)));
      await markPending(session, seen.clusterId, minute);
    });
  });
}
