import { rollupFiveMinutes, rollupHours, rollupMinutes } from "@/lib/store/schema";

const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * The three resolutions, finest first. `retentionMinutes`: how long a row is kept at least; a whole partition goes once all of
 * it is older. All times here are in minutes since 1970.
 */
export const LEVELS = [
  { span: 1, table: rollupMinutes, tableName: "rollup_minutes", partitionMinutes: HOUR, retentionMinutes: DAY },
  { span: 5, table: rollupFiveMinutes, tableName: "rollup_five_minutes", partitionMinutes: DAY, retentionMinutes: 14 * DAY },
  { span: 60, table: rollupHours, tableName: "rollup_hours", partitionMinutes: 30 * DAY, retentionMinutes: 366 * DAY },
] as const;

export type Level = (typeof LEVELS)[number];
export type Span = Level["span"];

export const MINUTE_MS = 60_000;

export function minuteOf(timeMs: number): number {
  return Math.floor(timeMs / MINUTE_MS);
}

/** The start of the bucket of `width` minutes that holds `minute`. */
export function bucketOf(minute: number, width: number): number {
  return Math.floor(minute / width) * width;
}
