import { z } from "zod";

/** "2026-11", in UTC: months of contracts begin and end at midnight there. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month such as 2026-11");

const Minutes = z.number().int().min(0);

/**
 * What a contract is held against, in minutes of a month. On several clusters the worst of them counts in each hour, so that a minute is
 * never counted twice. null: it was never known.
 */
export const MonthUse = z.object({
  minutesSeen: Minutes,
  minutesAbovePromise: Minutes.nullable(),
  /** Held back by a quota while above what is promised: the contract's own doing. */
  minutesThrottledAbove: Minutes.nullable(),
  /** Held back although within what is promised: our breach. */
  minutesThrottledBelow: Minutes.nullable(),
  /** With the objective missed. */
  minutesLagMissed: Minutes.nullable(),
  producedBytes: z.number().min(0).nullable(),
  consumedBytes: z.number().min(0).nullable(),
  /** One copy, the highest of the month. */
  storedBytes: z.number().min(0).nullable(),
});
export type MonthUse = z.infer<typeof MonthUse>;

export function monthOfTime(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 7);
}

export function monthSpan(month: string): { fromMs: number; toMs: number } {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return { fromMs: Date.UTC(year, number - 1), toMs: Date.UTC(year, number) };
}

export function monthBefore(month: string): string {
  return monthOfTime(monthSpan(month).fromMs - 1);
}
