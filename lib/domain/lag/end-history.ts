import type { EndPoint } from "@/lib/domain/snapshot";

/** So many points a partition: over a week, neighbours are then about a fifth of their age apart. */
export const END_POINTS_MAX = 64;
/** Older than anything that is kept for long. */
const KEEP_MS = 30 * 86_400_000;

/**
 * The points with one more, the newest. They thin out with age: where there are too many, the one goes whose neighbours are closest
 * together for their age. While nothing is written two points are enough: when the end was first seen there, and when last. An end that
 * moved back belongs to a topic made anew, and the past is dropped.
 */
export function recordEnd(points: readonly EndPoint[], point: EndPoint): EndPoint[] {
  const last = points.at(-1);
  if (last === undefined || point.offset < last.offset) return [point];
  if (point.atMs <= last.atMs) return points as EndPoint[];
  const resting = last.offset === point.offset && points.at(-2)?.offset === point.offset;
  const kept = resting ? points.with(-1, point) : points.concat([point]);
  while (kept.length > 1 && (kept[1]?.atMs ?? 0) < point.atMs - KEEP_MS) kept.shift();
  if (kept.length > END_POINTS_MAX) kept.splice(mostCrowded(kept, point.atMs), 1);
  return kept;
}

/** Index of the point whose loss is felt least: the gap it leaves is the smallest for its age. Never the oldest or the newest. */
function mostCrowded(points: readonly EndPoint[], nowMs: number): number {
  let best = 1;
  let bestRatio = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points.length - 1; i += 1) {
    const older = points[i - 1]?.atMs ?? 0;
    const newer = points[i + 1]?.atMs ?? 0;
    const ratio = (newer - older) / Math.max(1, nowMs - newer);
    if (ratio < bestRatio) {
      best = i;
      bestRatio = ratio;
    }
  }
  return best;
}
