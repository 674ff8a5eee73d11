import { readersOf } from "@/lib/domain/change/readers";
import { isStateWithMembers } from "@/lib/domain/lag/group";
import { timeBehind } from "@/lib/domain/lag/time-behind";
import { eachInSlices, type Steps } from "@/lib/domain/steps";
import { above } from "./gone";
import type { PartitionOutlook, TopicOutlook } from "./outlook";

/** A group that reads the topics, and what of its unread records goes. */
export interface GroupOutlook {
  clusterId: string;
  clusterName: string;
  groupId: string;
  /** null: Kafka did not say. */
  hasMembers: boolean | null;
  /** Topics on which it loses most, first. */
  topics: { topic: string; records: number }[];
  /** Counted from its committed offsets; whole segments go, so it is never more than that. */
  records: number;
  /** More may go: the age of some of its unread records is not known well enough. */
  recordsAtMost: number;
  /** Estimated bytes of the records above; null: the size is not known. */
  bytes: number | null;
  /** Of the partition where it is furthest behind. null: not known. */
  timeBehindMs: number | null;
  /** It is further behind than was watched. */
  isTimeOpen: boolean;
  /** What it loses is not known: the end of a partition it reads could not be read. */
  isUnseen: boolean;
}

const SLICE = 50;

/** Every group that has committed to the topics, those that lose most first, then those that are furthest behind. */
export function* groupOutlooks(outlooks: readonly TopicOutlook[]): Steps<GroupOutlook[]> {
  const groups = new Map<string, GroupOutlook>();
  yield* eachInSlices(outlooks, SLICE, (outlook) => {
    const { cluster, topic } = outlook.changed.scoped;
    for (const { group, committed } of readersOf(cluster.snapshot, topic)) {
      const key = `${cluster.clusterId} ${group.id}`;
      const known = groups.get(key) ?? blank(cluster, group.id, isStateWithMembers(group.state));
      groups.set(key, known);
      const before = known.recordsAtMost;
      for (const { partition, offset } of committed) {
        const at = outlook.partitions[partition];
        if (at !== undefined) addPartition(known, at, offset, outlook);
      }
      known.topics.push({ topic, records: known.recordsAtMost - before });
    }
  });
  const all = [...groups.values()];
  for (const { topics } of all) topics.sort((a, b) => b.records - a.records);
  return all.sort((a, b) => b.records - a.records || b.recordsAtMost - a.recordsAtMost || (b.timeBehindMs ?? 0) - (a.timeBehindMs ?? 0));
}

function blank(cluster: { clusterId: string; name: string }, groupId: string, members: boolean | null): GroupOutlook {
  return {
    clusterId: cluster.clusterId,
    clusterName: cluster.name,
    groupId,
    hasMembers: members,
    topics: [],
    records: 0,
    recordsAtMost: 0,
    bytes: 0,
    timeBehindMs: null,
    isTimeOpen: false,
    isUnseen: false,
  };
}

function addPartition(group: GroupOutlook, at: PartitionOutlook, committed: bigint, { clock, deletes }: TopicOutlook): void {
  const { start, end, cut, points, bytes } = at;
  if (end !== null) {
    const behind = timeBehind(points, committed, end, clock.endsAtMs);
    if (behind !== null) group.timeBehindMs = Math.max(group.timeBehindMs ?? 0, behind.ms);
    if (behind === null || behind.atLeast) group.isTimeOpen = true;
  }
  if (!deletes) return;
  if (cut === null) {
    group.isUnseen = true;
    return;
  }
  const from = start !== null && start > committed ? start : committed;
  const records = cut.offset === null ? 0 : above(cut.offset, from);
  group.records += records;
  group.recordsAtMost += above(cut.atMost, from);
  if (records === 0) return;
  const log = start === null || end === null ? 0 : Number(end - start);
  group.bytes = bytes === null || log === 0 || group.bytes === null ? null : group.bytes + (records / log) * bytes;
}
