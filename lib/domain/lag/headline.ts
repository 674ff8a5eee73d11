import { isAtLeast, isKnown, knownValue } from "@/lib/domain/observed";
import type { GroupSummary, LagHeadline, LagState } from "@/lib/domain/views/lag";

/** Worst first. What is not known may be worse than what is well, and is not worse than what is known to be bad. */
const ORDER: readonly LagState[] = ["losing", "stuck", "behind", "unknown", "ok", "no-commits", "not-applicable"];

/**
 * A tenant's lag in one line: its own worst group with members. Without such a group: its worst group without members; else the groups
 * it shares with others, whose lag is not its own alone; else none.
 */
export function lagHeadline(groups: readonly GroupSummary[]): LagHeadline {
  const own = groups.filter(({ owner }) => owner.kind === "tenant");
  const active = worstOf(own.filter(({ state }) => state !== "no-members"));
  if (active !== null) return headline(active, active.state, active.reason);
  const left = worstOf(own);
  if (left !== null) return headline(left, "no-members", left.reason);
  const shared = worstOf(groups);
  if (shared !== null)
    return headline(shared, "shared", "The lag of a group that serves several tenants; what of it is this tenant's is not known.");
  return NONE;
}

const NONE: LagHeadline = { state: "none", clusterId: null, groupId: null, recordsBehind: null, timeBehindMs: null, reason: null };

/** Worst first: by state, then by time behind, then by records; what is not known counts as most. */
export function compareLag(a: GroupSummary, b: GroupSummary): number {
  return rank(a) - rank(b) || amount(b.timeBehindMs) - amount(a.timeBehindMs) || amount(b.recordsBehind) - amount(a.recordsBehind);
}

function worstOf(groups: readonly GroupSummary[]): GroupSummary | null {
  let worst: GroupSummary | null = null;
  for (const group of groups) if (worst === null || compareLag(group, worst) < 0) worst = group;
  return worst;
}

function rank({ state }: GroupSummary): number {
  const at = ORDER.indexOf(state);
  return at === -1 ? ORDER.length : at;
}

/** Not Infinity: two of them would differ by NaN. */
function amount(observed: GroupSummary["timeBehindMs"]): number {
  return isKnown(observed) ? observed.value : Number.MAX_SAFE_INTEGER;
}

function headline(group: GroupSummary, state: LagHeadline["state"], reason: string | null): LagHeadline {
  const { clusterId, groupId, recordsBehind, timeBehindMs } = group;
  return {
    state,
    clusterId,
    groupId,
    recordsBehind: knownValue(recordsBehind),
    ...(isAtLeast(recordsBehind) ? { recordsAtLeast: true } : {}),
    timeBehindMs: knownValue(timeBehindMs),
    ...(isAtLeast(timeBehindMs) ? { timeAtLeast: true } : {}),
    reason,
  };
}
