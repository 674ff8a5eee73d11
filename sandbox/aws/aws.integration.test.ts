import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Metric, MetricDataResult } from "@aws-sdk/client-cloudwatch";
import { CloudWatchClient, paginateGetMetricData, paginateListMetrics } from "@aws-sdk/client-cloudwatch";
import {
  DescribeClusterOperationV2Command,
  DescribeClusterV2Command,
  DescribeConfigurationRevisionCommand,
  DescribeTopicCommand,
  GetBootstrapBrokersCommand,
  KafkaClient,
  ListTopicsCommand,
  paginateDescribeTopicPartitions,
  paginateListClusterOperationsV2,
  paginateListClustersV2,
  paginateListKafkaVersions,
  paginateListNodes,
  paginateListScramSecrets,
  paginateListTopics,
  UpdateTopicCommand,
} from "@aws-sdk/client-kafka";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxAdmin } from "@/sandbox/kafka/admin";
import { openAdmin } from "@/sandbox/kafka/admin";
import { brokerPid } from "@/sandbox/kafka/broker";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { tool } from "@/sandbox/kafka/tool";
import { clusterOf, nodeOf, PORTS, sandboxOf } from "@/sandbox/kafka/topology";
import type { AwsService } from "./start-aws";
import { startAws } from "./start-aws";
import { knock } from "./testing/fixture-service";
import { runPython } from "./testing/python";
import { joinWithoutSync } from "./testing/unstable-group";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const vault = clusterOf(sandbox, "silo-vault");
const TOPIC = "aws-check.orders";
const STEP_MS = 1_000;

let admin: SandboxAdmin;
let service: AwsService;
let stateDir: string;

async function start(): Promise<AwsService> {
  return startAws({
    ...{ sandbox, port: 0, stateDir, stepSeconds: STEP_MS / 1_000, refreshMs: 1_000 },
    pageSizes: { msk: 2, metrics: 50, datapoints: 200 },
  });
}

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), "sandbox-aws-"));
  admin = await openAdmin(sandbox, shared);
  await admin.deleteTopics([TOPIC]);
  await admin.createTopics([{ name: TOPIC, partitions: 5 }]);
  service = await start();
});

afterAll(async () => {
  await service.stop();
  await admin.deleteTopics([TOPIC]);
  await admin.close();
  rmSync(stateDir, { recursive: true });
});

const settings = () => ({ endpoint: service.url, region: "us-east-1", credentials: service.key });
const kafka = () => new KafkaClient(settings());
const cloudWatch = () => new CloudWatchClient(settings());
const arnOf = (name: string) => service.clusters.find((cluster) => cluster.name === name)?.arn ?? "";

/** All items of all pages, and how many pages there were. */
async function all<P, T>(pages: AsyncIterable<P>, itemsOf: (page: P) => T[] | undefined): Promise<{ items: T[]; pages: number }> {
  const items: T[] = [];
  let count = 0;
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []));
    count += 1;
  }
  return { items, pages: count };
}

async function seriesOf(dimensions: Record<string, string>, metric: string): Promise<Metric[]> {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const request = { Namespace: "AWS/Kafka", MetricName: metric, Dimensions };
  return (await all(paginateListMetrics({ client: cloudWatch() }, request), (page) => page.Metrics)).items;
}

/** Sums of every series over every recorded minute, newest first, by broker or group. */
async function valuesOf(metrics: Metric[], name: string): Promise<Map<string, number[]>> {
  const label = (metric: Metric) => metric.Dimensions?.find(({ Name }) => Name === name)?.Value ?? "";
  const MetricDataQueries = metrics.map((metric, at) => ({
    Id: `q${at}`,
    Label: label(metric),
    MetricStat: { Metric: metric, Period: STEP_MS / 1_000, Stat: "Sum" },
  }));
  if (MetricDataQueries.length === 0) return new Map();
  const span = { StartTime: new Date(Date.now() - 3_600_000), EndTime: new Date() };
  const { items } = await all(
    paginateGetMetricData({ client: cloudWatch() }, { ...span, MetricDataQueries }),
    (page) => page.MetricDataResults,
  );
  const byLabel = Map.groupBy(items, ({ Label = "" }: MetricDataResult) => Label);
  return new Map([...byLabel].map(([key, results]) => [key, results.flatMap(({ Values = [] }) => Values)]));
}

