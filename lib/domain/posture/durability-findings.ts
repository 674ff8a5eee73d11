import { topicValue } from "@/lib/domain/compare/config-values";
import { formatCountOf } from "@/lib/domain/format";
import { ownerOfTopic } from "@/lib/domain/owner";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import { topicConfigLine } from "@/lib/domain/tool-lines";
import type { Severity } from "@/lib/domain/views/common";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import { affects, listed } from "./affected";
import type { PostureInput, Report } from "./posture";
import type { PostureRule } from "./rules";

/** Replicas and in-sync replicas below these are one failure away from loss. */
const REPLICAS = 3;
const IN_SYNC = 2;
const SLICE = 500;
/** Topics and tenants that evidence names. */
const NAMED_MAX = 5;

/** Topics of one kind of trouble, with the tenants they are of. */
interface Bunch {
  topics: string[];
  /** What is counted, by tenant. */
  tenants: Map<string, number>;
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
    const late = partitionsBehind(cluster, topic.topic);
    if (late > 0) add(behind, topic, tenantIds, late);
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
    ["min.insync.replicas", String(IN_SYNC)],
  );
  tell(
    report,
    unclean,
    "durability.unclean-election",
    "warn",
    ({ topics }) => `On ${formatCountOf(topics, "topic")} a replica that lags may become leader`,
    ["unclean.leader.election.enable", "false"],
  );
  const parts = ({ value }: { value: number }) => formatCountOf(value, "partition");
  tell(
    report,
    leaderless,
    "durability.partitions",
    "danger",
    (counts) => `${parts(counts)} without a leader`,
    undefined,
    "leaderless partitions",
  );
  tell(
    report,
    behind,
    "durability.partitions",
    "warn",
    (counts) => `${parts(counts)} with too few replicas in sync`,
    undefined,
    "partitions behind",
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

/** Those without a leader are told by themselves. */
function partitionsBehind({ metadata }: ClusterSnapshot, topic: string): number {
  const partitions = metadata?.topics.get(topic)?.partitions ?? [];
  return partitions.filter(({ leader, replicas, isr }) => leader !== null && isr.length < replicas.length).length;
}

function bunch(): Bunch {
  return { topics: [], tenants: new Map(), value: 0 };
}

function add(to: Bunch, { topic }: TopicSummary, tenantIds: readonly string[], value: number): void {
  to.topics.push(topic);
  to.value += value;
  for (const id of tenantIds) to.tenants.set(id, (to.tenants.get(id) ?? 0) + value);
}

function isUnclean({ configs }: ClusterSnapshot, topic: string): boolean {
  return configs.get(topic)?.entries.some(({ name, value }) => name === "unclean.leader.election.enable" && value === "true") ?? false;
}

function tell(
  report: Report,
  { topics, tenants, value }: Bunch,
  rule: PostureRule,
  severity: Severity,
  words: (counts: { topics: number; value: number }) => string,
  /** Key and value of the topics' configuration that make it good. */
  repair?: [key: string, value: string],
  subject = "topics",
): void {
  if (topics.length === 0) return;
  const byTenant = [...tenants].toSorted(([, a], [, b]) => b - a);
  const ids = byTenant.map(([id]) => id);
  const named = topics.slice(0, NAMED_MAX);
  report.find({
    rule,
    severity,
    sentence: `${words({ topics: topics.length, value })}: ${listed(topics)}, of ${listed(ids)}.`,
    evidence: {
      topics: topics.length,
      names: named.join(", "),
      count: value,
      byTenant: byTenant
        .slice(0, NAMED_MAX)
        .map(([id, count]) => `${id} ${count}`)
        .join(", "),
      ...(repair === undefined ? {} : { commands: named.map((topic) => topicConfigLine(topic, ...repair)).join("\n") }),
      ...affects(ids),
    },
    tenantId: ids.length === 1 ? (ids[0] ?? null) : null,
    subject,
  });
}
