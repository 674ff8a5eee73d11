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
  /**
   * Throttled, or at 95 % of the quota on a broker and more: use is cut off there, and what was wanted is at least that. null also where
   * no quota was known, and in months that were closed before it was counted.
   */
  minutesAtLimit: Minutes.nullable().default(null),
  /** With the objective missed. */
  minutesLagMissed: Minutes.nullable(),
  producedBytes: z.number().min(0).nullable(),
  consumedBytes: z.number().min(0).nullable(),
  /** One copy, the highest of the month. */
  storedBytes: z.number().min(0).nullable(),
  /** What of it is above what the tier includes; null: it includes no size, or what was stored is not known. */
  storedAboveBytes: z.number().min(0).nullable().default(null),
});
export type MonthUse = z.infer<typeof MonthUse>;

/** A month as it was measured, with what of the storage the tier does not include. */
export function againstIncluded(use: MonthUse, includedBytes: number | undefined): MonthUse {
  const { storedBytes } = use;
  if (includedBytes === undefined || storedBytes === null) return { ...use, storedAboveBytes: null };
  return { ...use, storedAboveBytes: Math.max(0, storedBytes - includedBytes) };
}

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
