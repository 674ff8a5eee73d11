import { operationWords, runningOperation } from "@/lib/domain/cloud/msk-operations";
import { missingBrokers } from "@/lib/domain/conditions/cluster-findings";
import { formatCountOf } from "@/lib/domain/format";
import { derived, type Known, measured, type Observed, sumObserved, unavailable } from "@/lib/domain/observed";
import { type ClusterSnapshot, PARTS } from "@/lib/domain/snapshot";
import type { ClusterSummary } from "@/lib/domain/views/clusters";
import { brokerExtremes } from "./broker-extremes";
import type { ClusterJoin } from "./cluster-join";
import { CLOUD_NOTE, metersUnread } from "./topic-rates";

/** After this part of an interval beyond its time, a reading that failed means that the cluster does not answer. */
const OVERDUE_INTERVALS = 1.5;

/** A cluster in one line: how it is, what is on it, and what passes through it. */
export function clusterSummary(join: ClusterJoin, tenants: number, nowMs: number): ClusterSummary {
  const { cluster, topics, groups } = join;
  const { metadata, parts } = cluster;
  const counts = countTopics(join);
  const health = healthOf(cluster, counts, nowMs);
  const groupsRead = parts.offsets.at !== null;
  return {
    id: cluster.clusterId,
    name: cluster.name,
    mode: cluster.mode,
    ...health,
    brokersAlive: metadata?.brokers.length ?? null,
    brokersKnown: metadata === null ? null : new Set([...cluster.knownBrokers.keys(), ...metadata.brokers.map(({ id }) => id)]).size,
    topics: metadata === null ? null : topics.summaries.size,
    partitions: metadata === null ? null : counts.partitions,
    groups: groupsRead ? groups.summaries.size : null,
    tenants,
    unownedTopics: metadata === null ? null : counts.unowned.length,
    unownedGroups: groupsRead ? unownedGroups(join).length : null,
    bytesInPerSecond: brokerSum(join, "bytesInPerSecond"),
    bytesOutPerSecond: brokerSum(join, "bytesOutPerSecond"),
    storageBytes: storageOf(join),
    msk: mskOf(cluster),
    knownThrough: knownThrough(cluster),
    ...brokerExtremes(join),
    at: newestReading(cluster),
  };
}

function mskOf({ msk }: ClusterSnapshot): ClusterSummary["msk"] {
  if (msk === null) return null;
  const { kind, state, region, instanceType, kafkaVersion } = msk.cluster;
  const running = runningOperation(msk);
  const operation = running === null ? null : { type: running.type, startedAt: running.startedAt };
  return { kind, state, region, instanceType, kafkaVersion, operation };
}

function knownThrough({ msk, metadataFrom, metadata, parts }: ClusterSnapshot): ClusterSummary["knownThrough"] {
  if (metadataFrom === "msk" || (metadata === null && parts.offsets.absent === true)) return "aws";
  return msk === null ? "kafka" : "both";
}

export interface TopicCounts {
  /** null: not every topic's partitions can be seen. */
  partitions: number | null;
  leaderless: number;
  underReplicated: number;
  unowned: string[];
}

export function countTopics({ topics }: ClusterJoin): TopicCounts {
  const counts: TopicCounts = { partitions: 0, leaderless: 0, underReplicated: 0, unowned: [] };
  for (const { topic, partitions, leaderless, underReplicated, owner } of topics.summaries.values()) {
    counts.partitions = counts.partitions === null || partitions === null ? null : counts.partitions + partitions;
    counts.leaderless += leaderless;
    counts.underReplicated += underReplicated;
    if (owner.kind === "unowned") counts.unowned.push(topic);
  }
  return counts;
}

export function unownedGroups({ groups }: ClusterJoin): string[] {
  const names: string[] = [];
  for (const { groupId, owner } of groups.summaries.values()) if (owner.kind === "unowned") names.push(groupId);
  return names;
}

/** Time of the newest part that was read; null: none ever was. */
export function newestReading({ parts }: ClusterSnapshot): string | null {
  let newest: string | null = null;
  for (const part of PARTS) {
    const { at } = parts[part];
    if (at !== null && (newest === null || at > newest)) newest = at;
  }
  return newest;
}

