import type { FleetSnapshot } from "@/lib/domain/fleet";
import { knownValue } from "@/lib/domain/observed";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { BrokerTimes, Episode, GroupStand, Victim } from "./noise";

/** A group fell behind when it is later by this much, and by this factor. */
const LATER_MS = 10_000;
const LATER_RECORDS = 1_000;
const LATER_FACTOR = 2;
/** A mechanism is a time that rose this much. */
const SLOWER_FACTOR = 2;
const SLOWER_MS = 10;
const VICTIMS_MAX = 20;

/** Where the groups of a cluster stand now; those whose lag is not known are left out. */
export function groupStands(groups: ReadonlyMap<string, GroupSummary>): Map<string, GroupStand> {
  const stands = new Map<string, GroupStand>();
  for (const { groupId, recordsBehind, timeBehindMs, hasMembers } of groups.values()) {
    const records = knownValue(recordsBehind);
    if (records !== null && hasMembers !== false) stands.set(groupId, { records, timeMs: knownValue(timeBehindMs) });
  }
  return stands;
}

/** Groups of others that read from the broker and stood better before: they fell behind at the same time, which is all that is said. */
export function victimsOf(
  fleet: FleetSnapshot,
  cluster: ClusterSnapshot,
  brokerId: number,
  tenantId: string,
  before: ReadonlyMap<string, GroupStand>,
  now: ReadonlyMap<string, GroupStand>,
): Victim[] {
  const victims: Victim[] = [];
  for (const [groupId, stand] of now) {
    const was = before.get(groupId);
    const group = fleet.groups.get(cluster.clusterId)?.get(groupId);
    if (was === undefined || group === undefined || !isLater(was, stand) || !readsFrom(group, cluster, brokerId)) continue;
    const { owner } = group;
    if (owner.kind === "tenant" ? owner.tenantId === tenantId : owner.kind !== "shared") continue;
    victims.push({
      groupId,
      tenantId: owner.kind === "tenant" ? owner.tenantId : null,
      tenantCount: owner.kind === "shared" ? owner.tenantCount : 1,
      beforeMs: was.timeMs,
      nowMs: stand.timeMs,
      beforeRecords: was.records,
      nowRecords: stand.records,
      objectiveMs: group.objectiveMs,
    });
  }
  return victims.sort((a, b) => (b.nowMs ?? 0) - (a.nowMs ?? 0) || b.nowRecords - a.nowRecords).slice(0, VICTIMS_MAX);
}

function isLater(before: GroupStand, now: GroupStand): boolean {
  if (before.timeMs !== null && now.timeMs !== null)
    return now.timeMs >= before.timeMs * LATER_FACTOR && now.timeMs - before.timeMs >= LATER_MS;
  return now.records >= before.records * LATER_FACTOR && now.records - before.records >= LATER_RECORDS;
}

function readsFrom({ topics }: GroupSummary, { metadata }: ClusterSnapshot, brokerId: number): boolean {
  return topics.some((topic) => metadata?.topics.get(topic)?.partitions.some(({ leader }) => leader === brokerId) === true);
}

/** By which the others became slower, where the broker measured it. */
export function mechanismOf(before: BrokerTimes | undefined, now: BrokerTimes | undefined): Episode["mechanism"] {
  const rise = (from: number | null | undefined, to: number | null | undefined): number =>
    from == null || to == null || to < from * SLOWER_FACTOR || to - from < SLOWER_MS ? 0 : to - from;
  const fetch = rise(before?.fetchMs, now?.fetchMs);
  const produce = rise(before?.produceMs, now?.produceMs);
  if (fetch === 0 && produce === 0) return null;
  const what = fetch >= produce ? "fetch" : "produce";
  const key = what === "fetch" ? "fetchMs" : "produceMs";
  return { what, beforeMs: before?.[key] ?? 0, nowMs: now?.[key] ?? 0 };
}
