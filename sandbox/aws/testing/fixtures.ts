/**
 * An Express and a serverless cluster as AWS's documentation describes them, for tests of what cannot run on brokers of ours. Their
 * numbers are invented; what they have and lack is not.
 */
import type { TopicState } from "@/sandbox/aws/brokers/read-topics";
import type { NewPoint, Sample, Unit } from "@/sandbox/aws/cloudwatch/series-store";
import type { MskCluster, MskNode } from "@/sandbox/aws/estate/cluster";
import { scopeOf } from "@/sandbox/aws/estate/cluster";
import type { Fixture } from "@/sandbox/aws/start-aws";
import { ACCOUNT_ID, mskArn, REGION } from "@/sandbox/kafka/arn";

const MINUTE_MS = 60_000;

export interface FixtureOptions {
  name: string;
  /** The newest minute that has datapoints; the ones before it have them too, `minutes` of them. */
  untilMs: number;
  minutes?: number;
  accountId?: string;
  region?: string;
}

type Values = [metric: string, unit: Unit, dimensions: Record<string, string>, sample: Sample][];

/** Express: no disk, no replication metrics, `StorageUsed` per cluster; throttling may mean the broker's size. Level PER_TOPIC_PER_BROKER. */
export function expressFixture({ name, untilMs, minutes = 60, accountId = ACCOUNT_ID, region = REGION }: FixtureOptions): Fixture {
  const nodes = [1, 2, 3].map(
    (id): MskNode => ({ id, endpoint: `b-${id}.${name}.invalid`, address: `10.0.0.${id}`, zoneId: `use1-az${id}` }),
  );
  const topics = [topic("express.orders", 6), topic("express.clicks", 3)];
  const cluster: MskCluster = {
    ...common({ kind: "express", name, accountId, region, topics }),
    level: "PER_TOPIC_PER_BROKER",
    kafkaVersion: "3.9.x.kraft",
    instanceType: "express.m7g.large",
    nodes,
    bootstrap: { bootstrapBrokerStringSaslIam: nodes.map(({ endpoint }) => `${endpoint}:9098`).join(",") },
    kmsKeyArn: `arn:aws:kms:${region}:${accountId}:key/11111111-2222-3333-4444-555555555555`,
    openMonitoring: true,
  };
  const of = { "Cluster Name": name };
  const values: Values = [
    ["ActiveControllerCount", "Count", of, [1, 0, 0]],
    ["GlobalPartitionCount", "Count", of, 9],
    ["GlobalTopicCount", "Count", of, 2],
    ["StorageUsed", "Bytes", of, 5_000_000_000],
    ...nodes.flatMap(({ id }): Values => expressBroker({ ...of, "Broker ID": String(id) }, topics)),
    ...lag(of, "EstimatedMaxTimeLag", "express.billing", "express.orders"),
  ];
  return { clusters: [cluster], points: pointsOf(cluster, values, untilMs, minutes) };
}

function expressBroker(of: Record<string, string>, topics: TopicState[]): Values {
  return [
    ["BytesInPerSec", "Bytes/Second", of, 3_000_000],
    ["BytesOutPerSec", "Bytes/Second", of, 6_000_000],
    ["MessagesInPerSec", "Count/Second", of, 3_000],
    ["CpuIdle", "Percent", of, 70],
    ["CpuUser", "Percent", of, 22],
    ["CpuSystem", "Percent", of, 8],
    ["ConnectionCount", "Count", of, 40],
    ["ClientConnectionCount", "Count", { ...of, "Client Authentication": "IAM" }, 30],
    ["PartitionCount", "Count", of, 9],
    ["LeaderCount", "Count", of, 3],
    ["UserPartitionExists", "Count", of, 1],
    ["ProduceTotalTimeMsMean", "Milliseconds", of, 6],
    ["ProduceThrottleTime", "Milliseconds", of, 12],
    ["FetchThrottleTime", "Milliseconds", of, 0],
    ["RequestThrottleTime", "Milliseconds", of, 0],
    ["RequestHandlerAvgIdlePercent", "Percent", of, 0.8],
    ["NetworkProcessorAvgIdlePercent", "Percent", of, 0.9],
    ...topics.flatMap(({ name }): Values => {
      const topicOf = { ...of, Topic: name };
      return [
        ["BytesInPerSec", "Bytes/Second", topicOf, 1_500_000],
        ["BytesOutPerSec", "Bytes/Second", topicOf, 3_000_000],
        ["MessagesInPerSec", "Count/Second", topicOf, 1_500],
      ];
    }),
  ];
}

