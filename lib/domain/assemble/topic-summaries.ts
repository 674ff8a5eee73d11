import type { TopicFact } from "@/lib/domain/facts";
import { topicRetentionMs } from "@/lib/domain/lag/retention";
import { nothingOnce } from "@/lib/domain/nothing-once";
import { type OwnerIndex, type Ownership, ownerOfTopic } from "@/lib/domain/owner";
import type { MeteredBrokers } from "@/lib/domain/quota/meters";
import type { Hidden } from "@/lib/domain/quota/visibility";
import { createHoldOnce, type HoldOnce } from "@/lib/domain/same";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import { metersUnread, observedRate, sumTopicRate, type TopicRate } from "./topic-rates";
import { topicSizes } from "./topic-sizes";

const SLICE = 100;

export interface JoinedTopics {
  summaries: Map<string, TopicSummary>;
  ownerships: Map<string, Ownership>;
}

export interface TopicsInput {
  cluster: ClusterSnapshot;
  owners: OwnerIndex;
  brokers: MeteredBrokers;
  /** How many groups have committed to each topic. */
  groupCounts: ReadonlyMap<string, number>;
}

/** Every topic of a cluster with its owner, rates and sizes. What is lent is taken as it is. */
export function* topicSummaries(input: TopicsInput, lent: Partial<JoinedTopics>): Steps<JoinedTopics> {
  const { cluster, owners, brokers, groupCounts } = input;
  const unread = metersUnread(cluster);
  const holdOnce = createHoldOnce();
  const summaries = new Map<string, TopicSummary>();
  const ownerships = new Map<string, Ownership>();
  let done = 0;
  for (const topic of cluster.metadata?.topics.values() ?? []) {
    const groupCount = groupCounts.get(topic.name) ?? 0;
    const before = lent.summaries?.get(topic.name);
    const ownership = lent.ownerships?.get(topic.name) ?? ownerOfTopic(owners, cluster.clusterId, topic.name);
    ownerships.set(topic.name, ownership);
    if (before?.groupCount === groupCount) summaries.set(topic.name, before);
    else if (before !== undefined) summaries.set(topic.name, { ...before, groupCount });
    else summaries.set(topic.name, topicSummary(topic, cluster, ownership, { brokers, unread, holdOnce }, groupCount));
    done += 1;
    if (done % SLICE === 0) yield;
  }
  return { summaries, ownerships };
}

function topicSummary(
  topic: TopicFact,
  cluster: ClusterSnapshot,
  { owner }: Ownership,
  { brokers, unread, holdOnce }: { brokers: MeteredBrokers; unread: Hidden; holdOnce: HoldOnce },
  groupCount: number,
): TopicSummary {
  const rate = (name: TopicRate) => nothingOnce(observedRate(sumTopicRate(topic, name, brokers), brokers, unread, cluster.at), holdOnce);
  const { oneCopy, withReplicas } = topicSizes(topic, cluster);
  let leaderless = 0;
  let underReplicated = 0;
  let replicationFactor = 0;
  for (const { leader, replicas, isr } of topic.partitions) {
    if (leader === null) leaderless += 1;
    if (isr.length < replicas.length) underReplicated += 1;
    replicationFactor = Math.max(replicationFactor, replicas.length);
  }
  return {
    clusterId: cluster.clusterId,
    topic: topic.name,
    owner,
    partitions: topic.partitionsHidden === true ? null : topic.partitions.length,
    replicationFactor: topic.partitionsHidden === true ? null : replicationFactor,
    leaderless,
    underReplicated,
    bytesInPerSecond: rate("bytesInPerSecond"),
    bytesOutPerSecond: rate("bytesOutPerSecond"),
    recordsInPerSecond: rate("recordsInPerSecond"),
    sizeBytes: nothingOnce(oneCopy, holdOnce),
    sizeWithReplicasBytes: nothingOnce(withReplicas, holdOnce),
    retentionMs: holdOnce(topicRetentionMs(cluster, topic.name)),
    groupCount,
  };
}
