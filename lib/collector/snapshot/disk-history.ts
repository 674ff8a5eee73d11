import type { ClusterSnapshot } from "@/lib/domain/snapshot";

const POINT_EVERY_MS = 3_600_000;
const KEEP_MS = 25 * POINT_EVERY_MS;

/** The disks' past with one more point where an hour has gone by; the same map where nothing has to change. */
export function withDiskPoints(
  history: ClusterSnapshot["diskHistory"],
  usedShares: ReadonlyMap<number, number>,
  nowMs: number,
): ClusterSnapshot["diskHistory"] {
  const due = [...usedShares].filter(([id]) => nowMs - (history.get(id)?.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY) >= POINT_EVERY_MS);
  if (due.length === 0) return history;
  const next = new Map(history);
  for (const [id, usedShare] of due) {
    const kept = (history.get(id) ?? []).filter(({ atMs }) => nowMs - atMs < KEEP_MS);
    next.set(id, [...kept, { atMs: nowMs, usedShare }]);
  }
  return next;
}
