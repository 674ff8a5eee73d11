import { z } from "zod";

/** How a number came to be known, strongest first: the order is the order of trust. */
export const SOURCES = ["measured", "derived", "estimated", "reported"] as const;
export type Source = (typeof SOURCES)[number];

/** A value that was seen, with how and when. `atLeast`: a part of it could not be seen, so the truth is not below it. */
export interface Known<T> {
  source: Source;
  value: T;
  /** ISO time in UTC. */
  at: string;
  /** Half width of the 95 % interval, as a fraction of the value; estimates only. */
  error?: number;
  atLeast?: true;
  note?: string;
}

/** A value that cannot be seen. Never a zero: the reason and the remedy are the answer. */
export interface Unavailable {
  source: "unavailable";
  reason: string;
  remedy: string;
  at: string;
}

export type Observed<T> = Known<T> | Unavailable;

/** The zod schema of an observed value, for answers of the API. */
export function observedSchema<S extends z.ZodType>(value: S) {
  return z.discriminatedUnion("source", [
    z.object({
      source: z.enum(SOURCES),
      value,
      at: z.string(),
      error: z.number().exactOptional(),
      atLeast: z.literal(true).exactOptional(),
      note: z.string().exactOptional(),
    }),
    z.object({ source: z.literal("unavailable"), reason: z.string(), remedy: z.string(), at: z.string() }),
  ]);
}

export function measured<T>(value: T, at: string): Known<T> {
  return { source: "measured", value, at };
}

export function derived<T>(value: T, at: string, note?: string): Known<T> {
  return note === undefined ? { source: "derived", value, at } : { source: "derived", value, at, note };
}

export function unavailable(reason: string, remedy: string, at: string): Unavailable {
  return { source: "unavailable", reason, remedy, at };
}

export function isKnown<T>(observed: Observed<T>): observed is Known<T> {
  return observed.source !== "unavailable";
}

/** The value alone, where how it is known does not matter; null: not known. */
export function knownValue<T>(observed: Observed<T>): T | null {
  return isKnown(observed) ? observed.value : null;
}

/** Whether a part of it could not be seen, so that the truth is not below it. */
export function isAtLeast(observed: Observed<unknown>): boolean {
  return isKnown(observed) && observed.atLeast === true;
}

/** The same observation of another quantity: source, time and error stay. */
export function mapObserved<A, B>(observed: Observed<A>, change: (value: A) => B): Observed<B> {
  return isKnown(observed) ? { ...observed, value: change(observed.value) } : observed;
}

/**
 * Adds observations. The sum carries the weakest part's mark and the oldest part's time; with an unknown part among known
 * ones it is "at least"; with no known part it is unavailable for the first part's reason. `empty` is the answer for no parts.
 */
export function sumObserved(parts: readonly Observed<number>[], empty: Observed<number>): Observed<number> {
  const [first] = parts;
  if (first === undefined) return empty;
  const known = parts.filter(isKnown);
  const [strongest] = known;
  if (strongest === undefined) return first;
  const sum: Known<number> = { source: strongest.source, value: 0, at: strongest.at };
  let squaredError = 0;
  for (const part of known) {
    sum.value += part.value;
    if (SOURCES.indexOf(part.source) > SOURCES.indexOf(sum.source)) sum.source = part.source;
    if (part.at < sum.at) sum.at = part.at;
    if (part.atLeast) sum.atLeast = true;
    squaredError += ((part.error ?? 0) * part.value) ** 2;
  }
  if (known.length < parts.length) sum.atLeast = true;
  if (squaredError > 0 && sum.value !== 0) sum.error = Math.sqrt(squaredError) / Math.abs(sum.value);
  return sum;
}
