import type { ClusterFacts, WriteWay } from "@/lib/domain/change/facts";
import type { ClientMeterFact, GroupFact, LogDirFact, Problem, QuotaRuleFact, TopicFact } from "@/lib/domain/facts";
import type { MskCluster, MskKind } from "@/lib/domain/msk-facts";
import type { BrokerMeters, ClusterSnapshot, DiskPoint } from "@/lib/domain/snapshot";
import { AT, cluster } from "@/lib/domain/testing/cluster-fixture";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import { brokerConfigs, endPoints, perPartition, type TopicSpec, topicConfigs, topicFact } from "./topic-facts";

export interface GroupSpec {
  /** Default Stable: it has members. */
  state?: GroupFact["state"];
  type?: GroupFact["type"];
  /** Topic → records behind the end of every partition, or of each; null: nothing is committed there. */
  behind?: Record<string, number | readonly (number | null)[]>;
  movedMsAgo?: number;
  problem?: Problem;
}

export interface DiskSpec {
  totalBytes: number;
  usedBytes: number;
  /** What it gained in the last day; absent: it was not watched. */
  grownBytes?: number;
}

/** A cluster as tests describe it: by default a Kafka of three brokers that may be written to, with nothing on it. */
export interface PlanClusterSpec {
  name?: string;
  mode?: ClusterFacts["mode"];
  /** Anything but "kafka" is described by MSK as well. */
  kind?: MskKind | "kafka";
  instanceType?: string;
  msk?: Partial<MskCluster>;
  managedElsewhere?: string;
  topicsBy?: WriteWay;
  quotasBy?: WriteWay;
  /** Ids, default 1, 2 and 3. */
  brokers?: readonly number[];
  deadBrokers?: readonly number[];
  topics?: Record<string, TopicSpec>;
  groups?: Record<string, GroupSpec>;
  /** What the brokers' configuration sets: `message.max.bytes`, `log.retention.ms`. */
  brokerConfigs?: Record<string, string>;
  /** null: could not be read. */
  quotas?: QuotaRuleFact[] | null;
  /** By broker: what its exporter says of clients. */
  clients?: Partial<Record<number, ClientMeterFact[]>>;
  /** By broker. Absent: the brokers do not say how full they are. */
  disks?: Record<number, DiskSpec>;
  /** false: the list of topics could not be read live. */
  partitionsRead?: boolean;
  problems?: Problem[];
  /** Members by group; absent: not read. */
  groupMembers?: Record<string, number>;
}

const DAY_MS = 86_400_000;
const BROKERS = [1, 2, 3];

export function clusterFacts(clusterId: string, spec: PlanClusterSpec = {}, at = AT): ClusterFacts {
  const snapshot = planSnapshot(clusterId, spec, at);
  const readable = Object.entries(spec.topics ?? {}).filter(([, { own }]) => own !== null);
  const configs = new Map(readable.map(([name, { own }]) => [name, topicConfigs(own ?? {}, spec.brokerConfigs ?? {})]));
  const partitions = new Map(Object.entries(spec.topics ?? {}).map(([name, topic]) => [name, topic.partitions ?? 3]));
  const kind = spec.kind ?? "kafka";
  return {
    clusterId,
    name: spec.name ?? clusterId,
    mode: spec.mode ?? "operate",
    kind,
    instanceType: spec.instanceType ?? (kind === "kafka" ? null : (snapshot.msk?.cluster.instanceType ?? null)),
    managedElsewhere: spec.managedElsewhere ?? null,
    topicsBy: spec.topicsBy ?? { by: "kafka" },
    quotasBy: spec.quotasBy ?? { by: "kafka" },
    snapshot,
    configs,
    brokerConfigs: snapshot.brokerConfigs,
    quotas: snapshot.quotas,
    partitions: spec.partitionsRead === false ? null : partitions,
    problems: spec.problems ?? [],
    ...(spec.groupMembers === undefined ? {} : { groupMembers: new Map(Object.entries(spec.groupMembers)) }),
  };
}

