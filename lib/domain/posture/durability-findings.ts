import { topicValue } from "@/lib/domain/compare/config-values";
import { formatCountOf } from "@/lib/domain/format";
import { ownerOfTopic } from "@/lib/domain/owner";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import type { Severity } from "@/lib/domain/views/common";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import { affects, listed } from "./affected";
import type { PostureInput, Report } from "./posture";
import type { PostureRule } from "./rules";

/** Replicas and in-sync replicas below these are one failure away from loss. */
const REPLICAS = 3;
const IN_SYNC = 2;
const SLICE = 500;

/** Topics of one kind of trouble, with the tenants they are of. */
interface Bunch {
  topics: string[];
  tenantIds: Set<string>;
  /** The smallest number of replicas, the sum of partitions: what the rule counts. */
  value: number;
}

/** What would lose a tenant's records when a broker fails; one finding a cluster, which names the tenants. */
export function* durabilityFindings(input: PostureInput, report: Report): Steps<void> {
  const { fleet, cluster } = input;
  const few = bunch();
  const alone = bunch();
  const unclean = bunch();
  const leaderless = bunch();
  const behind = bunch();
  let unread = 0;
  let done = 0;
  for (const topic of fleet.topics.get(cluster.clusterId)?.values() ?? []) {
    done += 1;
    if (done % SLICE === 0) yield;
    const tenantIds = ownerOfTopic(fleet.owners, cluster.clusterId, topic.topic).set?.tenantIds ?? [];
    if (tenantIds.length === 0) continue;
    const { replicationFactor } = topic;
    if (replicationFactor !== null && replicationFactor < REPLICAS) add(few, topic, tenantIds, 1);
    if (topic.leaderless > 0) add(leaderless, topic, tenantIds, topic.leaderless);
    if (topic.underReplicated > 0) add(behind, topic, tenantIds, topic.underReplicated);
    const inSync = topicValue(cluster, topic.topic, "min.insync.replicas");
    if (inSync === null) unread += 1;
    else if (inSync.value < IN_SYNC && replicationFactor !== 1) add(alone, topic, tenantIds, 1);
    if (isUnclean(cluster, topic.topic)) add(unclean, topic, tenantIds, 1);
  }
  tell(
    report,
    few,
    "durability.replication-factor",
    "warn",
    ({ topics }) => `${formatCountOf(topics, "topic has", "topics have")} fewer than ${REPLICAS} replicas`,
  );
  tell(
    report,
    alone,
    "durability.min-isr",
    "warn",
    ({ topics }) => `${formatCountOf(topics, "topic takes", "topics take")} writes that one replica alone holds`,
  );
  tell(
    report,
    unclean,
    "durability.unclean-election",
    "warn",
    ({ topics }) => `On ${formatCountOf(topics, "topic")} a replica that lags may become leader`,
  );
  const atRisk = leaderless.topics.length > 0 ? leaderless : behind;
  const how = leaderless.topics.length > 0 ? "without a leader" : "with too few replicas in sync";
  tell(
    report,
    atRisk,
    "durability.partitions",
    leaderless.topics.length > 0 ? "danger" : "warn",
    ({ value }) => `${formatCountOf(value, "partition")} ${how}`,
  );
  // Topics that are refused stay unread; those that were merely not read yet are waited for.
  const isRefused = cluster.parts.configs.problems.length > 0;
  const unseen = isRefused ? report.seesPartly : report.cannotSee;
  if (unread > 0)
    unseen(
      ["durability.min-isr", "durability.unclean-election"],
      `The configurations of ${formatCountOf(unread, "topic")} have not been read.`,
    );
}

function bunch(): Bunch {
  return { topics: [], tenantIds: new Set(), value: 0 };
}

function add(to: Bunch, { topic }: TopicSummary, tenantIds: readonly string[], value: number): void {
  to.topics.push(topic);
  to.value += value;
  for (const id of tenantIds) to.tenantIds.add(id);
}

function isUnclean({ configs }: ClusterSnapshot, topic: string): boolean {
  return configs.get(topic)?.entries.some(({ name, value }) => name === "unclean.leader.election.enable" && value === "true") ?? false;
}

function tell(
  report: Report,
  { topics, tenantIds, value }: Bunch,
  rule: PostureRule,
  severity: Severity,
  words: (counts: { topics: number; value: number }) => string,
): void {
  if (topics.length === 0) return;
  const ids = [...tenantIds];
  report.find({
    rule,
    severity,
    sentence: `${words({ topics: topics.length, value })}: ${listed(topics)}, of ${listed(ids)}.`,
    evidence: { topics: topics.length, names: topics.slice(0, 5).join(", "), count: value, ...affects(ids) },
    tenantId: ids.length === 1 ? (ids[0] ?? null) : null,
    subject: "topics",
  });
}
