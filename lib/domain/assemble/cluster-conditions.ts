import { clusterFindings } from "@/lib/domain/conditions/cluster-findings";
import type { Finding } from "@/lib/domain/conditions/condition";
import { groupFindings } from "@/lib/domain/conditions/group-findings";
import type { ClusterJoin } from "./cluster-join";
import { countTopics, unownedGroups } from "./cluster-summary";
import { sawLastLeave } from "./group-summaries";

/** What is so about a cluster, and about the groups on it that serve several tenants: those are told once, with the cluster. */
export function clusterJoinFindings(join: ClusterJoin): Finding[] {
  const { leaderless, underReplicated, unowned } = countTopics(join);
  const findings = clusterFindings({
    snapshot: join.cluster,
    leaderlessPartitions: leaderless,
    underReplicatedPartitions: underReplicated,
    unownedTopics: unowned,
    unownedGroups: unownedGroups(join),
  });
  for (const group of join.groups.summaries.values()) {
    if (group.owner.kind !== "shared") continue;
    for (const finding of groupFindings("", group, sawLastLeave(join, group.groupId))) findings.push({ ...finding, tenantId: null });
  }
  return findings;
}
