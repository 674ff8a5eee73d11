import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand, paginateGetMetricData } from "@aws-sdk/client-cloudwatch";
import type { KafkaServiceException } from "@aws-sdk/client-kafka";
import {
  DescribeClusterV2Command,
  DescribeTopicCommand,
  GetBootstrapBrokersCommand,
  KafkaClient,
  ListTopicsCommand,
  paginateListClustersV2,
  paginateListTopics,
  UpdateTopicCommand,
} from "@aws-sdk/client-kafka";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { passwordFile } from "@/sandbox/kafka/secrets";
import type { FixtureService } from "./testing/fixture-service";
import { knock, startFixtureService } from "./testing/fixture-service";
import { expressFixture, serverlessFixture } from "./testing/fixtures";

const MINUTE_MS = 60_000;
const untilMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - MINUTE_MS;
const OTHER_ACCOUNT = "210987654321";
const ROLE = { arn: `arn:aws:iam::${OTHER_ACCOUNT}:role/reader`, externalId: "agreed" };

let service: FixtureService;
beforeEach(async () => {
  service = await startFixtureService({
    pageSizes: { msk: 1, metrics: 7, datapoints: 25 },
    refreshMs: 0,
    roles: [ROLE],
    fixtures: [
      expressFixture({ name: "express-1", untilMs }),
      serverlessFixture({ name: "serverless-1", untilMs }),
      expressFixture({ name: "far", untilMs, accountId: OTHER_ACCOUNT }),
      expressFixture({ name: "elsewhere", untilMs, region: "eu-central-1" }),
    ],
  });
});
afterEach(() => service.stop());

type Credentials = NonNullable<ConstructorParameters<typeof KafkaClient>[0]>["credentials"];
const settings = (credentials: Credentials = service.key) => ({
  endpoint: service.url,
  region: "us-east-1",
  maxAttempts: 1,
  ...(credentials === undefined ? {} : { credentials }),
});
const kafka = (credentials?: Credentials) => new KafkaClient(settings(credentials));
const cloudWatch = (credentials?: Credentials) => new CloudWatchClient(settings(credentials));
const asRole = (externalId: string) =>
  fromTemporaryCredentials({
    masterCredentials: service.key,
    params: { RoleArn: ROLE.arn, RoleSessionName: "check", ExternalId: externalId },
    clientConfig: settings(),
  });

async function clusterNames(client: KafkaClient): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  for await (const page of paginateListClustersV2({ client }, {}))
    names.push(...(page.ClusterInfoList ?? []).map(({ ClusterName }) => ClusterName));
  return names;
}
const arnOf = (name: string) => service.clusters.find((cluster) => cluster.name === name)?.arn;
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: KafkaServiceException) => ({ name: error.name, status: error.$metadata.httpStatusCode, message: error.message }),
  );

