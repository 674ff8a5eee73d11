import type { LogDirFact } from "./facts";
import type { DiskPoint } from "./snapshot";

/** Used share of each broker's log directories together, 0 to 1. Brokers before Kafka 3.3 do not say how large theirs are. */
export function usedShares(dirs: readonly LogDirFact[]): Map<number, number> {
  const sums = new Map<number, { total: number; usable: number }>();
  for (const { brokerId, totalBytes, usableBytes } of dirs) {
    if (totalBytes === null || usableBytes === null || totalBytes === 0) continue;
    const sum = sums.get(brokerId) ?? { total: 0, usable: 0 };
    sums.set(brokerId, { total: sum.total + totalBytes, usable: sum.usable + usableBytes });
  }
  return new Map([...sums].map(([id, { total, usable }]) => [id, 1 - usable / total]));
}

/** Fewer hours than this say nothing of a day. */
const LEAST_SPAN_MS = 6 * 3_600_000;
/** Later than this is no date to plan with. */
const FARTHEST_MS = 366 * 86_400_000;

/**
 * When a disk is full if it goes on to grow as in the last day: the straight line through first and last point. null: it does not grow,
 * it has been watched too shortly, or it is full later than in a year.
 */
export function fullAtMs(points: readonly DiskPoint[]): number | null {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < LEAST_SPAN_MS) return null;
  const growth = (last.usedShare - first.usedShare) / (last.atMs - first.atMs);
  if (growth <= 0) return null;
  const leftMs = (1 - last.usedShare) / growth;
  return leftMs > FARTHEST_MS ? null : last.atMs + leftMs;
}
