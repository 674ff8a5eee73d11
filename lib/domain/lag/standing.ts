import { isKnown, type Known, measured, type Observed, unavailable } from "@/lib/domain/observed";
import { BY_RECORDS, isEmptyPartition, type PartitionPosition, type PartitionStanding, partitionStanding } from "./partition";

/** A group's standing over all its partitions. */
export interface GroupStanding {
  recordsBehind: Observed<number>;
  timeBehindMs: Observed<number>;
  /** Records wait for longer than was watched: how far behind it is cannot be said. */
  timeOpen: boolean;
  /** Time behind over retention where that is largest; null: not known. */
  retentionShare: number | null;
  lostRecords: number;
  stuckSinceMs: number | null;
  stuckPartitions: number;
  /** Why something is missing, if anything is. */
  reason: string | null;
}

/**
 * Adds up the partitions: records behind are summed, times behind are the worst. What one partition does not tell makes the sum "at
 * least"; a partition that holds nothing and has no commit is no gap.
 */
export function groupStanding(
  positions: readonly PartitionPosition[],
  retentionMsOf: (topic: string) => number | null,
  asOfMs: number,
  at: string,
): GroupStanding {
  const records: Gathered = { value: null, gap: null };
  const time: Gathered = { value: null, gap: null };
  let timeOpen = false;
  let byRecords = false;
  let retentionShare: number | null = null;
  let lostRecords = 0;
  let stuckSinceMs: number | null = null;
  let stuckPartitions = 0;
  for (const position of positions) {
    if (position.committed === null && isEmptyPartition(position)) continue;
    const standing = partitionStanding(position, asOfMs);
    lostRecords += standing.lostRecords;
    const { recordsBehind, timeBehind, reason } = standing;
    gather(records, recordsBehind, (sum, value) => sum + value, recordsBehind === null ? reason : null);
    gather(time, timeBehind?.ms ?? null, Math.max, timeBehind === null || timeBehind.atLeast ? reason : null);
    if (timeBehind?.byRecords) byRecords = true;
    if (position.committed !== null && (timeBehind === null || timeBehind.atLeast)) timeOpen = true;
    if (standing.stuckSinceMs !== null) {
      stuckPartitions += 1;
      stuckSinceMs = Math.min(stuckSinceMs ?? standing.stuckSinceMs, standing.stuckSinceMs);
    }
    const share = shareOf(standing, retentionMsOf(position.topic));
    if (share !== null) retentionShare = Math.max(retentionShare ?? 0, share);
  }
  const timeBehindMs = observedOf(time, at, "It is known once the console has watched the topic's ends for a while.");
  return {
    recordsBehind: observedOf(records, at, "Read the group again, or let the console describe its topics."),
    timeBehindMs: byRecords && isKnown(timeBehindMs) ? { ...timeBehindMs, source: "derived", note: BY_RECORDS } : timeBehindMs,
    timeOpen,
    retentionShare,
    lostRecords,
    stuckSinceMs,
    stuckPartitions,
    reason: records.gap ?? time.gap,
  };
}

function shareOf({ timeBehind }: PartitionStanding, retentionMs: number | null): number | null {
  if (timeBehind === null || retentionMs === null) return null;
  if (!Number.isFinite(retentionMs)) return 0;
  return retentionMs > 0 ? timeBehind.ms / retentionMs : null;
}

/** A value made of partitions, some of which may not tell theirs, or not all of it. */
interface Gathered {
  value: number | null;
  gap: string | null;
}

function gather(into: Gathered, value: number | null, join: (a: number, b: number) => number, gap: string | null): void {
  if (value !== null) into.value = into.value === null ? value : join(into.value, value);
  into.gap ??= gap;
}

function observedOf({ value, gap }: Gathered, at: string, remedy: string): Observed<number> {
  if (value === null) return unavailable(gap ?? "Nothing is committed.", remedy, at);
  const known: Known<number> = measured(value, at);
  return gap === null ? known : { ...known, atLeast: true };
}
