import { consequence } from "@/lib/domain/change/draft";
import type { ClusterFacts } from "@/lib/domain/change/facts";
import type { Consequence, Refusal } from "@/lib/domain/change/plan";
import { partitionLimit, SERVERLESS } from "@/lib/domain/cloud/msk-limits";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { partitionLoad } from "./partition-load";

/** What new partitions of a topic ask of its cluster. */
export interface Growing {
  cluster: ClusterFacts;
  topic: string;
  before: number;
  after: number;
}

export interface Room {
  consequences: Consequence[];
  refusals: Refusal[];
}

/** Whether the brokers take so many more replicas, by what AWS publishes for them. */
export function roomFor(growing: Growing): Room {
  const { cluster } = growing;
  if (cluster.kind === "serverless") return serverlessRoom(growing);
  const { metadata } = cluster.snapshot;
  const fact = metadata?.topics.get(growing.topic);
  if (metadata === null || metadata === undefined || fact === undefined) return unknown(cluster, "its partitions have not been read yet");
  const factor = Math.max(1, ...fact.partitions.map(({ replicas }) => replicas.length));
  const { replicas } = partitionLoad(metadata);
  // Kafka deals them out in turn, so that no broker gets more than its even part, rounded up.
  const more = Math.ceil(((growing.after - growing.before) * factor) / Math.max(1, metadata.brokers.length));
  const [first, ...others] = replicas;
  if (first === undefined) return unknown(cluster, "none of its brokers is known to be alive");
  const [fullest, now] = others.reduce((a, b) => (b[1] > a[1] ? b : a), first);
  return againstLimit(cluster, { fullest, now, after: now + more });
}

interface Load {
  fullest: number;
  now: number;
  after: number;
}

function againstLimit(cluster: ClusterFacts, { fullest, now, after }: Load): Room {
  const { name, clusterId, instanceType } = cluster;
  const limit = partitionLimit(instanceType);
  const counted = `Broker ${fullest} of ${name} goes from ${formatCount(now)} to ${formatCountOf(after, "replica")} at the most`;
  if (limit === null) {
    const sentence = `${counted}; no limit is published for these brokers.`;
    return { consequences: [consequence({ class: "note", sentence, clusterId })], refusals: [] };
  }
  const { recommended, max } = limit;
  if (after > max) {
    const reason = `${counted}; ${instanceType} takes ${formatCount(max)}, and MSK then changes no configuration and removes no broker.`;
    const wayOut = `Add fewer partitions, or brokers, or a larger instance type to ${name}.`;
    return { consequences: [], refusals: [{ field: "count", reason, wayOut, link: { label: name, href: paths.cluster(clusterId) } }] };
  }
  const isOver = after > recommended;
  const sentence = isOver
    ? `${counted}: above the ${formatCount(recommended)} that AWS recommends for ${instanceType}, and below its limit of ${formatCount(max)}.`
    : `${counted}; AWS recommends ${formatCount(recommended)} or fewer on ${instanceType}.`;
  return { consequences: [consequence({ class: isOver ? "room" : "fine", sentence, clusterId })], refusals: [] };
}

function serverlessRoom({ cluster, before, after }: Growing): Room {
  const { name, clusterId, snapshot } = cluster;
  const { leaderPartitions, partitionChanges } = SERVERLESS;
  const link = { label: name, href: paths.cluster(clusterId) };
  const refusals: Refusal[] = [];
  if (after - before > partitionChanges) {
    const reason = `${name} is serverless, and creates ${formatCount(partitionChanges)} partitions in five minutes at the most.`;
    refusals.push({ field: "count", reason, wayOut: `Add ${formatCount(partitionChanges)} or fewer at a time.`, link });
  }
  if (snapshot.metadata === null) return { ...unknown(cluster, "its partitions have not been read yet"), refusals };
  const total = partitionLoad(snapshot.metadata).partitions + after - before;
  if (total > leaderPartitions) {
    const reason = `${name} would have ${formatCount(total)} partitions; a serverless cluster takes ${formatCount(leaderPartitions)}.`;
    refusals.push({ field: "count", reason, wayOut: "Add fewer, or delete topics that nobody uses.", link });
  }
  const sentence = `${name} then has ${formatCountOf(total, "partition")}; a serverless cluster takes ${formatCount(leaderPartitions)}.`;
  return { consequences: refusals.length > 0 ? [] : [consequence({ class: "fine", sentence, clusterId })], refusals };
}

function unknown({ name, clusterId }: ClusterFacts, why: string): Room {
  const sentence = `Whether the brokers of ${name} have room for more partitions is not known: ${why}.`;
  return { consequences: [consequence({ class: "unseen", sentence, clusterId })], refusals: [] };
}