/** What the collector saw of the cluster. */
export function planSnapshot(clusterId: string, spec: PlanClusterSpec = {}, at = AT): ClusterSnapshot {
  const nowMs = Date.parse(at);
  const { brokers = BROKERS, deadBrokers = [] } = spec;
  const alive = brokers.filter((id) => !deadBrokers.includes(id));
  const topics = Object.entries(spec.topics ?? {}).map(([name, topic]) => ({ topic, fact: topicFact(name, topic, brokers) }));
  const logs = topics.filter(({ topic }) => topic.bytes !== null);
  const groups = Object.entries(spec.groups ?? {}).map(([id, group]) => ({ group, fact: groupFact(id, group, spec) }));
  return {
    ...cluster({ id: clusterId, at }),
    name: spec.name ?? clusterId,
    mode: spec.mode ?? "operate",
    metadata: {
      kafkaClusterId: clusterId,
      controllerId: alive[0] ?? null,
      brokers: alive.map((id) => ({ id, host: `b${id}`, port: 9096, rack: null })),
      topics: new Map(topics.map(({ fact }) => [fact.name, fact])),
    },
    knownBrokers: new Map(brokers.map((id) => [id, { id, host: `b${id}`, lastSeenAt: at }])),
    ends: new Map(topics.map(({ topic, fact }) => [fact.name, offsets(fact, topic.end ?? (topic.end === null ? null : 1000))])),
    starts: new Map(topics.map(({ topic, fact }) => [fact.name, offsets(fact, topic.start ?? (topic.start === null ? null : 0))])),
    endHistory: new Map(topics.map(({ topic, fact }) => [fact.name, ends(topic, fact).map((end) => endPoints(topic, end, nowMs))])),
    sizes: new Map(logs.map(({ topic, fact }) => [fact.name, sizes(topic, fact)])),
    groups: new Map(groups.map(({ fact }) => [fact.id, fact])),
    progress: new Map(groups.map(({ group, fact }) => [fact.id, progress(group, fact, nowMs)])),
    meters: new Map(alive.map((id) => [id, meters(id, spec, topics, at)])),
    dirs: dirs(spec),
    diskHistory: diskHistory(spec, nowMs),
    quotas: spec.quotas === undefined ? [] : spec.quotas,
    configs: new Map(
      topics
        .filter(({ topic }) => topic.own !== null)
        .map(({ topic, fact }) => [fact.name, { at, entries: topicConfigs(topic.own ?? {}, spec.brokerConfigs ?? {}) }]),
    ),
    brokerConfigs: brokerConfigs({ "offsets.retention.minutes": "10080", "message.max.bytes": "1048588", ...spec.brokerConfigs }),
    msk: spec.kind === undefined || spec.kind === "kafka" ? null : mskFacts({}, { kind: spec.kind, ...instance(spec), ...spec.msk }),
  };
}

interface DescribedTopic {
  topic: TopicSpec;
  fact: TopicFact;
}

function instance({ instanceType }: PlanClusterSpec): Partial<MskCluster> {
  return instanceType === undefined ? {} : { instanceType };
}

function offsets(fact: TopicFact, given: number | null | readonly number[]): (bigint | null)[] {
  return perPartition<number | null>(fact, given).map((offset) => (offset === null ? null : BigInt(offset)));
}

/** Of each partition; a history is made also where the end itself is not told. */
function ends(topic: TopicSpec, fact: TopicFact): number[] {
  return perPartition(fact, topic.end ?? 1000);
}

function sizes(topic: TopicSpec, fact: TopicFact): Map<number, number>[] {
  const bytes = perPartition(fact, topic.bytes ?? 1000);
  return fact.partitions.map(({ replicas }, index) => new Map(replicas.map((id) => [id, bytes[index] ?? 0])));
}

function groupFact(id: string, { behind = {}, state = "Stable", type = "classic", problem }: GroupSpec, spec: PlanClusterSpec): GroupFact {
  const committed = Object.entries(behind).flatMap(([topic, records]) => {
    const told = spec.topics?.[topic] ?? {};
    const fact = topicFact(topic, told, spec.brokers ?? BROKERS);
    const ofPartition = ends(told, fact);
    return perPartition<number | null>(fact, records).flatMap((by, partition) =>
      by === null ? [] : [{ topic, partition, offset: BigInt((ofPartition[partition] ?? 0) - by) }],
    );
  });
  return { id, type, state, protocolType: "consumer", coordinatorId: 1, committed, ...(problem === undefined ? {} : { problem }) };
}

function progress({ movedMsAgo = 0 }: GroupSpec, { committed }: GroupFact, nowMs: number) {
  return new Map(
    committed.map(({ topic, partition, offset }) => [`${topic}/${partition}`, { offset, movedAtMs: nowMs - movedMsAgo }] as const),
  );
}

function meters(brokerId: number, { clients = {} }: PlanClusterSpec, topics: readonly DescribedTopic[], at: string): BrokerMeters {
  const told = topics.map(({ topic, fact }): [string, BrokerMeters["broker"]] => {
    const led = fact.partitions.filter(({ leader }) => leader === brokerId).length / Math.max(1, fact.partitions.length);
    const rates: BrokerMeters["broker"] = {};
    if (topic.bytesInPerSecond !== undefined) rates.bytesInPerSecond = topic.bytesInPerSecond * led;
    if (topic.recordsInPerSecond !== undefined) rates.recordsInPerSecond = topic.recordsInPerSecond * led;
    return [fact.name, rates];
  });
  return { at, clients: clients[brokerId] ?? [], topics: new Map(told), broker: {} };
}

function dirs({ disks = {} }: PlanClusterSpec): LogDirFact[] {
  return Object.entries(disks).map(([id, { totalBytes, usedBytes }]) => ({
    brokerId: Number(id),
    path: "/data",
    totalBytes,
    usableBytes: totalBytes - usedBytes,
  }));
}

function diskHistory({ disks = {} }: PlanClusterSpec, nowMs: number): Map<number, DiskPoint[]> {
  const watched = Object.entries(disks).filter(([, { grownBytes }]) => grownBytes !== undefined);
  return new Map(
    watched.map(([id, { totalBytes, usedBytes, grownBytes = 0 }]) => [
      Number(id),
      [
        { atMs: nowMs - DAY_MS, usedShare: (usedBytes - grownBytes) / totalBytes },
        { atMs: nowMs, usedShare: usedBytes / totalBytes },
      ],
    ]),
  );
}
