import type { EndPoint } from "@/lib/domain/snapshot";
import type { UnwatchedRecord } from "./older-than-watched";

/** Nothing older is looked for: logs that are kept for longer are told as at least so old. */
const OLDEST_MS = 30 * 86_400_000;
const YOUNGEST_MS = 1_000;

/** A search for the age of one record, by the offsets that Kafka names for times. */
export interface RecordSearch extends UnwatchedRecord {
  /** The record is older than this, and as far as is known not older than `notOlderMs`. */
  olderMs: number;
  notOlderMs: number;
  /** What was answered, as ends at their times, oldest first. */
  points: EndPoint[];
}

export function startSearch(record: UnwatchedRecord, nowMs: number): RecordSearch {
  const olderMs = Math.max(YOUNGEST_MS, nowMs - record.watched.atMs);
  return { ...record, olderMs, notOlderMs: Math.max(OLDEST_MS, olderMs), points: [] };
}

/** The age to ask for next: as many times the one bound as the other is of it, because an age is told by percents of itself. */
export function midAge({ olderMs, notOlderMs }: RecordSearch): number {
  return Math.sqrt(olderMs * notOlderMs);
}

/**
 * Takes the offset of the first record that is not older than the time asked for (null: there is none), which was the end just before it.
 * An answer at the start of a log whose beginning is gone tells nothing of the end then: what was there before has been deleted.
 */
export function narrowed(
  search: RecordSearch,
  { timestampMs, offset }: { timestampMs: number; offset: bigint | null },
  nowMs: number,
): RecordSearch {
  const end = offset === null || offset > search.watched.offset ? search.watched.offset : offset;
  const ageMs = nowMs - timestampMs;
  const isOlder = end > search.offset;
  const bounds = isOlder ? { olderMs: ageMs } : { notOlderMs: ageMs };
  const tells = end > search.start || search.start === 0n;
  return { ...search, ...bounds, points: tells ? inOrder([...search.points, { atMs: timestampMs, offset: end }]) : search.points };
}

/** Times of records may run backwards; an end never does. */
export function inOrder(points: readonly EndPoint[]): EndPoint[] {
  const sorted = points.toSorted((a, b) => a.atMs - b.atMs);
  let next = sorted.at(-1)?.offset ?? 0n;
  return sorted
    .toReversed()
    .map(({ atMs, offset }) => {
      next = offset < next ? offset : next;
      return { atMs, offset: next };
    })
    .toReversed();
}