/** Serverless: no brokers, no levels, IAM only; a datapoint per partition without `Broker ID`, and another word for the time lag. */
export function serverlessFixture({ name, untilMs, minutes = 60, accountId = ACCOUNT_ID, region = REGION }: FixtureOptions): Fixture {
  const cluster: MskCluster = {
    ...common({ kind: "serverless", name, accountId, region, topics: [] }),
    bootstrap: { bootstrapBrokerStringSaslIam: `boot-${name}.c1.kafka-serverless.${region}.invalid:9098` },
  };
  const of = { "Cluster Name": name };
  const perPartition: Values = ["serverless.events", "serverless.audit"].flatMap((topicName): Values => {
    const topicOf = { ...of, Topic: topicName };
    return [
      ["BytesInPerSec", "Bytes/Second", topicOf, [100_000, 150_000, 50_000]],
      ["BytesOutPerSec", "Bytes/Second", topicOf, [200_000, 300_000, 100_000]],
      ["MessagesInPerSec", "Count/Second", topicOf, [100, 150, 50]],
    ];
  });
  const values: Values = [...perPartition, ...lag(of, "MaxEstimatedTimeLag", "serverless.loader", "serverless.events")];
  return { clusters: [cluster], points: pointsOf(cluster, values, untilMs, minutes) };
}

function lag(of: Record<string, string>, timeLag: string, group: string, topicName: string): Values {
  const dimensions = { ...of, "Consumer Group": group, Topic: topicName };
  return [
    ["MaxOffsetLag", "Count", dimensions, 120],
    ["SumOffsetLag", "Count", dimensions, 300],
    [timeLag, "Seconds", dimensions, 4],
  ];
}

interface Common {
  kind: MskCluster["kind"];
  name: string;
  accountId: string;
  region: string;
  topics: TopicState[];
}

function common({ kind, name, accountId, region, topics }: Common): MskCluster {
  return {
    kind,
    name,
    accountId,
    region,
    arn: mskArn("cluster", name, "fixture", accountId, region),
    createdAt: "2026-01-15T09:00:00.000Z",
    kafkaVersion: null,
    level: "DEFAULT",
    state: "ACTIVE",
    stateMessage: null,
    activeOperationArn: null,
    currentVersion: "K3AEGXETSR30VB",
    instanceType: null,
    volumeGib: null,
    nodes: [],
    bootstrap: {},
    authentication: { scram: false, iam: true, tls: false, unauthenticated: false },
    openMonitoring: false,
    kmsKeyArn: null,
    keyManager: "CUSTOMER",
    encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    configuration: null,
    tags: {},
    topics: fixedTopics(topics),
    scramUsers: async () => [],
    brokers: null,
  };
}

function topic(name: string, partitionCount: number): TopicState {
  const ids = [1, 2, 3];
  const partitions = Array.from({ length: partitionCount }, (_, partition) => ({
    partition,
    leader: ids[partition % 3] ?? 1,
    replicas: ids,
    isr: ids,
  }));
  return { name, partitions };
}

function fixedTopics(topics: TopicState[]): MskCluster["topics"] {
  const configs = new Map(
    topics.map(({ name }) => [name, { "retention.ms": "604800000", "cleanup.policy": "delete" } as Record<string, string>]),
  );
  return {
    list: async () => topics,
    configs: async (name) => configs.get(name) ?? {},
    replaceConfigs: async (name, values) => {
      configs.set(name, { "cleanup.policy": "delete", ...values });
    },
    grow: async (name, count) => {
      const grown = topics.find((candidate) => candidate.name === name);
      grown?.partitions.push(...topic(name, count).partitions.slice(grown.partitions.length));
    },
  };
}

function pointsOf(cluster: MskCluster, values: Values, untilMs: number, minutes: number): NewPoint[] {
  const lastMs = Math.floor(untilMs / MINUTE_MS) * MINUTE_MS;
  return Array.from({ length: minutes }, (_, at) => lastMs - (minutes - 1 - at) * MINUTE_MS).flatMap((atMs) =>
    values.map(([metric, unit, dimensions, sample]) => ({ scope: scopeOf(cluster), metric, unit, dimensions, sample, atMs })),
  );
}
