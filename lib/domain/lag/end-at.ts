import type { EndPoint } from "@/lib/domain/snapshot";

/** Where the end of a partition was at a time. */
export interface PastEnd {
  /** As if records had come evenly between two saved ends, as for times behind; null: nothing was saved that early. */
  offset: bigint | null;
  /** The end was not after this one. */
  atMost: bigint;
}

/**
 * The offset that was the end at a time, from the saved ends and the end now: every record below it had arrived by then. Infinitely long
 * ago there was none.
 */
export function endAt(points: readonly EndPoint[], end: bigint, asOfMs: number, atMs: number): PastEnd {
  if (atMs === Number.NEGATIVE_INFINITY) return { offset: 0n, atMost: 0n };
  if (atMs >= asOfMs) return { offset: end, atMost: end };
  const [oldest] = points;
  if (oldest === undefined || oldest.atMs > asOfMs) return { offset: null, atMost: end };
  if (oldest.atMs > atMs) return { offset: null, atMost: least(oldest.offset, end) };
  const index = lastNotAfter(points, atMs);
  const before = points[index] ?? oldest;
  const next = points[index + 1];
  const after = next === undefined || next.atMs > asOfMs ? { atMs: asOfMs, offset: end } : next;
  if (before.atMs === atMs || after.offset <= before.offset)
    return { offset: least(before.offset, end), atMost: least(before.offset, end) };
  const passed = (atMs - before.atMs) / (after.atMs - before.atMs);
  const offset = before.offset + BigInt(Math.floor(passed * Number(after.offset - before.offset + 1n)));
  return { offset: least(offset, end), atMost: least(after.offset, end) };
}

function lastNotAfter(points: readonly EndPoint[], atMs: number): number {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((points[middle]?.atMs ?? 0) <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
