import { and, asc, eq, gte, lt, sql } from "drizzle-orm";
import { rollupMinutes, rollupSeries } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { unpackBrokers } from "./brokers";
import { chooseLevel } from "./choose-level";
import { bucketOf, MINUTE_MS, minuteOf } from "./levels";
import { planSegments, readFirstPending, type Segment } from "./segments";
import { SUMMARY_SELECTION, type SummaryRow, toSummary } from "./summary-row";
import { summariesOf } from "./summary-sql";
import type { BrokerMinute, TenantSummary } from "./types";

export interface HistoryQuery {
  tenantId: string;
  /** Absent: every cluster the tenant was ever seen on. */
  clusterId?: string;
  fromMs: number;
  toMs: number;
  maxPoints: number;
}

export interface HistoryPoint {
  /** Start of the step. */
  atMs: number;
  summary: TenantSummary;
  /** Each broker's part, which is kept of single minutes only; null when a step is longer. */
  brokers: { produce: BrokerMinute[]; consume: BrokerMinute[] } | null;
}

export interface ClusterHistory {
  clusterId: string;
  /** Oldest first. A step of which nothing was seen has no point: the gap is the answer. */
  points: HistoryPoint[];
}

export interface StoredHistory {
  stepMs: number;
  /** The first minute ever kept for the tenant (there); null: none. */
  sinceMs: number | null;
  clusters: ClusterHistory[];
}

/**
 * A tenant's past at the finest resolution that is still kept for the whole range and has at most `maxPoints` steps. The steps
 * lie on multiples of `stepMs`; the first one may begin before `fromMs`. A running step is summed up from what it has so far.
 */
export async function readHistory(store: StoreSession, query: HistoryQuery, now: Date): Promise<StoredHistory> {
  const to = Math.ceil(query.toMs / MINUTE_MS);
  const { level, step } = chooseLevel(minuteOf(query.fromMs), to, query.maxPoints, minuteOf(now.getTime()));
  const from = bucketOf(minuteOf(query.fromMs), step);
  const series = await findSeries(store, query);
  const clusters: ClusterHistory[] = [];
  for (const { id, clusterId } of series) {
    const segments = planSegments(level, from, to, await readFirstPending(store, [clusterId]));
    const brokers = step === 1 ? await readBrokers(store, id, from, to) : null;
    clusters.push({ clusterId, points: await readPoints(store, id, segments, step, brokers) });
  }
  const sinceMinute = series.length === 0 ? null : Math.min(...series.map((one) => one.sinceMinute));
  return { stepMs: step * MINUTE_MS, sinceMs: sinceMinute === null ? null : sinceMinute * MINUTE_MS, clusters };
}

async function findSeries(store: StoreSession, { tenantId, clusterId }: HistoryQuery) {
  const ofTenant = eq(rollupSeries.tenantId, tenantId);
  return store.run((db) =>
    db
      .select({ id: rollupSeries.id, clusterId: rollupSeries.clusterId, sinceMinute: rollupSeries.sinceMinute })
      .from(rollupSeries)
      .where(clusterId === undefined ? ofTenant : and(ofTenant, eq(rollupSeries.clusterId, clusterId)))
      .orderBy(asc(rollupSeries.clusterId)),
  );
}

type BrokersByMinute = Map<number, NonNullable<HistoryPoint["brokers"]>>;

async function readPoints(
  store: StoreSession,
  seriesId: number,
  segments: readonly Segment[],
  step: number,
  brokers: BrokersByMinute | null,
): Promise<HistoryPoint[]> {
  if (segments.length === 0) return [];
  const { rows } = await store.run((db) =>
    db.execute<SummaryRow & { bucket: number }>(sql`
      select minute / ${step}::int * ${step}::int as bucket, ${SUMMARY_SELECTION}
      from (${summariesOf(sql`${seriesId}::int`, segments)}) as part
      group by bucket order by bucket`),
  );
  return rows.map((row) => ({ atMs: row.bucket * MINUTE_MS, summary: toSummary(row), brokers: brokers?.get(row.bucket) ?? null }));
}

async function readBrokers(store: StoreSession, seriesId: number, from: number, to: number): Promise<BrokersByMinute> {
  const rows = await store.run((db) =>
    db
      .select({
        minute: rollupMinutes.minute,
        brokerIds: rollupMinutes.brokerIds,
        produce: { rates: rollupMinutes.produceRates, quotas: rollupMinutes.produceQuotas, throttleMs: rollupMinutes.produceThrottleMs },
        consume: { rates: rollupMinutes.consumeRates, quotas: rollupMinutes.consumeQuotas, throttleMs: rollupMinutes.consumeThrottleMs },
      })
      .from(rollupMinutes)
      .where(and(eq(rollupMinutes.seriesId, seriesId), gte(rollupMinutes.minute, from), lt(rollupMinutes.minute, to))),
  );
  return new Map(
    rows.map(({ minute, brokerIds, produce, consume }) => [
      minute,
      { produce: unpackBrokers(brokerIds ?? [], produce), consume: unpackBrokers(brokerIds ?? [], consume) },
    ]),
  );
}
