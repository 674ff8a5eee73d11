import type { GroupFact, GroupMemberFact } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { PartitionLag } from "@/lib/domain/views/lag";
import { groupPositions } from "./group-positions";
import { partitionStanding } from "./partition";

/** Every partition of a group, for its page. `members`: who reads what, where it was read live. */
export function partitionViews(cluster: ClusterSnapshot, group: GroupFact, members: readonly GroupMemberFact[] | null): PartitionLag[] {
  const asOfMs = Date.parse(cluster.parts.offsets.at ?? cluster.at);
  const memberOf = new Map<string, string>();
  for (const { memberId, assigned } of members ?? []) {
    for (const { topic, partitions } of assigned) for (const partition of partitions) memberOf.set(`${topic}/${partition}`, memberId);
  }
  return groupPositions(group, cluster).map((position) => {
    const { topic, partition, start, committed, end, movedAtMs } = position;
    const standing = partitionStanding(position, asOfMs);
    return {
      topic,
      partition,
      startOffset: start?.toString() ?? null,
      committedOffset: committed?.toString() ?? null,
      endOffset: end?.toString() ?? null,
      recordsBehind: standing.recordsBehind,
      timeBehindMs: standing.timeBehind?.ms ?? null,
      ...(standing.timeBehind?.atLeast ? { timeAtLeast: true } : {}),
      lostRecords: standing.lostRecords,
      headroomRecords: standing.headroomRecords,
      movedAt: movedAtMs === null ? null : new Date(movedAtMs).toISOString(),
      leaderId: cluster.metadata?.topics.get(topic)?.partitions[partition]?.leader ?? null,
      memberId: memberOf.get(`${topic}/${partition}`) ?? null,
      reason: standing.reason,
    };
  });
}
