import { type SQL, sql } from "drizzle-orm";
import { FLAG } from "./flags";
import { HISTOGRAM_LANES, laneSql } from "./histogram";
import type { Segment } from "./segments";

/*
 * How minutes become summaries and summaries become longer ones: once, in SQL, for the roll-up and for reading. In the database
 * a row costs a few hundred nanoseconds; to bring it to JavaScript costs a hundred times that.
 */

interface SummaryColumn {
  name: string;
  /** The value of a single minute, from the columns of `rollup_minutes`. */
  ofMinute: string;
  /** The value of many, from columns of the same name. Adding up in steps gives the same as at once. */
  merged: string;
}

export const SUMMARY_COLUMNS: readonly SummaryColumn[] = [
  ...directionColumns("produce"),
  ...directionColumns("consume"),
  { name: "lag_seen", ofMinute: "case when lag_records is not null then 1 end", merged: "sum(lag_seen)" },
  { name: "lag_judged", ofMinute: "case when lag_missed is not null then 1 end", merged: "sum(lag_judged)" },
  { name: "lag_missed", ofMinute: "lag_missed", merged: "sum(lag_missed)" },
  { name: "lag_max_records", ofMinute: "lag_records", merged: "max(lag_max_records)" },
  { name: "lag_max_ms", ofMinute: "lag_ms", merged: "max(lag_max_ms)" },
  {
    name: "storage_bytes",
    ofMinute: "storage_bytes",
    // The last: arrays compare by their first elements. Cheaper than an ordered aggregate, as below.
    merged: "(max(array[minute, storage_bytes]::float8[]) filter (where storage_bytes is not null))[2]",
  },
];

function directionColumns(direction: "produce" | "consume"): SummaryColumn[] {
  const of = (name: string) => `${direction}_${name}`;
  const sum = (name: string, ofMinute: string) => ({ name: of(name), ofMinute, merged: `sum(${of(name)})` });
  const max = (name: string, ofMinute: string) => ({ name: of(name), ofMinute, merged: `max(${of(name)})` });
  const counted = (name: string, bit: number) => sum(name, `(${of("flags")} & ${bit} <> 0)::int`);
  return [
    sum("bytes", `${of("bytes_per_second")}::float8 * 60`),
    max("max_bytes_per_second", of("bytes_per_second")),
    max("max_quota_use", of("quota_use")),
    {
      name: of("worst_broker_id"),
      ofMinute: of("worst_broker_id"),
      // By quota use; where there is no quota, by rate.
      merged: `(max(array[coalesce(${of("max_quota_use")}, -1), ${of("max_bytes_per_second")}, ${of("worst_broker_id")}]::float8[]) filter (where ${of("seen")} > 0))[3]`,
    },
    max("max_throttle_ms", highestOf(of("throttle_ms"))),
    {
      name: of("flags"),
      ofMinute: `${of("flags")} & ${FLAG.source | FLAG.atLeast}`,
      merged: `max(${of("flags")} & ${FLAG.source}) | (bit_or(${of("flags")}) & ${FLAG.atLeast})`,
    },
    sum("seen", `case when ${of("bytes_per_second")} is not null then 1 end`),
    sum("limited", `case when ${of("quota_use")} is not null then 1 end`),
    counted("near", FLAG.near),
    counted("throttle_known", FLAG.throttleKnown),
    counted("throttled", FLAG.throttled),
    counted("below_promise", FLAG.belowPromise),
    counted("promise_known", FLAG.promiseKnown),
    counted("above_promise", FLAG.abovePromise),
    ...HISTOGRAM_LANES.map((lane) => sum(`histogram${lane}`, laneSql(of("quota_use"), lane))),
  ];
}

/** The highest element of an array; mostly there is only one, and a subquery for each row would cost as much as all the rest. */
function highestOf(array: string): string {
  return `case when cardinality(${array}) = 1 then ${array}[1] else (select max(one) from unnest(${array}) as one) end`;
}

const OF_MINUTES = sql.raw(SUMMARY_COLUMNS.map(({ name, ofMinute }) => `${ofMinute} as ${name}`).join(", "));
const AS_STORED = sql.raw(SUMMARY_COLUMNS.map(({ name }) => name).join(", "));

/** The summaries of a series in some stretches of time, one after the other; `series` is an expression for its number. */
export function summariesOf(series: SQL, segments: readonly Segment[]): SQL {
  const parts = segments.map(
    ({ level, from, to }) => sql`
      select minute, ${level.span === 1 ? OF_MINUTES : AS_STORED} from ${level.table}
      where series_id = ${series} and minute >= ${from}::int and minute < ${to}::int`,
  );
  return sql.join(parts, sql` union all `);
}
