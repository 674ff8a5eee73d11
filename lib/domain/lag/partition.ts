import type { EndPoint } from "@/lib/domain/snapshot";
import { type TimeBehind, timeBehind } from "./time-behind";

/** Commits that stand still for so long while records wait are stuck. */
export const STUCK_MS = 5 * 60_000;

/** Where a group stands in one partition. null: not known. */
export interface PartitionPosition {
  topic: string;
  partition: number;
  committed: bigint | null;
  start: bigint | null;
  end: bigint | null;
  points: readonly EndPoint[];
  /** Ends from before those, by the timestamps of records. */
  recordPoints: readonly EndPoint[];
  movedAtMs: number | null;
}

export const BY_RECORDS = "By the timestamps of its records, which are from before the console watched.";

export interface PartitionStanding {
  recordsBehind: number | null;
  timeBehind: TimeBehind | null;
  lostRecords: number;
  headroomRecords: number | null;
  /** Since when commits stand still while records wait, where that is long enough; else null. */
  stuckSinceMs: number | null;
  reason: string | null;
}

/** Nothing is committed, and nothing waits: the partition is empty. */
export function isEmptyPartition({ start, end }: PartitionPosition): boolean {
  return end !== null && end === (start ?? 0n);
}

/** A group's standing in one partition at the time of the reading. Commits are read before ends, so that lag is never negative. */
export function partitionStanding(position: PartitionPosition, asOfMs: number): PartitionStanding {
  const { committed, start, end, movedAtMs } = position;
  if (committed === null)
    return unknownStanding(isEmptyPartition(position) ? "Nothing was ever written here." : "Nothing is committed here.");
  const lostRecords = start !== null && committed < start ? Number(start - committed) : 0;
  const headroomRecords = start === null ? null : committed > start ? Number(committed - start) : 0;
  if (end === null) {
    return { ...unknownStanding("The end of the partition could not be read."), lostRecords, headroomRecords };
  }
  const recordsBehind = end > committed ? Number(end - committed) : 0;
  const behind = behindOf(position, committed, end, asOfMs);
  const waitingSinceMs = behind === null || movedAtMs === null ? null : Math.max(movedAtMs, asOfMs - behind.ms);
  const isStuck = recordsBehind > 0 && waitingSinceMs !== null && asOfMs - waitingSinceMs >= STUCK_MS;
  return {
    recordsBehind,
    timeBehind: behind,
    lostRecords,
    headroomRecords,
    stuckSinceMs: isStuck ? waitingSinceMs : null,
    reason: reasonOf(committed, end, behind),
  };
}

function unknownStanding(reason: string): PartitionStanding {
  return { recordsBehind: null, timeBehind: null, lostRecords: 0, headroomRecords: null, stuckSinceMs: null, reason };
}

/** What was watched comes before what records say of themselves. */
function behindOf({ points, recordPoints }: PartitionPosition, committed: bigint, end: bigint, asOfMs: number): TimeBehind | null {
  const watched = timeBehind(points, committed, end, asOfMs);
  if (watched?.atLeast !== true || recordPoints.length === 0) return watched;
  const looked = timeBehind([...recordPoints, ...points], committed, end, asOfMs);
  return looked === null ? watched : { ...looked, byRecords: true };
}

function reasonOf(committed: bigint, end: bigint, behind: TimeBehind | null): string | null {
  if (committed > end) return "Committed beyond the partition's end: the topic was made anew or cut off.";
  if (behind === null) return "The time behind is known once the console has watched the partition for a while.";
  if (behind.byRecords) return BY_RECORDS;
  return behind.atLeast ? "The first unread record is older than what the console has watched." : null;
}
