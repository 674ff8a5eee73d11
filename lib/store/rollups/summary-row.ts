import { type SQL, sql } from "drizzle-orm";
import { unpackOrigin } from "./flags";
import { HISTOGRAM_LANES, parseHistograms } from "./histogram";
import { SUMMARY_COLUMNS } from "./summary-sql";
import type { DirectionSummary, LagSummary, TenantSummary } from "./types";

type Direction = "produce" | "consume";

/** A row of a summary as `SUMMARY_SELECTION` gives it: numbers for numbers, whichever the driver. */
export type SummaryRow = Record<string, number | string | null>;

/** What one query reads of a summary, merged over the rows of a group. */
export const SUMMARY_SELECTION: SQL = sql.raw(
  [
    ...SUMMARY_COLUMNS.filter(({ name }) => !name.includes("histogram")).map(({ name, merged }) => `(${merged})::float8 as ${name}`),
    ...(["produce", "consume"] as const).map(histogramText),
  ].join(", "),
);

/** Not added up here: over many hours a bin can exceed its seven bits. */
function histogramText(direction: Direction): string {
  const lanes = HISTOGRAM_LANES.map((lane) => `coalesce(${direction}_histogram${lane}, 0)`).join(", ");
  return `string_agg(concat_ws(':', ${lanes}), ',') filter (where ${direction}_limited > 0) as ${direction}_histogram`;
}

export function toSummary(row: SummaryRow): TenantSummary {
  return {
    produce: toDirection(row, "produce"),
    consume: toDirection(row, "consume"),
    lag: toLag(row),
    storageBytes: numberOf(row, "storage_bytes"),
  };
}

function toDirection(row: SummaryRow, direction: Direction): DirectionSummary | null {
  const of = (name: string) => numberOf(row, `${direction}_${name}`);
  const bytes = of("bytes");
  const histogram = row[`${direction}_histogram`];
  if (bytes === null) return null;
  return {
    ...unpackOrigin(of("flags") ?? 0),
    bytes,
    maxBytesPerSecond: of("max_bytes_per_second") ?? 0,
    worstBrokerId: of("worst_broker_id"),
    maxQuotaUse: of("max_quota_use"),
    maxThrottleMs: of("max_throttle_ms"),
    minutesSeen: of("seen") ?? 0,
    minutesLimited: of("limited") ?? 0,
    minutesNear: of("near") ?? 0,
    minutesThrottleKnown: of("throttle_known") ?? 0,
    minutesThrottled: of("throttled") ?? 0,
    minutesThrottledBelowPromise: of("below_promise") ?? 0,
    minutesPromiseKnown: of("promise_known") ?? 0,
    minutesAbovePromise: of("above_promise") ?? 0,
    histogram: parseHistograms(typeof histogram === "string" ? histogram : null),
  };
}

function toLag(row: SummaryRow): LagSummary | null {
  const maxRecords = numberOf(row, "lag_max_records");
  if (maxRecords === null) return null;
  return {
    maxRecords,
    maxTimeMs: numberOf(row, "lag_max_ms"),
    minutesSeen: numberOf(row, "lag_seen") ?? 0,
    minutesJudged: numberOf(row, "lag_judged") ?? 0,
    minutesMissed: numberOf(row, "lag_missed") ?? 0,
  };
}

function numberOf(row: SummaryRow, name: string): number | null {
  const value = row[name];
  return typeof value === "number" ? value : null;
}
