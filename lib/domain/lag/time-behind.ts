import type { EndPoint } from "@/lib/domain/snapshot";

export interface TimeBehind {
  ms: number;
  /** Older than anything that was kept: the truth is not below it. */
  atLeast: boolean;
  /** By timestamps of records, which producers may set, and not by ends that were watched. */
  byRecords?: true;
}

/**
 * How long ago the first unread record was written: between the two saved ends around the committed offset, at the time expected for
 * the k-th of n records written evenly there. 0 where everything is read; null where no end from before now was kept.
 */
export function timeBehind(points: readonly EndPoint[], committed: bigint, end: bigint, asOfMs: number): TimeBehind | null {
  if (committed >= end) return { ms: 0, atLeast: false };
  const [oldest] = points;
  if (oldest === undefined || oldest.atMs >= asOfMs) return null;
  if (oldest.offset > committed) return { ms: asOfMs - oldest.atMs, atLeast: true };
  const at = lastNotAfter(points, committed);
  const before = points[at] ?? oldest;
  const after = points[at + 1] ?? { atMs: asOfMs, offset: end };
  const passed = Number(committed - before.offset + 1n) / Number(after.offset - before.offset + 1n);
  return { ms: Math.max(0, Math.round(asOfMs - before.atMs - passed * (after.atMs - before.atMs))), atLeast: false };
}

/** Index of the last point whose end is not after the offset; the first point is not. */
function lastNotAfter(points: readonly EndPoint[], offset: bigint): number {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((points[middle]?.offset ?? 0n) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