/** A topic's bytes as the brokers' exporters count them. */
async function countedBytes(topic: string): Promise<Map<string, number>> {
  const counts = await Promise.all(
    shared.nodes.map(async ({ id, host }): Promise<[string, number]> => {
      const page = await (await fetch(`http://${host}:${PORTS.exporter}/metrics`)).text();
      const found = new RegExp(`^kafka_server_BrokerTopicMetrics_Count\\{name="BytesInPerSec",topic="${topic}"\\} (\\S+)$`, "m").exec(page);
      return [String(id), Number(found?.[1] ?? 0)];
    }),
  );
  return new Map(counts);
}

/** Waits until so many more minutes were recorded. */
async function minutes(count: number): Promise<void> {
  const recorded = async () =>
    (await valuesOf(await seriesOf({ "Cluster Name": "shared-1" }, "GlobalTopicCount"), "none")).get("")?.length ?? 0;
  const before = await recorded();
  await waitFor(
    async () => (await recorded()) >= before + count,
    PATIENCE_MS,
    () => `fewer than ${count} minutes were recorded`,
  );
}

describe("MSK on real brokers", () => {
  it("lists everything in pages", async () => {
    const client = kafka();
    const clusters = await all(paginateListClustersV2({ client }, {}), (page) => page.ClusterInfoList);
    expect(clusters.items.map(({ ClusterName, Provisioned }) => [ClusterName, Provisioned?.EnhancedMonitoring])).toEqual([
      ["shared-1", "PER_BROKER"],
      ["silo-umbra", "DEFAULT"],
      ["silo-vault", "PER_TOPIC_PER_BROKER"],
    ]);
    expect(clusters.pages).toBe(2);
    const ClusterArn = arnOf("shared-1");
    const nodes = await all(paginateListNodes({ client }, { ClusterArn }), (page) => page.NodeInfoList);
    expect(nodes.items.map(({ BrokerNodeInfo }) => BrokerNodeInfo?.BrokerId)).toEqual([1, 2, 3]);
    const topics = await all(paginateListTopics({ client }, { ClusterArn }), (page) => page.Topics);
    const told = (await tool(sandbox, shared, "topics", ["--list"])).split("\n").filter((line) => line !== "");
    expect(topics.items.map(({ TopicName }) => TopicName).toSorted()).toEqual(told.toSorted());
    const partitions = await all(paginateDescribeTopicPartitions({ client }, { ClusterArn, TopicName: TOPIC }), (page) => page.Partitions);
    expect(partitions.items.map(({ Partition, Replicas }) => [Partition, Replicas?.length])).toEqual([0, 1, 2, 3, 4].map((at) => [at, 3]));
    expect(partitions.pages).toBe(3);
    const secrets = await all(paginateListScramSecrets({ client }, { ClusterArn }), (page) => page.SecretArnList);
    expect(secrets.items).toContainEqual(expect.stringContaining(":secret:AmazonMSK_console-"));
    expect((await all(paginateListKafkaVersions({ client }, {}), (page) => page.KafkaVersions)).items).toContainEqual({
      Version: "4.1.x.kraft",
      Status: "ACTIVE",
    });
  });

  it("hands out addresses of brokers, and for silo-vault names that resolve nowhere", async () => {
    const of = async (name: string) =>
      (await kafka().send(new GetBootstrapBrokersCommand({ ClusterArn: arnOf(name) }))).BootstrapBrokerStringSaslScram;
    expect(await of("shared-1")).toBe(shared.nodes.map(({ host }) => `${host}:9096`).join(","));
    expect(await of("silo-vault")).toMatch(/^b-1\.silovault\.[^,]+\.invalid:9096$/);
  });

  it("tells the brokers' own configuration", async () => {
    const { ClusterInfo } = await kafka().send(new DescribeClusterV2Command({ ClusterArn: arnOf("shared-1") }));
    const { ConfigurationArn, ConfigurationRevision } = ClusterInfo?.Provisioned?.CurrentBrokerSoftwareInfo ?? {};
    const answer = await kafka().send(new DescribeConfigurationRevisionCommand({ Arn: ConfigurationArn, Revision: ConfigurationRevision }));
    expect(Buffer.from(answer.ServerProperties ?? []).toString()).toContain("min.insync.replicas=2\n");
  });

  it("changes a topic's retention, as Kafka's own tool sees it, and is UPDATING until its view is new", async () => {
    const ClusterArn = arnOf("shared-1");
    const describeIt = () => kafka().send(new DescribeTopicCommand({ ClusterArn, TopicName: TOPIC }));
    await describeIt();
    const Configs = Buffer.from(JSON.stringify({ "retention.ms": "7200000", "max.message.bytes": "300000" })).toString("base64");
    const answer = await kafka().send(new UpdateTopicCommand({ ClusterArn, TopicName: TOPIC, Configs }));
    expect(answer.Status).toBe("UPDATING");
    const told = await tool(sandbox, shared, "configs", ["--describe", "--entity-type", "topics", "--entity-name", TOPIC]);
    expect(told).toContain("retention.ms=7200000");
    await waitFor(
      async () => (await describeIt()).Status === "ACTIVE",
      PATIENCE_MS,
      () => `${TOPIC} did not become ACTIVE`,
    );
    const configs = JSON.parse(Buffer.from((await describeIt()).Configs ?? "", "base64").toString());
    expect(configs).toMatchObject({ "retention.ms": "7200000", "cleanup.policy": "delete", "min.insync.replicas": "2" });
  });

  it("adds partitions and passes Kafka's refusals on", async () => {
    const update = (input: object) => kafka().send(new UpdateTopicCommand({ ClusterArn: arnOf("shared-1"), TopicName: TOPIC, ...input }));
    await update({ PartitionCount: 6 });
    expect(await tool(sandbox, shared, "topics", ["--describe", "--topic", TOPIC])).toContain("PartitionCount: 6");
    const bad = Buffer.from('{"retention.ms":"soon"}').toString("base64");
    await expect(update({ Configs: bad })).rejects.toMatchObject({ name: "KafkaRequestException", $metadata: { httpStatusCode: 400 } });
  });

  it("takes a broker away for patching and brings it back, and remembers it", async () => {
    const client = kafka();
    const ClusterArn = arnOf("silo-vault");
    const state = async () => (await client.send(new DescribeClusterV2Command({ ClusterArn }))).ClusterInfo;
    await knock(service, "POST", "/_door/operation", { cluster: "silo-vault", type: "SECURITY_PATCHING", brokers: [1] });
    expect(brokerPid(nodeOf(vault, 1))).toBeNull();
    const { State, ActiveOperationArn } = (await state()) ?? {};
    expect(State).toBe("MAINTENANCE");
    await expect(client.send(new ListTopicsCommand({ ClusterArn }))).rejects.toMatchObject({ name: "BadRequestException" });
    await knock(service, "DELETE", "/_door/operation?cluster=silo-vault");
    expect(brokerPid(nodeOf(vault, 1))).not.toBeNull();
    expect((await state())?.State).toBe("ACTIVE");
    await service.stop();
    service = await start();
    const { items } = await all(
      paginateListClusterOperationsV2({ client: kafka() }, { ClusterArn }),
      (page) => page.ClusterOperationInfoList,
    );
    expect(items).toMatchObject([
      { OperationType: "SECURITY_PATCHING", OperationState: "UPDATE_COMPLETE", OperationArn: ActiveOperationArn },
    ]);
    const one = await kafka().send(new DescribeClusterOperationV2Command({ ClusterOperationArn: ActiveOperationArn }));
    expect(one.ClusterOperationInfo?.EndTime?.getTime()).toBeGreaterThan(one.ClusterOperationInfo?.StartTime?.getTime() ?? Infinity);
  });
});

