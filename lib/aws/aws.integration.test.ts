import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ResolvedAwsConnection } from "@/lib/domain/connection";
import { type AwsService, SANDBOX_ROLE, startAws } from "@/sandbox/aws/start-aws";
import { expressFixture, serverlessFixture } from "@/sandbox/aws/testing/fixtures";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { ACCOUNT_ID, clusterArn, REGION } from "@/sandbox/kafka/arn";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { tool } from "@/sandbox/kafka/tool";
import { clusterOf, sandboxOf } from "@/sandbox/kafka/topology";
import { openAwsRegion } from "./open-aws-region";
import type { AwsRegion } from "./port";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const SHARED_ARN = clusterArn(shared);
const RUN = `aws-${randomUUID().slice(0, 8)}`;
const MINUTE = 60_000;

let aws: AwsService;
let setup: SandboxAdmin;
const untilMs = Math.floor(Date.now() / MINUTE) * MINUTE;

beforeAll(async () => {
  const fixtures = [expressFixture({ name: `${RUN}-express`, untilMs }), serverlessFixture({ name: `${RUN}-serverless`, untilMs })];
  aws = await startAws({ sandbox, port: 0, refreshMs: 0, pageSizes: { msk: 2, metrics: 3, datapoints: 25 }, fixtures });
  for (const service of ["KAFKA", "CLOUDWATCH", "KMS", "STS"]) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, aws.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", aws.key.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", aws.key.secretAccessKey);
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([0, 1, 2, 3, 4].map((n) => ({ name: `${RUN}.t${n}`, partitions: 5, replicas: 3 })));
});

afterAll(async () => {
  await setup.deleteTopics([0, 1, 2, 3, 4].map((n) => `${RUN}.t${n}`));
  await setup.close();
  await aws.stop();
  vi.unstubAllEnvs();
});
afterEach(() => knock("DELETE", "/_door/fault"));

