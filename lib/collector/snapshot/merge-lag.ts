import type { GroupFact, PartitionOffsets, Problem, Reading } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import type { LagSweep } from "@/lib/kafka";
import { trackProgressSteps } from "./commit-progress";
import { recordEndsSteps } from "./end-points";
import { metadataFields } from "./merge-metadata";
import { nothing, type PartResult } from "./with-part";

/**
 * Takes groups with their commits, and the ends that were read after them: both of one sweep or neither, because commits of
 * one time with ends of another are no lag. Groups whose coordinator did not answer stay, and say that their commits are not known.
 * `given`: the metadata that the sweep was told to go by.
 */
export function* mergeLag(
  newest: () => ClusterSnapshot,
  { value: sweep, problems }: Reading<LagSweep | null>,
  given: Metadata,
  nowMs: number,
): Steps<PartResult> {
  if (sweep === null) return nothing(problems);
  const before = newest();
  const nobody = sweep.groups === null && (before.groups.size > 0 || !hasEnds(sweep.ends));
  if (nobody) return { ...nothing(problems), fields: toldOfMetadata(before, sweep, given, nowMs) };
  const groups = withUnanswered(sweep.groups ?? [], before, problems);
  const progress = yield* trackProgressSteps(before.progress, groups.values(), nowMs);
  const endHistory = yield* recordEndsSteps(before.endHistory, sweep.ends, nowMs);
  // Other parts may have been read since the first step.
  const known = toldOfMetadata(newest(), sweep, given, nowMs);
  return { fields: { ...known, groups, ends: sweep.ends, progress, endHistory }, broughtSomething: true, problems };
}

type Metadata = ClusterSnapshot["metadata"];

/** What a sweep found of topics and brokers on its way; nothing where it went by what it was given, which may be older than the snapshot by now. */
function toldOfMetadata(snapshot: ClusterSnapshot, { metadata }: LagSweep, given: Metadata, nowMs: number): PartResult["fields"] {
  return metadata === given || metadata === snapshot.metadata ? {} : metadataFields(snapshot, metadata, new Date(nowMs).toISOString());
}

function hasEnds(ends: PartitionOffsets): boolean {
  for (const partitions of ends.values()) if (partitions.some((offset) => offset !== null)) return true;
  return false;
}

function withUnanswered(read: readonly GroupFact[], snapshot: ClusterSnapshot, problems: readonly Problem[]): Map<string, GroupFact> {
  const groups = new Map(read.map((group) => [group.id, group]));
  const failed = new Map<number, Problem>();
  for (const problem of problems) {
    if (problem.operation === "ListGroups" && problem.brokerId !== undefined) failed.set(problem.brokerId, problem);
  }
  if (failed.size === 0) return groups;
  for (const group of snapshot.groups.values()) {
    const problem = failed.get(group.coordinatorId);
    if (problem !== undefined && !groups.has(group.id)) groups.set(group.id, { ...group, problem });
  }
  return groups;
}
