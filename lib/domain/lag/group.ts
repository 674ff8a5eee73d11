import type { GroupFact, GroupState } from "@/lib/domain/facts";
import { isKnown, unavailable } from "@/lib/domain/observed";
import { same } from "@/lib/domain/same";
import type { Owner } from "@/lib/domain/views/common";
import type { GroupSummary, LagState } from "@/lib/domain/views/lag";
import { groupPositions, type Offsets } from "./group-positions";
import { type GroupStanding, groupStanding } from "./standing";

export interface GroupContext {
  clusterId: string;
  offsets: Offsets;
  owner: Owner;
  /** The strictest lag objective of those it serves; null: none. */
  objectiveMs: number | null;
  /** null: not known; infinite: time deletes nothing. */
  retentionMsOf: (topic: string) => number | null;
  /** Since when it is seen without members, and whether the last one was seen leaving; null: it has some, or that is not known. */
  emptySince: { atMs: number; exact: boolean } | null;
  offsetsRetentionMs: number | null;
  /** How it stood before: lends the lists and texts that have not changed. */
  before: GroupSummary | undefined;
  /** When offsets were read. */
  at: string;
}

const WITH_MEMBERS: Record<GroupState, boolean | null> = {
  Stable: true,
  PreparingRebalance: true,
  CompletingRebalance: true,
  Assigning: true,
  Reconciling: true,
  NotReady: true,
  Empty: false,
  Dead: false,
  Unknown: null,
};

/** Whether a group in this state has members; null: the state is not known. */
export function isStateWithMembers(state: GroupState): boolean | null {
  return WITH_MEMBERS[state];
}

const SHARE_REASON = "A share group hands out records one by one and commits no offsets, so it has no lag in this sense.";

/** A group as it stands: how far behind, whether that moves, and how much room is left before unread records are deleted. */
export function groupSummary(group: GroupFact, context: GroupContext): GroupSummary {
  const { clusterId, owner, objectiveMs, before } = context;
  const hasMembers = WITH_MEMBERS[group.state];
  const standing = standingOf(group, context);
  const state = lagState(group, hasMembers, standing, objectiveMs);
  const expires = hasMembers === false && group.committed.length > 0 ? context.emptySince : null;
  const known = expires !== null && context.offsetsRetentionMs !== null;
  return {
    clusterId,
    groupId: group.id,
    type: group.type,
    kafkaState: group.state,
    hasMembers,
    owner,
    topics: same(before?.topics, [...new Set(group.committed.map(({ topic }) => topic))].toSorted()),
    state,
    reason: same(before?.reason, reasonOf(group, state, standing, known && !expires.exact)),
    recordsBehind: standing.recordsBehind,
    timeBehindMs: standing.timeBehindMs,
    retentionShare: standing.retentionShare,
    lostRecords: standing.lostRecords,
    stuckSince: standing.stuckSinceMs === null || hasMembers === false ? null : new Date(standing.stuckSinceMs).toISOString(),
    commitsExpireAt: same(before?.commitsExpireAt, known ? new Date(expires.atMs + (context.offsetsRetentionMs ?? 0)).toISOString() : null),
    objectiveMs,
  };
}

function standingOf(group: GroupFact, { offsets, retentionMsOf, at }: GroupContext): GroupStanding {
  const blank = blankReason(group);
  if (blank === null) return groupStanding(groupPositions(group, offsets), retentionMsOf, Date.parse(at), at);
  const none = unavailable(blank.reason, blank.remedy, at);
  const counts = { timeOpen: false, retentionShare: null, lostRecords: 0, stuckSinceMs: null, stuckPartitions: 0 };
  return { recordsBehind: none, timeBehindMs: none, ...counts, reason: blank.reason };
}

function blankReason({ type, problem, committed }: GroupFact): { reason: string; remedy: string } | null {
  if (type === "share") return { reason: SHARE_REASON, remedy: "Kafka's own tools show how many records of a share group wait." };
  if (problem !== undefined) return { reason: problem.message, remedy: problem.remedy ?? "It is read again with the next sweep." };
  if (committed.length === 0) return { reason: "It has committed nothing yet.", remedy: "Its lag is known from its first commit on." };
  return null;
}

function lagState(group: GroupFact, hasMembers: boolean | null, standing: GroupStanding, objectiveMs: number | null): LagState {
  if (group.type === "share") return "not-applicable";
  if (group.problem !== undefined) return "unknown";
  if (group.committed.length === 0) return "no-commits";
  if (hasMembers === false) return "no-members";
  if (standing.lostRecords > 0) return "losing";
  if (standing.stuckSinceMs !== null) return "stuck";
  const { timeBehindMs, recordsBehind } = standing;
  if (objectiveMs !== null && isKnown(timeBehindMs) && timeBehindMs.value > objectiveMs) return "behind";
  if (objectiveMs !== null && standing.timeOpen) return "unknown";
  return isKnown(recordsBehind) ? "ok" : "unknown";
}

function reasonOf(group: GroupFact, state: LagState, standing: GroupStanding, expiryIsLatest: boolean): string | null {
  const reasons: string[] = [];
  if (state === "no-members" && group.protocolType === "") {
    reasons.push("It only commits offsets; Kafka knows no members of such a group.");
  }
  if (expiryIsLatest) reasons.push("It was without members when first seen, so its commits may expire earlier.");
  if (standing.reason !== null) reasons.push(standing.reason);
  return reasons.length === 0 ? null : reasons.join(" ");
}