describe("CloudWatch on real brokers", () => {
  it("adds up to what the brokers counted, within one per cent and over a restart of the service, per broker", async () => {
    await minutes(1);
    expect(await seriesOf({ Topic: TOPIC }, "BytesInPerSec")).toEqual([]);
    const load = ["--topic", TOPIC, "--num-records", "8000", "--record-size", "1000", "--throughput", "1000"];
    await tool(sandbox, shared, "perf", load);
    await minutes(2);
    const told = await valuesOf(await seriesOf({ "Cluster Name": "shared-1", Topic: TOPIC }, "BytesInPerSec"), "Broker ID");
    const counted = await countedBytes(TOPIC);
    expect([...told.keys()].toSorted()).toEqual(["1", "2", "3"]);
    for (const [broker, bytes] of counted) {
      const sum = (told.get(broker) ?? []).reduce((total, rate) => total + rate * (STEP_MS / 1_000), 0);
      expect(Math.abs(sum - bytes) / bytes).toBeLessThan(0.01);
    }
    await service.stop();
    service = await start();
    const restored = await valuesOf(await seriesOf({ "Cluster Name": "shared-1", Topic: TOPIC }, "BytesInPerSec"), "Broker ID");
    for (const [broker, values] of told) expect(restored.get(broker)?.slice(-values.length)).toEqual(values);
  });

  it("publishes by level: messages per topic on silo-vault only, throttling not on silo-umbra", async () => {
    await tool(sandbox, vault, "topics", ["--create", "--if-not-exists", "--topic", TOPIC]);
    await minutes(2);
    await tool(sandbox, vault, "produce", ["--topic", TOPIC], { stdin: "one\ntwo\n" });
    await minutes(2);
    const messages = await seriesOf({ Topic: TOPIC }, "MessagesInPerSec");
    expect(messages.map(({ Dimensions }) => Dimensions?.[0])).toEqual([{ Name: "Cluster Name", Value: "silo-vault" }]);
    await tool(sandbox, vault, "topics", ["--delete", "--topic", TOPIC]);
    const clusters = async (metric: string) => {
      const found = await seriesOf({}, metric);
      return new Set(found.map(({ Dimensions }) => Dimensions?.find(({ Name }) => Name === "Cluster Name")?.Value));
    };
    expect(await clusters("MessagesInPerSec")).toEqual(new Set(["shared-1", "silo-umbra", "silo-vault"]));
    expect(await clusters("RequestHandlerAvgIdlePercent")).toEqual(new Set(["shared-1", "silo-vault"]));
    expect((await valuesOf(await seriesOf({ "Cluster Name": "shared-1" }, "ActiveControllerCount"), "none")).get("")?.[0]).toBe(1);
  });

  it("has the lag that Kafka's own tool tells, and none for a group with a colon or of unstable membership", async () => {
    const read = (group: string, records: number) =>
      tool(sandbox, shared, "consume", ["--topic", TOPIC, "--group", group, "--from-beginning", "--max-messages", String(records)]);
    await Promise.all([read("aws-check.reader", 1_000), read("aws-check:colon", 10), read("aws-check.unstable", 10)]);
    const described = await tool(sandbox, shared, "groups", ["--describe", "--group", "aws-check.reader"]);
    const lags = [...described.matchAll(/aws-check\.orders\s+\d+\s+\d+\s+\d+\s+(\d+)/g)].map(([, lag]) => Number(lag));
    const lagOf = async (group: string, metric = "SumOffsetLag") =>
      (await valuesOf(await seriesOf({ "Consumer Group": group, Topic: TOPIC }, metric), "Consumer Group")).get(group) ?? [];
    await minutes(2);
    expect((await lagOf("aws-check.reader"))[0]).toBe(lags.reduce((sum, lag) => sum + lag, 0));
    expect((await lagOf("aws-check.reader", "MaxOffsetLag"))[0]).toBe(Math.max(...lags));
    expect(await lagOf("aws-check:colon")).toEqual([]);
    const leave = await joinWithoutSync(shared, "aws-check.unstable");
    await minutes(1);
    const before = (await lagOf("aws-check.unstable")).length;
    expect(before).toBeGreaterThan(0);
    await minutes(3);
    expect((await lagOf("aws-check.unstable")).length).toBe(before);
    await leave();
    await minutes(2);
    expect((await lagOf("aws-check.unstable")).length).toBeGreaterThan(before);
  });

  it("can be used from another language's client", async () => {
    const urls = Object.fromEntries(["KAFKA", "CLOUDWATCH", "KMS", "STS"].map((name) => [`AWS_ENDPOINT_URL_${name}`, service.url]));
    const answer = await runPython(join(import.meta.dirname, "testing", "boto3_check.py"), {
      ...urls,
      AWS_ACCESS_KEY_ID: service.key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: service.key.secretAccessKey,
      AWS_SESSION_TOKEN: "",
      AWS_DEFAULT_REGION: "us-east-1",
      CHECK_CLUSTER: "shared-1",
      CHECK_TOPIC: TOPIC,
    });
    const counted = [...(await countedBytes(TOPIC)).values()].reduce((sum, bytes) => sum + bytes, 0);
    expect(answer).toEqual({
      clusters: ["shared-1", "silo-umbra", "silo-vault"],
      brokers: 3,
      topics: 1,
      retention: "7200000",
      bytes: expect.closeTo(counted, -4),
      newest_is_recent: true,
      key_manager: "AWS",
      caller: "123456789012",
      missing: "NotFoundException",
      stranger: "UnrecognizedClientException",
      bad_period: "InvalidParameterValue",
    });
  });
});
