import type { FleetMemory } from "@/lib/domain/fleet-memory";
import { cloudGroupSummary } from "@/lib/domain/lag/cloud-group";
import { groupSummary } from "@/lib/domain/lag/group";
import { deletesByTime, offsetsRetentionMs, topicRetentionMs } from "@/lib/domain/lag/retention";
import { isKnown } from "@/lib/domain/observed";
import { type OwnerIndex, type Ownership, ownerOfGroup } from "@/lib/domain/owner";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import type { GroupSummary } from "@/lib/domain/views/lag";

const SLICE = 50;

export interface JoinedGroups {
  summaries: Map<string, GroupSummary>;
  ownerships: Map<string, Ownership>;
  emptySince: Map<string, EmptySince>;
}

type EmptySince = { atMs: number; exact: boolean };

export interface GroupsInput {
  cluster: ClusterSnapshot;
  owners: OwnerIndex;
  objectiveOf: (ownership: Ownership) => number | null;
  memory: FleetMemory;
  /** How the groups stood before, to see a last member leave. */
  before: ReadonlyMap<string, GroupSummary> | undefined;
}

/** Every group of a cluster with its owner and its lag. */
export function* groupSummaries({ cluster, owners, objectiveOf, memory, before }: GroupsInput): Steps<JoinedGroups> {
  const at = cluster.parts.offsets.at ?? cluster.at;
  const retentionMsOf = retentions(cluster);
  const commitsKeptMs = offsetsRetentionMs(cluster.brokerConfigs);
  const joined: JoinedGroups = { summaries: new Map(), ownerships: new Map(), emptySince: new Map() };
  let done = 0;
  for (const group of cluster.groups.values()) {
    const ownership = ownerOfGroup(owners, cluster.clusterId, group.id, new Set(group.committed.map(({ topic }) => topic)));
    const key = emptyKey(cluster.clusterId, group.id);
    const emptySince =
      group.state === "Empty" || group.state === "Dead" ? sinceEmpty(memory.emptySince.get(key), before?.get(group.id), at) : null;
    if (emptySince !== null) joined.emptySince.set(key, emptySince);
    const summary = groupSummary(group, {
      clusterId: cluster.clusterId,
      offsets: cluster,
      owner: ownership.owner,
      objectiveMs: objectiveOf(ownership),
      retentionMsOf,
      emptySince,
      offsetsRetentionMs: commitsKeptMs,
      before: before?.get(group.id),
      at,
    });
    joined.summaries.set(group.id, summary);
    joined.ownerships.set(group.id, ownership);
    done += 1;
    if (done % SLICE === 0) yield;
  }
  yield* addCloudGroups(joined, cluster, owners, objectiveOf);
  return joined;
}

/** Where no broker tells of groups, CloudWatch's lag figures tell that there are some. */
function* addCloudGroups(
  joined: JoinedGroups,
  { clusterId, cloud, parts }: ClusterSnapshot,
  owners: OwnerIndex,
  objectiveOf: GroupsInput["objectiveOf"],
): Steps<void> {
  if (cloud === null || parts.offsets.at !== null) return;
  for (const [groupId, byTopic] of cloud.groups) {
    const ownership = ownerOfGroup(owners, clusterId, groupId, new Set(byTopic.keys()));
    const context = { clusterId, owner: ownership.owner, objectiveMs: objectiveOf(ownership), at: cloud.at };
    joined.summaries.set(groupId, cloudGroupSummary(groupId, byTopic, context));
    joined.ownerships.set(groupId, ownership);
    if (joined.summaries.size % SLICE === 0) yield;
  }
}

/** Whether the group's last member was seen leaving, and not merely found gone. */
export function sawLastLeave({ cluster, groups }: { cluster: ClusterSnapshot; groups: JoinedGroups }, groupId: string): boolean {
  return groups.emptySince.get(emptyKey(cluster.clusterId, groupId))?.exact ?? false;
}

function emptyKey(clusterId: string, groupId: string): string {
  return `${clusterId}/${groupId}`;
}

function sinceEmpty(known: EmptySince | undefined, before: GroupSummary | undefined, at: string): EmptySince {
  return known ?? { atMs: Date.parse(at), exact: before?.hasMembers === true };
}

/** Retention of each topic, looked up once. Infinite where time deletes nothing. */
function retentions(cluster: ClusterSnapshot): (topic: string) => number | null {
  const known = new Map<string, number | null>();
  return (topic) => {
    let retention = known.get(topic);
    if (retention === undefined) {
      retention = retentionOf(cluster, topic);
      known.set(topic, retention);
    }
    return retention;
  };
}

function retentionOf(cluster: ClusterSnapshot, topic: string): number | null {
  if (!deletesByTime(cluster, topic)) return Number.POSITIVE_INFINITY;
  const retention = topicRetentionMs(cluster, topic);
  if (!isKnown(retention)) return null;
  return retention.value < 0 ? Number.POSITIVE_INFINITY : retention.value;
}
