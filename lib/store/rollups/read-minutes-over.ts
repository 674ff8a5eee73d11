import { inArray, type SQL, sql } from "drizzle-orm";
import { rollupSeries } from "@/lib/store/schema";
import { inChunks } from "@/lib/store/sql/in-chunks";
import type { StoreSession } from "@/lib/store/store";
import { LEVELS, minuteOf } from "./levels";
import { planSegments, readFirstPending, type Segment } from "./segments";
import { summariesOf } from "./summary-sql";

const [, , HOURS] = LEVELS;

/** A tenant and a promise that its past is held against, in bytes per second; null: nothing is promised, so nothing is above it. */
export interface PromiseQuestion {
  tenantId: string;
  produce: number | null;
  consume: number | null;
}

/**
 * Minutes above a promise in either direction. Hours keep their sum and their highest minute, not each minute, so that it is known
 * between two bounds.
 */
export interface MinutesOver {
  atLeast: number;
  atMost: number;
  minutesSeen: number;
}

interface Row extends Record<string, unknown> {
  tenant_id: string;
  at_least: number | null;
  at_most: number | null;
  seen: number | null;
}

/** Tenants in one statement: some ten milliseconds of PGlite's time in the event loop, a fraction of a second of PostgreSQL's. */
const CHUNK = { pglite: 1, postgres: 100 };

/** By tenant the minutes in which it was above a promise over a time; who was not seen then has no entry. */
export async function readMinutesOver(
  store: StoreSession,
  questions: readonly PromiseQuestion[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<Map<string, MinutesOver>> {
  const pending = await readFirstPending(store, await clustersOf(store, questions));
  const segments = planSegments(HOURS, minuteOf(fromMs), minuteOf(toMs), pending);
  const over = new Map<string, MinutesOver>();
  if (segments.length === 0) return over;
  await inChunks(questions, CHUNK[store.kind], async (chunk) => {
    for (const { tenant_id: tenantId, at_least: atLeast, at_most: atMost, seen } of await readRows(store, chunk, segments)) {
      if (atLeast !== null && atMost !== null && seen !== null) over.set(tenantId, { atLeast, atMost, minutesSeen: seen });
    }
  });
  return over;
}

/** Where they were seen. What waits to be rolled up elsewhere makes nothing finer here. */
async function clustersOf(store: StoreSession, questions: readonly PromiseQuestion[]): Promise<string[]> {
  const ids = questions.map(({ tenantId }) => tenantId);
  const rows = await store.run((db) =>
    db.selectDistinct({ clusterId: rollupSeries.clusterId }).from(rollupSeries).where(inArray(rollupSeries.tenantId, ids)),
  );
  return rows.map(({ clusterId }) => clusterId);
}

async function readRows(store: StoreSession, questions: readonly PromiseQuestion[], segments: readonly Segment[]): Promise<Row[]> {
  const asked = questions.map(({ tenantId, produce, consume }) => ({ tenant_id: tenantId, produce, consume }));
  const { rows } = await store.run((db) =>
    db.execute<Row>(sql`
      select wanted.tenant_id, whole.at_least, whole.at_most, whole.seen
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as wanted(tenant_id text, produce float8, consume float8)
      cross join lateral (
        select sum(greatest(produce_low, consume_low))::int as at_least,
          sum(least(seen, greatest(produce_high, produce_low) + greatest(consume_high, consume_low)))::int as at_most,
          sum(seen)::int as seen
        from (
          select greatest(max(produce_seen), max(consume_seen)) as seen, ${bounds("produce")}, ${bounds("consume")}
          from rollup_series as series cross join lateral (${summariesOf(sql`series.id`, segments)}) as part
          where series.tenant_id = wanted.tenant_id
          group by minute
        ) as steps
      ) as whole`),
  );
  return rows;
}

/**
 * Of one step of a direction. `rate` is the sum of the minutes' rates; no minute was above `peak`, the sum of what each cluster had at
 * most; and one was at `alone`, what one cluster had. With k minutes above a promise and the rest not, rate ≤ k × peak + (seen − k) ×
 * promise and rate > k × promise.
 */
function bounds(direction: "produce" | "consume"): SQL {
  const column = (name: string): SQL => sql.raw(`${direction}_${name}`);
  const promise = sql.raw(`wanted.${direction}`);
  const seen = sql`max(${column("seen")})`;
  const rate = sql`sum(${column("bytes")}) / 60`;
  const peak = sql`sum(${column("max_bytes_per_second")})`;
  const alone = sql`max(${column("max_bytes_per_second")})`;
  // A millionth of a minute is rounding of sums.
  const low = sql`ceil((${rate} - ${seen} * ${promise}) / nullif(${peak} - ${promise}, 0) - 0.000001)`;
  const high = sql`coalesce(floor(${rate} / nullif(${promise}, 0) + 0.000001), ${seen})`;
  return sql`
    case when ${peak} > ${promise} then least(${seen}, greatest((${alone} > ${promise})::int, ${low}, 0)) else 0 end as ${sql.raw(`${direction}_low`)},
    case when ${peak} > ${promise} then least(${seen}, ${high}) else 0 end as ${sql.raw(`${direction}_high`)}`;
}