function healthOf(cluster: ClusterSnapshot, counts: TopicCounts, nowMs: number): Pick<ClusterSummary, "state" | "sentence"> {
  const { metadata, parts } = cluster;
  if (knownThrough(cluster) === "aws") return healthByAws(cluster, counts);
  const [problem] = parts.metadata.problems;
  const readMs = parts.metadata.at === null ? null : Date.parse(parts.metadata.at);
  const overdue = readMs === null || nowMs - readMs > OVERDUE_INTERVALS * parts.metadata.intervalMs;
  if (problem !== undefined && overdue) return { state: "unreachable", sentence: ended(problem.message) };
  if (metadata === null) return { state: "starting", sentence: "It has not been read yet." };
  const brokers = formatCountOf(metadata.brokers.length, "broker");
  const faults = faultsOf(cluster, counts);
  if (faults.length > 0) return { state: "degraded", sentence: `${faults.join("; ")}.` };
  const unread = PARTS.filter((part) => parts[part].problems.length > 0);
  if (unread.length > 0) return { state: "degraded", sentence: `${brokers}, all alive; not everything can be read.` };
  return { state: "healthy", sentence: `${brokers}, all alive; every partition has a leader and all its replicas.` };
}

/** What can be said of a cluster whose brokers the console does not reach. */
function healthByAws(cluster: ClusterSnapshot, { underReplicated }: TopicCounts): Pick<ClusterSummary, "state" | "sentence"> {
  const { msk, parts } = cluster;
  const [problem] = parts.msk.problems;
  if (msk === null && problem !== undefined) return { state: "unreachable", sentence: ended(problem.message) };
  if (msk === null) return { state: "starting", sentence: "AWS has not told of it yet." };
  const away =
    parts.offsets.absent === true ? "this console is not set up to reach its brokers" : "its brokers cannot be reached from here";
  const faults = [
    ...(msk.cluster.state === "ACTIVE" ? [] : [`AWS says ${msk.cluster.state}`]),
    ...(underReplicated > 0 ? [`${formatCountOf(underReplicated, "partition")} under-replicated`] : []),
  ];
  if (faults.length > 0) return { state: "degraded", sentence: `${faults.join("; ")}. Known through AWS: ${away}.` };
  const state = parts.offsets.absent === true ? "healthy" : "degraded";
  return { state, sentence: `ACTIVE, as AWS says. Known through AWS only: ${away}.` };
}

function faultsOf(cluster: ClusterSnapshot, { leaderless, underReplicated }: TopicCounts): string[] {
  const faults: string[] = [];
  const missing = missingBrokers(cluster).map(({ id }) => id);
  if (missing.length > 0) faults.push(`Broker ${missing.join(", ")} missing`);
  if (leaderless > 0) faults.push(`${formatCountOf(leaderless, "partition")} without a leader`);
  if (underReplicated > 0) faults.push(`${formatCountOf(underReplicated, "partition")} under-replicated`);
  if (cluster.msk !== null && cluster.msk.cluster.state !== "ACTIVE") faults.push(`AWS says ${cluster.msk.cluster.state}`);
  const running = cluster.msk === null ? null : runningOperation(cluster.msk);
  if (running !== null) faults.push(`${operationWords(running.type)} is under way`);
  return faults;
}

function brokerSum({ cluster, brokers }: ClusterJoin, rate: "bytesInPerSecond" | "bytesOutPerSecond"): Observed<number> {
  const { reason, remedy } = metersUnread(cluster);
  const none = unavailable(reason, remedy, cluster.at);
  const parts: Observed<number>[] = [...brokers.fresh.values()].map(({ at, broker }) => {
    const value = broker[rate];
    return value === undefined
      ? unavailable("The exporter publishes no rate of the broker.", "Let its bean through.", at)
      : brokers.derived
        ? derived(value, at, CLOUD_NOTE)
        : measured(value, at);
  });
  const sum = sumObserved(parts, none);
  return sum.source !== "unavailable" && brokers.missing.length > 0 ? { ...sum, atLeast: true } : sum;
}

/** What all logs take on the brokers' disks, replicas included; of a broker that is gone, what it was last seen to hold. */
function storageOf({ cluster, topics }: ClusterJoin): Observed<number> {
  const { at, problems } = cluster.parts.logs;
  const [problem] = problems;
  if (at === null)
    return unavailable(
      problem?.message ?? "Log sizes have not been read yet.",
      problem?.remedy ?? "They are read every minute.",
      cluster.at,
    );
  const sum: Known<number> = { source: "measured", value: 0, at };
  for (const { sizeWithReplicasBytes } of topics.summaries.values()) {
    if (sizeWithReplicasBytes.source === "unavailable" || sizeWithReplicasBytes.atLeast) sum.atLeast = true;
    if (sizeWithReplicasBytes.source !== "unavailable") sum.value += sizeWithReplicasBytes.value;
  }
  const missing = missingBrokers(cluster).map(({ id }) => id);
  if (missing.length > 0) sum.note = `The logs of broker ${missing.join(", ")} are counted as they were last seen.`;
  return sum;
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
