import type { Problem } from "@/lib/domain/facts";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Evidence, Severity } from "@/lib/domain/views/common";
import type { ConditionRule, Finding } from "./condition";

export interface ClusterFindingsInput {
  snapshot: ClusterSnapshot;
  /** Counted over all topics, internal ones included. */
  leaderlessPartitions: number;
  underReplicatedPartitions: number;
  unownedTopics: readonly string[];
  unownedGroups: readonly string[];
}

/** What needs to be known about one cluster: what is down, what cannot be seen, and what belongs to nobody. */
export function clusterFindings(input: ClusterFindingsInput): Finding[] {
  const { snapshot } = input;
  const { clusterId } = snapshot;
  const findings: Finding[] = [];
  const add: Add = (rule, severity, subject, sentence, evidence) =>
    findings.push({ rule, severity, sentence, evidence, tenantId: null, clusterId, subject });
  for (const broker of missingBrokers(snapshot)) {
    add(
      "broker.missing",
      "danger",
      `broker ${broker.id}`,
      `Broker ${broker.id} (${broker.host}) is not in the cluster; it was last seen at ${clock(broker.lastSeenAt)}.`,
      { brokerId: broker.id, lastSeenAt: broker.lastSeenAt },
    );
  }
  const { leaderlessPartitions: leaderless, underReplicatedPartitions: under } = input;
  if (leaderless > 0) {
    add(
      "partition.leaderless",
      "danger",
      "partitions",
      `${formatCountOf(leaderless, "partition")} without a leader: nobody can write to or read from them.`,
      { partitions: leaderless },
    );
  }
  if (under > 0)
    add(
      "partition.under-replicated",
      "warn",
      "partitions",
      `${formatCountOf(under, "partition")} with fewer replicas in sync than it has.`,
      { partitions: under },
    );
  for (const part of failedParts(snapshot)) add("source.missing", "warn", part.name, part.sentence, part.evidence);
  addUnowned(add, "topic.unowned", "topic", input.unownedTopics);
  addUnowned(add, "group.unowned", "group", input.unownedGroups);
  return findings;
}

type Add = (rule: ConditionRule, severity: Severity, subject: string, sentence: string, evidence: Evidence) => void;

/** Brokers seen before and not in the cluster's own list now; none while the cluster itself cannot be read. */
export function missingBrokers({ metadata, knownBrokers }: ClusterSnapshot): { id: number; host: string; lastSeenAt: string }[] {
  if (metadata === null) return [];
  const alive = new Set(metadata.brokers.map(({ id }) => id));
  return [...knownBrokers.values()].filter(({ id }) => !alive.has(id));
}

interface FailedPart {
  name: string;
  sentence: string;
  evidence: Evidence;
}

/** Brokers that were never reached are one fault, however many parts it takes away. */
function failedParts({ parts, metadataFrom }: ClusterSnapshot): FailedPart[] {
  const failed = Object.entries(parts).filter(([, { problems }]) => problems.length > 0);
  const [first] = parts.metadata.problems;
  if (metadataFrom === "kafka" || first === undefined) return failed.map(([name, { problems }]) => failedPart(name, problems));
  const byAws = failed.filter(([name]) => name === "msk" || name === "cloudwatch");
  const sentence = `Its brokers cannot be reached from here, AWS alone tells of it: ${ended(first.message)}`;
  const unreached = { name: "brokers", sentence, evidence: { problems: failed.length - byAws.length, code: first.code } };
  return [unreached, ...byAws.map(([name, { problems }]) => failedPart(name, problems))];
}

function failedPart(name: string, problems: readonly Problem[]): FailedPart {
  const [first] = problems;
  const more = problems.length > 1 ? ` And ${formatCount(problems.length - 1)} more.` : "";
  const evidence = { problems: problems.length, code: first?.code ?? null, operation: first?.operation ?? null };
  return { name, sentence: `${first?.operation}: ${ended(first?.message ?? "")}${more}`, evidence };
}

function addUnowned(add: Add, rule: "topic.unowned" | "group.unowned", what: string, names: readonly string[]): void {
  const [first] = names;
  if (first === undefined) return;
  const more = names.length > 1 ? ` and ${formatCount(names.length - 1)} more` : "";
  const sentence = `${first}${more}: no tenant claims ${names.length === 1 ? `this ${what}` : `these ${what}s`}.`;
  add(rule, "info", `${what}s`, sentence, { [`${what}s`]: names.length });
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function clock(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}
