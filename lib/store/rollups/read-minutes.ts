import { and, asc, gte, inArray, lt } from "drizzle-orm";
import { rollupMinutes, rollupSeries } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { unpackBrokers } from "./brokers";
import { MINUTE_MS, minuteOf } from "./levels";
import type { BrokerMinute } from "./types";

/** One minute of a tenant on a cluster by broker; minutes without a reading have no entry. */
export interface BrokersMinute {
  atMs: number;
  produce: BrokerMinute[];
  consume: BrokerMinute[];
}

export interface TenantMinutes {
  tenantId: string;
  clusterId: string;
  /** Oldest first. */
  minutes: BrokersMinute[];
}

/** Series in one statement: an hour of them is some ten thousand rows. */
const SERIES_PER_READ = 250;

/** The minutes of many tenants at once, on every cluster they were seen on. For an hour or two: nothing is summed up. */
export async function readMinutes(
  store: StoreSession,
  { tenantIds, fromMs, toMs }: { tenantIds: readonly string[]; fromMs: number; toMs: number },
  pause: () => Promise<void> = async () => undefined,
): Promise<TenantMinutes[]> {
  const all: TenantMinutes[] = [];
  for (let start = 0; start < tenantIds.length; start += SERIES_PER_READ) {
    const ids = tenantIds.slice(start, start + SERIES_PER_READ);
    const series = await store.run((db) => db.select().from(rollupSeries).where(inArray(rollupSeries.tenantId, ids)));
    if (series.length > 0) all.push(...(await readSeriesMinutes(store, series, minuteOf(fromMs), minuteOf(toMs))));
    await pause();
  }
  return all;
}

async function readSeriesMinutes(
  store: StoreSession,
  series: readonly { id: number; tenantId: string; clusterId: string }[],
  from: number,
  to: number,
): Promise<TenantMinutes[]> {
  const bySeries = new Map(
    series.map(({ id, tenantId, clusterId }): [number, TenantMinutes] => [id, { tenantId, clusterId, minutes: [] }]),
  );
  const rows = await store.run((db) =>
    db
      .select({
        seriesId: rollupMinutes.seriesId,
        minute: rollupMinutes.minute,
        brokerIds: rollupMinutes.brokerIds,
        produce: { rates: rollupMinutes.produceRates, quotas: rollupMinutes.produceQuotas, throttleMs: rollupMinutes.produceThrottleMs },
        consume: { rates: rollupMinutes.consumeRates, quotas: rollupMinutes.consumeQuotas, throttleMs: rollupMinutes.consumeThrottleMs },
      })
      .from(rollupMinutes)
      .where(and(inArray(rollupMinutes.seriesId, [...bySeries.keys()]), gte(rollupMinutes.minute, from), lt(rollupMinutes.minute, to)))
      .orderBy(asc(rollupMinutes.minute)),
  );
  for (const { seriesId, minute, brokerIds, produce, consume } of rows) {
    const ids = brokerIds ?? [];
    bySeries
      .get(seriesId)
      ?.minutes.push({ atMs: minute * MINUTE_MS, produce: unpackBrokers(ids, produce), consume: unpackBrokers(ids, consume) });
  }
  return [...bySeries.values()];
}