async function knock(method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(`${aws.url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  expect(answer.status).toBe(200);
}

function open(connection: Partial<ResolvedAwsConnection> = {}, more: { deadlineMs?: number; maxAttempts?: number } = {}): AwsRegion {
  return openAwsRegion({
    connection: {
      id: "sandbox",
      accountId: ACCOUNT_ID,
      regions: [REGION],
      roleArn: null,
      externalId: null,
      profile: null,
      mode: "observe",
      brokers: null,
      dollarsPerHour: 1,
      ...connection,
    },
    region: REGION,
    ...more,
  });
}

describe("MSK", () => {
  it("tells of every kind of cluster, over small pages", async () => {
    const { value, problems } = await open().listClusters();
    expect(problems).toEqual([]);
    const kinds = Object.fromEntries((value ?? []).map(({ name, kind }) => [name, kind]));
    expect(kinds).toMatchObject({ "shared-1": "standard", [`${RUN}-express`]: "express", [`${RUN}-serverless`]: "serverless" });
    expect(value?.find(({ arn }) => arn === SHARED_ARN)).toMatchObject({
      accountId: ACCOUNT_ID,
      region: REGION,
      state: "ACTIVE",
      brokerCount: 3,
    });
  });

  it("tells of a cluster's parts", async () => {
    const region = open();
    const { value: cluster } = await region.readCluster(SHARED_ARN);
    expect(cluster).toMatchObject({ name: "shared-1", kafkaVersion: "4.1.x.kraft", authentication: { scram: true } });
    const nodes = await region.readNodes(SHARED_ARN);
    expect(nodes.value?.map(({ brokerId }) => brokerId)).toEqual(shared.nodes.map(({ id }) => id));
    expect((await region.readBootstrap(SHARED_ARN)).value?.scram).toHaveLength(3);
    expect((await region.readOperations(SHARED_ARN)).problems).toEqual([]);
    expect((await region.readScramSecrets(SHARED_ARN)).problems).toEqual([]);
    const configuration = cluster?.configuration;
    expect(configuration).toBeTruthy();
    const properties = await region.readConfiguration(configuration?.arn ?? "", configuration?.revision ?? 0);
    expect(Object.keys(properties.value ?? {}).length).toBeGreaterThan(0);
  });

  it("tells of topics as the brokers have them", async () => {
    const region = open();
    const { value, problems } = await region.listTopics(SHARED_ARN);
    expect(problems).toEqual([]);
    const ours = value?.filter(({ name }) => name.startsWith(`${RUN}.`)).map(({ name, partitionCount }) => [name, partitionCount]);
    expect(ours?.sort()).toEqual([0, 1, 2, 3, 4].map((n) => [`${RUN}.t${n}`, 5]));
    expect((await region.readTopic(SHARED_ARN, `${RUN}.t0`)).value).toMatchObject({
      partitionCount: 5,
      replicationFactor: 3,
      status: "ACTIVE",
    });
    const partitions = await region.readPartitions(SHARED_ARN, `${RUN}.t0`);
    expect(partitions.value?.map(({ partition }) => partition)).toEqual([0, 1, 2, 3, 4]);
    expect(partitions.value?.every(({ replicas, leader }) => replicas.length === 3 && leader !== null)).toBe(true);
    expect((await region.readTopic(SHARED_ARN, `${RUN}.none`)).problems).toMatchObject([{ code: "unavailable", resource: `${RUN}.none` }]);
  });

  it("does not tell of a serverless cluster's topics", async () => {
    const region = open();
    const serverless = (await region.listClusters()).value?.find(({ kind }) => kind === "serverless");
    expect((await region.listTopics(serverless?.arn ?? "")).problems).toMatchObject([{ code: "unsupported", remedy: expect.any(String) }]);
  });
});

describe("a change of a topic", () => {
  const topic = `${RUN}.t1`;
  const own = async (name = topic) => tool(sandbox, shared, "configs", ["--describe", "--entity-type", "topics", "--entity-name", name]);

  /** Reads the topic until it is ACTIVE again, as whoever changes one has to. */
  async function whenActive(region: AwsRegion, name = topic) {
    let detail = (await region.readTopic(SHARED_ARN, name)).value;
    await waitFor(
      async () => {
        detail = (await region.readTopic(SHARED_ARN, name)).value;
        return detail?.status === "ACTIVE";
      },
      PATIENCE_MS,
      () => `${name} did not become ACTIVE`,
    );
    return detail;
  }

  it("makes the whole set its own values, and the brokers have them", async () => {
    const region = open();
    const write = (configs: Record<string, string>) => region.updateTopicConfigs(SHARED_ARN, topic, configs);
    expect(await write({ "retention.ms": "7200000", "max.message.bytes": "300000" })).toEqual({ ok: true });
    expect((await whenActive(region))?.configs).toMatchObject({ "retention.ms": "7200000", "max.message.bytes": "300000" });
    const printed = await own();
    expect(printed).toContain("retention.ms=7200000");
    expect(printed).toContain("max.message.bytes=300000");
    expect(await write({ "max.message.bytes": "300000" })).toEqual({ ok: true });
    await whenActive(region);
    expect(await own()).not.toContain("retention.ms=7200000");
  });

  it("raises its partitions, and passes on why not", async () => {
    const region = open();
    expect(await region.updateTopicPartitions(SHARED_ARN, topic, 6)).toEqual({ ok: true });
    expect((await whenActive(region))?.partitionCount).toBe(6);
    expect(await tool(sandbox, shared, "topics", ["--describe", "--topic", topic])).toContain("PartitionCount: 6");
    const fewer = await region.updateTopicPartitions(SHARED_ARN, topic, 2);
    expect(fewer).toMatchObject({ ok: false, uncertain: false, problem: { code: "invalid", resource: topic } });
    expect(fewer.ok === false && fewer.problem.message).toContain("can only grow");
    const wrong = await region.updateTopicConfigs(SHARED_ARN, topic, { "retention.ms": "soon" });
    expect(wrong).toMatchObject({ ok: false, uncertain: false, problem: { code: "invalid", message: expect.stringContaining("soon") } });
    const absent = await region.updateTopicConfigs(SHARED_ARN, `${RUN}.none`, {});
    expect(absent).toMatchObject({ ok: false, uncertain: false, problem: { code: "unavailable", resource: `${RUN}.none` } });
  });

  it("is not for serverless clusters", async () => {
    const region = open();
    const serverless = (await region.listClusters()).value?.find(({ kind }) => kind === "serverless");
    const answer = await region.updateTopicPartitions(serverless?.arn ?? "", "serverless.events", 9);
    expect(answer).toMatchObject({ ok: false, uncertain: false, problem: { code: "unsupported", remedy: expect.any(String) } });
  });

  it.each([
    ["throttle", false, "unavailable"],
    ["denied", false, "forbidden"],
    ["error", true, "unavailable"],
    ["cut", true, "unreachable"],
    ["slow", true, "timeout"],
  ])("that meets %s: uncertain is %s, and it is asked for once", async (kind, uncertain, code) => {
    await knock("POST", "/_door/fault", { operation: "UpdateTopic", kind, delayMs: 5_000 });
    const region = open({}, { deadlineMs: kind === "slow" ? 1_000 : 30_000, maxAttempts: kind === "throttle" ? 1 : 4 });
    const answer = await region.updateTopicPartitions(SHARED_ARN, `${RUN}.t2`, 6);
    expect(answer).toMatchObject({ ok: false, uncertain, problem: { code, operation: "UpdateTopic" } });
    expect(region.spending().calls).toEqual({ UpdateTopic: 1 });
  });
});

describe("CloudWatch", () => {
  const past = { startMs: untilMs - 30 * MINUTE, endMs: untilMs };

  it("tells what is published, and serverless under its own names", async () => {
    const region = open();
    const { value, problems } = await region.listPublished(`${RUN}-serverless`, [
      "BytesInPerSec",
      "MaxEstimatedTimeLag",
      "EstimatedMaxTimeLag",
    ]);
    expect(problems).toEqual([]);
    expect(value?.keys.map(({ metric, topic }) => `${metric} ${topic}`).sort()).toEqual([
      "BytesInPerSec serverless.audit",
      "BytesInPerSec serverless.events",
      "MaxEstimatedTimeLag serverless.events",
    ]);
  });

  it("tells minutes over small pages: the mean per broker, the sum over partitions on serverless", async () => {
    const region = open();
    const express = await region.readSeries({
      clusterName: `${RUN}-express`,
      serverless: false,
      keys: [1, 2, 3].map((brokerId) => ({ metric: "BytesInPerSec", brokerId, topic: "express.orders" })),
      periodSeconds: 60,
      ...past,
    });
    expect(express.problems).toEqual([]);
    for (const { points, status } of express.value) {
      expect(status).toBe("complete");
      expect(points.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 30 }, (_, n) => past.startMs + n * MINUTE));
      expect(new Set(points.map(({ value }) => value))).toEqual(new Set([1_500_000]));
    }
    const fives = Math.floor(untilMs / (5 * MINUTE)) * 5 * MINUTE;
    const serverless = await region.readSeries({
      clusterName: `${RUN}-serverless`,
      serverless: true,
      keys: [{ metric: "BytesInPerSec", topic: "serverless.events" }],
      periodSeconds: 300,
      startMs: fives - 20 * MINUTE,
      endMs: fives,
    });
    expect(serverless.value[0]?.points.map(({ value }) => value)).toEqual([300_000, 300_000, 300_000, 300_000]);
    expect(region.spending().seriesRequested).toBe(4);
  });
});

describe("a role", () => {
  const role = { roleArn: SANDBOX_ROLE.arn, externalId: SANDBOX_ROLE.externalId ?? null };

  it("is taken on, and anew after its session ended", async () => {
    const region = open(role);
    expect((await region.listClusters()).problems).toEqual([]);
    await knock("POST", "/_door/expire");
    expect((await region.listClusters()).problems).toMatchObject([{ code: "authentication" }]);
    expect((await region.listClusters()).problems).toEqual([]);
  });

  it.each([
    ["with another external id", { ...role, externalId: "wrong" }],
    ["that is not there", { ...role, roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/nobody` }],
  ])("%s is refused", async (_what, connection) => {
    const { value, problems } = await open(connection).listClusters();
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "authentication", operation: "AssumeRole", remedy: expect.stringContaining("trust policy") }]);
  });
});

describe("trouble", () => {
  const fault = (kind: string, more: object = {}) => knock("POST", "/_door/fault", { operation: "*", kind, ...more });

  it("that passes is not noticed", async () => {
    await fault("throttle", { times: 2 });
    expect((await open().listClusters()).problems).toEqual([]);
    await fault("error", { times: 1 });
    expect((await open().listPublished("shared-1", ["BytesInPerSec"])).problems).toEqual([]);
  });

  it.each([
    ["throttle", "unavailable"],
    ["error", "unavailable"],
    ["denied", "forbidden"],
    ["cut", "unreachable"],
    ["slow", "timeout"],
  ])("%s that lasts is %s, for MSK and CloudWatch, and heals", async (kind, code) => {
    await fault(kind);
    const region = open({}, { maxAttempts: 1, deadlineMs: kind === "slow" ? 4_000 : 30_000 });
    expect((await region.listClusters()).problems).toMatchObject([{ code, operation: "ListClustersV2" }]);
    expect((await region.listPublished("shared-1", ["BytesInPerSec"])).problems).toMatchObject([{ code, operation: "ListMetrics" }]);
    await knock("DELETE", "/_door/fault");
    expect((await region.listClusters()).problems).toEqual([]);
  });
});
