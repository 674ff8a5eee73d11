import type { PeriodSeconds } from "./cloud-facts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far back CloudWatch keeps periods of a length, less an hour because it thins them out at its own time. */
const KEPT_MS = { 60: 15 * DAY_MS - HOUR_MS, 300: 63 * DAY_MS - HOUR_MS } as const;

/** The longest range a chart shows in periods of a length; the same steps as the console's own roll-ups. */
const SHOWN_MS = { 60: DAY_MS, 300: 14 * DAY_MS } as const;

/**
 * The shortest period that CloudWatch still has at the beginning of a range and that does not make it too many points. Retention as
 * AWS documents it for GetMetricData: minutes 15 days, five minutes 63 days, hours 455 days.
 */
export function choosePeriod(startMs: number, nowMs: number, endMs = nowMs): PeriodSeconds {
  for (const period of [60, 300] as const) {
    if (nowMs - startMs <= KEPT_MS[period] && endMs - startMs <= SHOWN_MS[period]) return period;
  }
  return 3600;
}
