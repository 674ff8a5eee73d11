import { type SQL, sql } from "drizzle-orm";
import type { MonthUse } from "@/lib/domain/usage/month";
import { binsSql } from "@/lib/store/rollups/histogram";
import { minuteOf } from "@/lib/store/rollups/levels";
import { WHOLE_CLUSTER } from "@/lib/store/rollups/types";
import { rollupSeries } from "@/lib/store/schema";
import { inChunks } from "@/lib/store/sql/in-chunks";
import type { StoreSession } from "@/lib/store/store";

/** Tenants in one statement: some ten milliseconds of PGlite's time in the event loop, a fraction of a second of PostgreSQL's. */
const CHUNK = { pglite: 4, postgres: 500 };

interface Row extends Record<string, unknown> {
  tenant_id: string;
  seen: number;
  promise_known: number | null;
  above: number | null;
  throttle_known: number | null;
  throttled: number | null;
  below: number | null;
  limited: number | null;
  at_limit: number | null;
  lag_judged: number | null;
  lag_missed: number | null;
  produced: number | null;
  consumed: number | null;
  stored: number | null;
}

/** What the hour rows tell of a time, by tenant; of those given, or of everybody. What was not seen has no entry. */
export async function measureMonth(
  store: StoreSession,
  { fromMs, toMs, tenantIds }: { fromMs: number; toMs: number; tenantIds?: readonly string[] },
): Promise<Map<string, MonthUse>> {
  const ids = tenantIds ?? (await everybody(store));
  const measured = new Map<string, MonthUse>();
  await inChunks(ids, CHUNK[store.kind], async (chunk) => {
    for (const row of await readRows(store, chunk, fromMs, toMs)) measured.set(row.tenant_id, toUse(row));
  });
  return measured;
}

async function everybody(store: StoreSession): Promise<string[]> {
  const rows = await store.run((db) => db.selectDistinct({ tenantId: rollupSeries.tenantId }).from(rollupSeries));
  return rows.map(({ tenantId }) => tenantId).filter((id) => id !== WHOLE_CLUSTER);
}

/**
 * Minutes of an hour row at 95 % of a quota and more. From 120 % on a rule does not bind the traffic: what it binds, Kafka holds at it
 * within ten seconds or so.
 */
function fullMinutes(direction: "produce" | "consume"): SQL {
  return sql.raw(binsSql((lane) => `hour.${direction}_histogram${lane}`, { from: 0.95, to: 1.2 }));
}

/** Of both directions and all clusters the worse one of each hour, then the sum of the hours. */
async function readRows(store: StoreSession, tenantIds: readonly string[], fromMs: number, toMs: number): Promise<Row[]> {
  const { rows } = await store.run((db) =>
    db.execute<Row>(sql`
      select tenant_id, sum(seen)::int as seen, sum(promise_known)::int as promise_known, sum(above)::int as above,
        sum(throttle_known)::int as throttle_known, sum(throttled)::int as throttled, sum(below)::int as below,
        sum(limited)::int as limited, sum(at_limit)::int as at_limit,
        sum(lag_judged)::int as lag_judged, sum(lag_missed)::int as lag_missed,
        sum(produced)::float8 as produced, sum(consumed)::float8 as consumed, max(stored)::float8 as stored
      from (
        select series.tenant_id, hour.minute,
          max(greatest(hour.produce_seen, hour.consume_seen, hour.lag_seen)) as seen,
          max(greatest(hour.produce_promise_known, hour.consume_promise_known)) as promise_known,
          max(greatest(hour.produce_above_promise, hour.consume_above_promise)) as above,
          max(greatest(hour.produce_throttle_known, hour.consume_throttle_known)) as throttle_known,
          max(greatest(hour.produce_throttled, hour.consume_throttled)) as throttled,
          max(greatest(hour.produce_below_promise, hour.consume_below_promise)) as below,
          max(greatest(hour.produce_limited, hour.consume_limited)) as limited,
          max(greatest(hour.produce_throttled, hour.consume_throttled, ${fullMinutes("produce")}, ${fullMinutes("consume")})) as at_limit,
          max(hour.lag_judged) as lag_judged, max(hour.lag_missed) as lag_missed,
          sum(hour.produce_bytes) as produced, sum(hour.consume_bytes) as consumed, sum(hour.storage_bytes) as stored
        from rollup_hours as hour join rollup_series as series on series.id = hour.series_id
        where hour.minute >= ${minuteOf(fromMs)}::int and hour.minute < ${minuteOf(toMs)}::int
          and series.tenant_id in (select jsonb_array_elements_text(${JSON.stringify(tenantIds)}::jsonb))
        group by series.tenant_id, hour.minute
      ) as hours group by tenant_id`),
  );
  return rows;
}

function toUse(row: Row): MonthUse {
  const known = (basis: number | null, value: number | null): number | null => ((basis ?? 0) === 0 ? null : (value ?? 0));
  const throttled = known(row.throttle_known, row.throttled);
  const below = known(row.throttle_known, row.below);
  return {
    minutesSeen: row.seen,
    minutesAbovePromise: known(row.promise_known, row.above),
    minutesThrottledAbove: throttled === null ? null : Math.max(0, throttled - (below ?? 0)),
    minutesThrottledBelow: below,
    minutesAtLimit: known(row.limited, row.at_limit),
    minutesLagMissed: known(row.lag_judged, row.lag_missed),
    producedBytes: row.produced,
    consumedBytes: row.consumed,
    storedBytes: row.stored,
    storedAboveBytes: null,
  };
}