describe("signing", () => {
  it("lets the sandbox's key in, to its own account and the region it signs for", async () => {
    expect(await clusterNames(kafka())).toEqual(["express-1", "serverless-1"]);
    expect(await clusterNames(new KafkaClient({ ...settings(), region: "eu-central-1" }))).toEqual(["elsewhere"]);
    expect(await clusterNames(new KafkaClient({ ...settings(), region: "eu-west-3" }))).toEqual([]);
  });

  it("refuses a wrong secret, an unknown key and no signature at all, in AWS's words", async () => {
    const wrong = { ...service.key, secretAccessKey: "wrong" };
    const unknown = { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" };
    expect(await refusal(clusterNames(kafka(wrong)))).toMatchObject({ name: "InvalidSignatureException", status: 403 });
    expect(await refusal(clusterNames(kafka(unknown)))).toMatchObject({ name: "UnrecognizedClientException", status: 403 });
    expect(await refusal(cloudWatch(unknown).send(new ListMetricsCommand({})))).toMatchObject({
      name: "InvalidClientTokenId",
      status: 403,
    });
    const bare = await fetch(`${service.url}/api/v2/clusters`);
    expect([bare.status, bare.headers.get("x-amzn-errortype")]).toEqual([403, "MissingAuthenticationTokenException"]);
  });

  it("refuses a request that was signed long ago", async () => {
    const client = new KafkaClient({ ...settings(), systemClockOffset: -3_600_000 });
    expect(await refusal(clusterNames(client))).toMatchObject({
      name: "InvalidSignatureException",
      message: expect.stringContaining("Signature expired"),
    });
  });

  it("hands out a role of another account for its external id only, until the credentials expire", async () => {
    const role = kafka(asRole("agreed"));
    expect(await clusterNames(role)).toEqual(["far"]);
    expect(await refusal(clusterNames(kafka(asRole("guessed"))))).toMatchObject({ name: "AccessDenied", status: 403 });
    await knock(service, "POST", "/_door/expire");
    expect(await refusal(clusterNames(role))).toMatchObject({ name: "ExpiredTokenException", status: 403 });
  });
});

describe("MSK", () => {
  it("pages topics by prefix", async () => {
    const pages = [];
    for await (const page of paginateListTopics(
      { client: kafka(), pageSize: 100 },
      { ClusterArn: arnOf("express-1"), TopicNameFilter: "express." },
    ))
      pages.push(page.Topics?.map(({ TopicName, PartitionCount }) => [TopicName, PartitionCount]));
    expect(pages).toEqual([[["express.orders", 6]], [["express.clicks", 3]]]);
    const none = await kafka().send(new ListTopicsCommand({ ClusterArn: arnOf("express-1"), TopicNameFilter: "orders" }));
    expect(none.Topics).toEqual([]);
  });

  it("takes configs or a partition count, never both nor neither", async () => {
    const update = (input: { Configs?: string; PartitionCount?: number }) =>
      refusal(kafka().send(new UpdateTopicCommand({ ClusterArn: arnOf("express-1"), TopicName: "express.orders", ...input })));
    const configs = Buffer.from('{"retention.ms":"60000"}').toString("base64");
    const sentence = "You must specify either configs or partitionCount to update.";
    expect(await update({})).toMatchObject({ name: "BadRequestException", status: 400, message: sentence });
    expect(await update({ Configs: configs, PartitionCount: 9 })).toMatchObject({ message: sentence });
    expect(await update({ Configs: Buffer.from('{"retention.ms":1}').toString("base64") })).toMatchObject({ name: "BadRequestException" });
    expect(await update({ PartitionCount: 5 })).toMatchObject({ message: expect.stringContaining("can only grow") });
    expect(await update({ Configs: configs })).toBeNull();
    const described = await kafka().send(new DescribeTopicCommand({ ClusterArn: arnOf("express-1"), TopicName: "express.orders" }));
    expect(JSON.parse(Buffer.from(described.Configs ?? "", "base64").toString())).toMatchObject({
      "retention.ms": "60000",
      "cleanup.policy": "delete",
    });
  });

  it("refuses topic calls on serverless, below Kafka 3.6, and unless the cluster is ACTIVE", async () => {
    const list = (name: string) => refusal(kafka().send(new ListTopicsCommand({ ClusterArn: arnOf(name) })));
    expect(await list("serverless-1")).toMatchObject({ name: "BadRequestException" });
    const cluster = service.clusters.find(({ name }) => name === "express-1");
    expect(await list("express-1")).toBeNull();
    for (const change of [
      { kafkaVersion: "3.5.1" },
      { kafkaVersion: "2.8.2.tiered" },
      { kafkaVersion: "3.9.x", state: "UPDATING" as const },
    ]) {
      Object.assign(cluster ?? {}, change);
      expect(await list("express-1")).toMatchObject({ name: "BadRequestException", status: 400 });
    }
  });

  it("names what is missing, and keeps the field that was wrong", async () => {
    const of = (ClusterArn: string) =>
      kafka()
        .send(new GetBootstrapBrokersCommand({ ClusterArn }))
        .catch((error) => error);
    expect(await of(`${arnOf("express-1")}x`)).toMatchObject({ name: "NotFoundException", InvalidParameter: "clusterArn" });
    expect(await of("nonsense")).toMatchObject({ name: "BadRequestException", InvalidParameter: "clusterArn" });
  });

  it("tells Express by its instance type and serverless by its type", async () => {
    const of = async (name: string) => (await kafka().send(new DescribeClusterV2Command({ ClusterArn: arnOf(name) }))).ClusterInfo;
    const express = await of("express-1");
    expect(express).toMatchObject({
      ClusterType: "PROVISIONED",
      Provisioned: { BrokerNodeGroupInfo: { InstanceType: "express.m7g.large" } },
    });
    expect(express?.Provisioned?.BrokerNodeGroupInfo?.StorageInfo).toBeUndefined();
    expect(await of("serverless-1")).toMatchObject({
      ClusterType: "SERVERLESS",
      Serverless: { ClientAuthentication: { Sasl: { Iam: { Enabled: true } } } },
    });
  });
});

describe("CloudWatch", () => {
  const byTopic = (cluster: string, topic: string, more: { Name: string; Value: string }[] = []) => ({
    Namespace: "AWS/Kafka",
    MetricName: "BytesInPerSec",
    Dimensions: [{ Name: "Cluster Name", Value: cluster }, { Name: "Topic", Value: topic }, ...more],
  });
  const span = { StartTime: new Date(untilMs - 59 * MINUTE_MS), EndTime: new Date(untilMs + MINUTE_MS) };
  const data = (query: object) => cloudWatch().send(new GetMetricDataCommand({ ...span, MetricDataQueries: [{ Id: "q", ...query }] }));

  it("sums a serverless topic over its partitions, which have no Broker ID", async () => {
    const answer = await data({ MetricStat: { Metric: byTopic("serverless-1", "serverless.events"), Period: 60, Stat: "Sum" } });
    expect(answer.MetricDataResults?.[0]?.Values?.[0]).toBe(300_000);
    const none = await data({
      MetricStat: { Metric: byTopic("serverless-1", "serverless.events", [{ Name: "Broker ID", Value: "1" }]), Period: 60, Stat: "Sum" },
    });
    expect(none.MetricDataResults).toMatchObject([{ Id: "q", StatusCode: "Complete", Values: [] }]);
  });

  it("gives a long answer in pages, a cut series as PartialData, and every datapoint once", async () => {
    const MetricDataQueries = ["express.orders", "express.clicks"].map((topic, at) => ({
      Id: `q${at}`,
      MetricStat: { Metric: byTopic("express-1", topic, [{ Name: "Broker ID", Value: "1" }]), Period: 60, Stat: "Average" },
    }));
    const times: Record<string, number[]> = { q0: [], q1: [] };
    const statuses = [];
    for await (const page of paginateGetMetricData({ client: cloudWatch() }, { ...span, MetricDataQueries })) {
      for (const { Id = "", Timestamps = [], StatusCode } of page.MetricDataResults ?? []) {
        times[Id]?.push(...Timestamps.map((time) => time.getTime()));
        statuses.push(`${Id} ${StatusCode}`);
      }
    }
    const minutes = Array.from({ length: 60 }, (_, at) => untilMs - at * MINUTE_MS);
    expect(times).toEqual({ q0: minutes, q1: minutes });
    expect(statuses).toEqual(["q0 PartialData", "q0 PartialData", "q0 Complete", "q1 PartialData", "q1 PartialData", "q1 Complete"]);
  });

  it("lists series by metric and dimension in pages, and only the spelling that the kind of cluster has", async () => {
    const list = (input: object) => cloudWatch().send(new ListMetricsCommand({ Namespace: "AWS/Kafka", RecentlyActive: "PT3H", ...input }));
    const page = await list({});
    expect([page.Metrics?.length, typeof page.NextToken]).toEqual([7, "string"]);
    const of = async (MetricName: string, cluster: string) =>
      (await list({ MetricName, Dimensions: [{ Name: "Cluster Name", Value: cluster }] })).Metrics?.length;
    expect(await of("MaxEstimatedTimeLag", "serverless-1")).toBe(1);
    expect(await of("EstimatedMaxTimeLag", "serverless-1")).toBe(0);
    expect(await of("EstimatedMaxTimeLag", "express-1")).toBe(1);
    for (const absent of ["UnderReplicatedPartitions", "KafkaDataLogsDiskUsed"]) expect(await of(absent, "express-1")).toBe(0);
  });

  it("refuses what AWS refuses", async () => {
    const stat = (Period: number, Stat = "Average") => ({ MetricStat: { Metric: byTopic("express-1", "express.orders"), Period, Stat } });
    expect(await refusal(data(stat(61)))).toMatchObject({ status: 400 });
    expect(await refusal(data(stat(60, "Mean")))).toMatchObject({ status: 400 });
    expect(await refusal(data({ ...stat(60), Id: "Upper" }))).toMatchObject({ status: 400 });
    const many = Array.from({ length: 501 }, (_, at) => ({ Id: `q${at}`, ...stat(60) }));
    expect(await refusal(cloudWatch().send(new GetMetricDataCommand({ ...span, MetricDataQueries: many })))).toMatchObject({ status: 400 });
    expect(await refusal(cloudWatch().send(new ListMetricsCommand({ NextToken: "nonsense" })))).toMatchObject({ status: 400 });
  });
});

describe("KMS", () => {
  const describeKey = (KeyId: string) => new KMSClient(settings()).send(new DescribeKeyCommand({ KeyId }));
  const express = () => service.clusters.find(({ name }) => name === "express-1");

  it("tells who manages the key of a cluster, by ARN and by MSK's own alias", async () => {
    const keyArn = express()?.kmsKeyArn ?? "";
    expect((await describeKey(keyArn)).KeyMetadata).toMatchObject({ Arn: keyArn, KeyManager: "CUSTOMER", KeyState: "Enabled" });
    expect(await refusal(describeKey("alias/aws/kafka"))).toMatchObject({ name: "NotFoundException", status: 400 });
    Object.assign(express() ?? {}, { keyManager: "AWS" });
    expect((await describeKey("alias/aws/kafka")).KeyMetadata).toMatchObject({ Arn: keyArn, KeyManager: "AWS" });
  });

  it("refuses as KMS does: no permission, throttled, failed, and a key of nobody", async () => {
    const keyArn = express()?.kmsKeyArn ?? "";
    const met = async (kind: string) => {
      await knock(service, "POST", "/_door/fault", { operation: "DescribeKey", kind });
      return refusal(describeKey(keyArn));
    };
    expect(await met("denied")).toMatchObject({
      name: "AccessDeniedException",
      status: 400,
      message: expect.stringContaining("kms:DescribeKey"),
    });
    expect(await met("throttle")).toMatchObject({ name: "ThrottlingException", status: 400 });
    expect(await met("error")).toMatchObject({ name: "KMSInternalException", status: 500 });
    await knock(service, "DELETE", "/_door/fault");
    expect(await refusal(describeKey(`${keyArn}0`))).toMatchObject({ name: "NotFoundException", status: 400 });
  });
});

describe("Secrets Manager", () => {
  const value = (SecretId: string, region = "us-east-1") =>
    new SecretsManagerClient({ ...settings(), region }).send(new GetSecretValueCommand({ SecretId }));

  it("holds name and password of every SCRAM user, as of now, by name and by ARN", async () => {
    const file = passwordFile(service.sandbox, "console");
    const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:AmazonMSK_console-SANDBX";
    mkdirSync(dirname(file), { recursive: true });
    for (const password of ["one", "two"]) {
      writeFileSync(file, `${password}\n`);
      for (const id of ["AmazonMSK_console", arn]) {
        expect(await value(id)).toMatchObject({ ARN: arn, SecretString: JSON.stringify({ username: "console", password }) });
      }
    }
    for (const [id, region] of [["AmazonMSK_nobody"], ["console"], [arn, "eu-central-1"], ["AmazonMSK_../aws-credentials"]] as const) {
      expect(await refusal(value(id, region)), id).toMatchObject({ name: "ResourceNotFoundException", status: 400 });
    }
  });

  it("refuses as Secrets Manager does: no permission, throttled, failed", async () => {
    const met = async (kind: string) => {
      await knock(service, "POST", "/_door/fault", { operation: "GetSecretValue", kind });
      return refusal(value("AmazonMSK_console"));
    };
    const message = expect.stringContaining("secretsmanager:GetSecretValue on resource: AmazonMSK_console");
    expect(await met("denied")).toMatchObject({ name: "AccessDeniedException", status: 400, message });
    expect(await met("throttle")).toMatchObject({ name: "ThrottlingException", status: 400 });
    expect(await met("error")).toMatchObject({ status: 500 });
  });
});

describe("the fault door", () => {
  const list = () => refusal(clusterNames(kafka()));
  const fault = (body: object) => knock(service, "POST", "/_door/fault", body);

  it("throttles, fails and denies by operation until it is told otherwise", async () => {
    await fault({ operation: "ListClustersV2", kind: "throttle" });
    expect(await list()).toMatchObject({ name: "TooManyRequestsException", status: 429 });
    expect(await refusal(kafka().send(new ListTopicsCommand({ ClusterArn: arnOf("express-1") })))).toBeNull();
    await fault({ operation: "ListClustersV2", kind: "error" });
    expect(await list()).toMatchObject({ name: "InternalServerErrorException", status: 500 });
    await fault({ operation: "ListClustersV2", kind: "denied" });
    expect(await list()).toMatchObject({ name: "AccessDeniedException", message: expect.stringContaining("kafka:ListClustersV2") });
    await knock(service, "DELETE", "/_door/fault?operation=ListClustersV2");
    expect(await list()).toBeNull();
  });

  it("disturbs as many calls as it was told to", async () => {
    await fault({ operation: "ListMetrics", kind: "throttle", times: 2 });
    const call = () => refusal(cloudWatch().send(new ListMetricsCommand({})));
    expect([await call(), await call(), await call()]).toMatchObject([{ name: "Throttling" }, { name: "Throttling" }, null]);
  });

  it("cuts the connection, and lets a call wait", async () => {
    await fault({ operation: "*", kind: "cut", times: 1 });
    expect(await list()).toMatchObject({ message: expect.stringMatching(/socket hang up|ECONNRESET/) });
    await fault({ operation: "*", kind: "slow", times: 1, delayMs: 300 });
    const beforeMs = performance.now();
    expect(await list()).toBeNull();
    expect(performance.now() - beforeMs).toBeGreaterThanOrEqual(295);
  });

  it("is not for browsers, and says what it knows", async () => {
    const asked = await fetch(`${service.url}/_door`, { headers: { origin: "https://elsewhere.example" } });
    expect(asked.status).toBe(403);
    await expect(fault({ operation: "ListTopics", kind: "other" })).rejects.toThrow("kind must be one of throttle");
  });
});
