/** How a daily value grows: a straight line by least squares, with what is uncertain about it. */
export interface Growth {
  /** Added in 30 days, in the unit of the values. */
  perMonth: number;
  /** Half width of its 95 % interval. */
  error: number;
  /** The line's value at the last day. */
  now: number;
}

export type Reach =
  | { kind: "reached" }
  /** Milliseconds since 1970. `latestMs` null: it may never be reached at this pace. */
  | { kind: "date"; atMs: number; earliestMs: number; latestMs: number | null }
  | { kind: "none"; because: string };

/** Fewer days carry no line. */
export const DAYS_MIN = 7;
const MONTH_DAYS = 30;
const DAY_MS = 86_400_000;
/** A date farther away than this is no date but a direction. */
const HORIZON_DAYS = 730;

/** Student's t at 97.5 % by degrees of freedom; beyond the table the normal distribution's. */
const T975 = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.1, 2.09, 2.09];

/** The line through daily values; null is a day without one. null: too few days carry it. */
export function growthOf(days: readonly (number | null)[]): Growth | null {
  const points = days.flatMap((value, day) => (value === null ? [] : [{ day, value }]));
  const count = points.length;
  if (count < DAYS_MIN) return null;
  const meanDay = points.reduce((sum, { day }) => sum + day, 0) / count;
  const mean = points.reduce((sum, { value }) => sum + value, 0) / count;
  const spread = points.reduce((sum, { day }) => sum + (day - meanDay) ** 2, 0);
  const slope = points.reduce((sum, { day, value }) => sum + (day - meanDay) * (value - mean), 0) / spread;
  const residual = points.reduce((sum, { day, value }) => sum + (value - mean - slope * (day - meanDay)) ** 2, 0);
  const degrees = count - 2;
  const error = (T975[degrees - 1] ?? 1.96) * Math.sqrt(residual / degrees / spread);
  const last = points.at(-1)?.day ?? 0;
  return { perMonth: slope * MONTH_DAYS, error: error * MONTH_DAYS, now: mean + slope * (last - meanDay) };
}

/** When a limit is reached at this pace, counted from the last day. */
export function reachOf(growth: Growth | null, limit: number, lastDayMs: number): Reach {
  if (growth === null) return { kind: "none", because: `fewer than ${DAYS_MIN} days are kept` };
  const { perMonth, error, now } = growth;
  if (now >= limit) return { kind: "reached" };
  if (perMonth - error <= 0 && perMonth + error >= 0)
    return { kind: "none", because: "it neither grows nor shrinks beyond what varies anyway" };
  if (perMonth <= 0) return { kind: "none", because: "it shrinks" };
  const daysAt = (pace: number): number => ((limit - now) / pace) * MONTH_DAYS;
  const days = daysAt(perMonth);
  if (days > HORIZON_DAYS) return { kind: "none", because: "not within two years at this pace" };
  const slowest = perMonth - error;
  const latest = slowest <= 0 ? null : daysAt(slowest);
  return {
    kind: "date",
    atMs: lastDayMs + days * DAY_MS,
    earliestMs: lastDayMs + daysAt(perMonth + error) * DAY_MS,
    latestMs: latest === null || latest > HORIZON_DAYS * 2 ? null : lastDayMs + latest * DAY_MS,
  };
}
