import type { FleetSnapshot } from "@/lib/domain/fleet";
import { groupPositions } from "@/lib/domain/lag/group-positions";
import { partitionViews } from "@/lib/domain/lag/partition-views";
import { groupStanding } from "@/lib/domain/lag/standing";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { TopicDetail } from "@/lib/domain/views/clusters";

/** Every group that has committed to a topic, with its standing in this topic alone. By name. */
export function topicConsumers(fleet: FleetSnapshot, snapshot: ClusterSnapshot, topic: string): TopicDetail["consumers"] {
  const at = snapshot.parts.offsets.at ?? snapshot.at;
  const consumers: TopicDetail["consumers"] = [];
  for (const summary of fleet.groups.get(snapshot.clusterId)?.values() ?? []) {
    const group = summary.topics.includes(topic) ? snapshot.groups.get(summary.groupId) : undefined;
    if (group === undefined) continue;
    const here = { ...group, committed: group.committed.filter((commit) => commit.topic === topic) };
    const standing = groupStanding(groupPositions(here, snapshot), () => null, Date.parse(at), at);
    consumers.push({
      groupId: summary.groupId,
      owner: summary.owner,
      kafkaState: summary.kafkaState,
      type: summary.type,
      recordsBehind: standing.recordsBehind,
      timeBehindMs: standing.timeBehindMs,
      lostRecords: standing.lostRecords,
      partitions: partitionViews(snapshot, here, null),
    });
  }
  return consumers.toSorted((a, b) => (a.groupId < b.groupId ? -1 : 1));
}
