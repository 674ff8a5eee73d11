import { isDeepStrictEqual } from "node:util";
import type { KindCounts } from "@/lib/store/schema";

export interface Difference<T> {
  created: T[];
  updated: T[];
  unchanged: T[];
}

/** Sorts what is given by what is there: absent, there but other, or the same. The order of an object's keys means nothing. */
export function diffByKey<T>(current: readonly T[], given: readonly T[], keyOf: (item: T) => string): Difference<T> {
  const known = new Map(current.map((item) => [keyOf(item), item]));
  const difference: Difference<T> = { created: [], updated: [], unchanged: [] };
  for (const item of given) {
    const before = known.get(keyOf(item));
    if (before === undefined) difference.created.push(item);
    else if (isDeepStrictEqual(before, item)) difference.unchanged.push(item);
    else difference.updated.push(item);
  }
  return difference;
}

export function addCounts(counts: KindCounts, difference: Difference<unknown>): void {
  counts.created += difference.created.length;
  counts.updated += difference.updated.length;
  counts.unchanged += difference.unchanged.length;
}
