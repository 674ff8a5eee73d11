import { z } from "zod";

export const RANGES = ["15m", "1h", "6h", "24h", "7d", "30d"] as const;
export type Range = (typeof RANGES)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const RANGE_MS: Record<Range, number> = {
  "15m": 15 * MINUTE_MS,
  "1h": HOUR_MS,
  "6h": 6 * HOUR_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
};

/** As long as hour rows are kept. */
const SPAN_MS_MAX = 366 * DAY_MS;

const Moment = z.iso.datetime({ offset: true }).max(40);

/** A range that ends now, or two times; six hours when neither is given. */
export const rangeQuery = { range: z.enum(RANGES).exactOptional(), from: Moment.exactOptional(), to: Moment.exactOptional() };

interface RangeQuery {
  range?: Range;
  from?: string;
  to?: string;
}

/** For a schema's `refine`: what is wrong with a range, or null. */
export function rangeFault({ range, from, to }: RangeQuery): string | null {
  if (from === undefined && to === undefined) return null;
  if (range !== undefined) return "give either range, or from and to";
  if (from === undefined || to === undefined) return "from and to go together";
  const span = Date.parse(to) - Date.parse(from);
  if (!(span > 0)) return "from must be before to";
  return span > SPAN_MS_MAX ? "a range is at most 366 days long" : null;
}

export function resolveRange({ range, from, to }: RangeQuery, now: Date): { fromMs: number; toMs: number } {
  if (from !== undefined && to !== undefined) return { fromMs: Date.parse(from), toMs: Date.parse(to) };
  return { fromMs: now.getTime() - RANGE_MS[range ?? "6h"], toMs: now.getTime() };
}
