import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Registry } from "prom-client";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openAwsRegion } from "@/lib/aws";
import { type Collector, collectorStore, DEFAULT_SETTINGS, startCollector, systemClock } from "@/lib/collector";
import type { ResolvedAwsConnection } from "@/lib/domain/connection";
import type { ClusterDetail, ClusterHistory } from "@/lib/domain/views/clusters";
import { getCluster } from "@/lib/operations/clusters/get-cluster";
import { getClusterHistory } from "@/lib/operations/clusters/get-cluster-history";
import { listClusters } from "@/lib/operations/clusters/list-clusters";
import { listConditions } from "@/lib/operations/conditions/list-conditions";
import type { Context } from "@/lib/operations/context";
import type { Operation } from "@/lib/operations/define";
import { getGroup } from "@/lib/operations/groups/get-group";
import { listGroups } from "@/lib/operations/groups/list-groups";
import { getOverview } from "@/lib/operations/overview/get-overview";
import { getStatus } from "@/lib/operations/status/get-status";
import { enterOf } from "@/lib/operations/testing/enter";
import { getTopic } from "@/lib/operations/topics/get-topic";
import { listTopics } from "@/lib/operations/topics/list-topics";
import { openStore, type Store } from "@/lib/store";
import type { AwsService } from "@/sandbox/aws/start-aws";
import { knock, startFixtureService } from "@/sandbox/aws/testing/fixture-service";
import { expressFixture, serverlessFixture } from "@/sandbox/aws/testing/fixtures";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";

const MINUTE = 60_000;
const FAR = "eu-central-1";
const NEAR = "us-east-1";

const account: ResolvedAwsConnection = {
  id: "main",
  accountId: "123456789012",
  regions: [NEAR, FAR],
  roleArn: null,
  externalId: null,
  profile: null,
  mode: "observe",
  brokers: null,
  dollarsPerHour: 100,
};

let aws: AwsService;
let store: Store;
let folder: string;
let collector: Collector;

beforeAll(async () => {
  const untilMs = Math.floor(Date.now() / MINUTE) * MINUTE + 10 * MINUTE;
  const express = expressFixture({ name: "orders-express", untilMs });
  aws = await startFixtureService({ fixtures: [express, serverlessFixture({ name: "pulse", untilMs, region: FAR })], refreshMs: 0 });
  for (const service of ["KAFKA", "CLOUDWATCH", "KMS", "STS"]) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, aws.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", aws.key.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", aws.key.secretAccessKey);
  folder = await mkdtemp(join(tmpdir(), "aws-faults-"));
  store = await openStore({ dataDir: folder });
  collector = await startCollector({
    connections: [],
    aws: {
      accounts: [account],
      openRegion: (connection, region) => openAwsRegion({ connection, region, deadlineMs: 8_000, requestTimeoutMs: 5_000, maxAttempts: 2 }),
    },
    openAdmin: () => {
      throw new Error("No brokers are asked.");
    },
    scrape: async () => ({ value: null, problems: [] }),
    collected: async () => ({ facts: [], problems: [] }),
    store: collectorStore(store),
    clock: systemClock,
    settings: {
      ...DEFAULT_SETTINGS,
      assembleEveryMs: 200,
      shareReadingsMs: 0,
      intervals: { ...DEFAULT_SETTINGS.intervals, metadataMs: 2_000, accessMs: 1_000 },
    },
    log: { info: () => undefined, warn: () => undefined, error: (fields) => console.error(fields) },
    metrics: new Registry(),
  });
  await shows(
    () => both().every((cluster) => cluster?.msk != null && cluster.metadata !== null && cluster.cloud !== null),
    "both clusters",
  );
});

afterAll(async () => {
  await collector.stop();
  await store.close();
  await aws.stop();
  await rm(folder, { recursive: true });
  vi.unstubAllEnvs();
});
afterEach(() => knock(aws, "DELETE", "/_door/fault"));

const shows = (what: () => boolean, name: string): Promise<void> =>
  waitFor(
    async () => what(),
    PATIENCE_MS,
    () => `not shown: ${name}`,
  );
const both = () => ["orders-express", "pulse"].map((id) => collector.fleet().clusters.get(id));

function context(): Context {
  const connection: Context["connection"] = (id) => {
    const known = collector.connections().get(id);
    if (known === undefined) throw new Error(`no connection ${id}`);
    return known;
  };
  return {
    actor: { name: "someone", role: "operator" },
    enter: enterOf(),
    requestId: "r",
    now: () => new Date(),
    store,
    fleet: collector.fleet,
    registry: collector.registry,
    kafka: () => {
      throw new Error("No brokers are asked.");
    },
    checkConnection: async () => {
      throw new Error("Nobody asks.");
    },
    sampleRecords: async () => ({ value: null, problems: [] }),
    connection,
    aws: (id) => collector.regionOf(connection(id)),
    prometheusPast: () => null,
    unseenRegions: collector.unseenRegions,
    collector,
    changes: { wake: () => undefined, settled: async () => undefined },
    metrics: async () => "",
  };
}

/** What every page reads, of the given cluster. */
const pages = (clusterId: string): [Operation, Record<string, unknown>][] => [
  [getOverview, {}],
  [listClusters, {}],
  [getStatus, {}],
  [listConditions, {}],
  [getCluster, { clusterId }],
  [getClusterHistory, { clusterId, range: "1h" }],
  [listTopics, { clusterId }],
  [listGroups, { clusterId }],
  ...[...(collector.fleet().topics.get(clusterId)?.keys() ?? [])].map((name): [Operation, Record<string, unknown>] => [
    getTopic,
    { clusterId, name },
  ]),
  ...[...(collector.fleet().groups.get(clusterId)?.keys() ?? [])].map((id): [Operation, Record<string, unknown>] => [
    getGroup,
    { clusterId, id },
  ]),
];

const detail = async (clusterId: string) => (await getCluster.run(context(), { clusterId })) as ClusterDetail;

describe("every page, whatever AWS does", () => {
  it.each(["throttle", "error", "denied", "slow", "cut"])("stands with everything in trouble (%s), says why, and heals", async (kind) => {
    await knock(aws, "POST", "/_door/fault", { operation: "*", kind });
    const isTold = () => both().every((cluster) => (cluster?.parts.msk.problems.length ?? 0) > 0);
    await shows(isTold, `problems of ${kind}`);
    for (const clusterId of ["orders-express", "pulse"]) {
      for (const [operation, input] of pages(clusterId)) await expect(operation.run(context(), input)).resolves.toBeDefined();
      const { parts, cannotSee } = await detail(clusterId);
      const [problem] = parts.find(({ part }) => part === "msk")?.problems ?? [];
      expect(problem?.message).toBeTruthy();
      const line = cannotSee.find(({ what }) => what.includes("MSK"));
      expect(line?.remedy).toBeTruthy();
      expect(JSON.stringify([parts, cannotSee])).not.toContain(aws.key.secretAccessKey);
      // What was seen before is still there.
      expect(collector.fleet().clusters.get(clusterId)?.msk).not.toBeNull();
    }
    await knock(aws, "DELETE", "/_door/fault");
    await shows(() => both().every((cluster) => cluster?.parts.msk.problems.length === 0), "no problem any more");
  });

  it("costs only the clusters of a region when that region hangs, and is said", async () => {
    await knock(aws, "POST", "/_door/fault", { operation: "*", kind: "slow", region: FAR });
    await shows(() => collector.unseenRegions().some(({ region }) => region === FAR), "the region that hangs");
    await shows(() => (collector.fleet().clusters.get("pulse")?.parts.msk.problems.length ?? 0) > 0, "its cluster's problem");
    expect((await detail("orders-express")).parts.every(({ problems }) => problems.length === 0)).toBe(true);
    expect(collector.unseenRegions().map(({ region }) => region)).toEqual([FAR]);
  });
});

describe("what kinds of cluster publish, and what they cannot", () => {
  it("has no brokers, quotas or levels on serverless, and its rates by topic all the same", async () => {
    const pulse = await detail("pulse");
    expect(pulse).toMatchObject({ knownThrough: "aws", msk: { kind: "serverless", instanceType: null }, brokers: [] });
    expect(pulse.mskDetail?.monitoringLevel).toBeNull();
    expect(pulse.capacityBytesPerSecond).toMatchObject({ source: "derived", value: 200_000_000 });
    expect(pulse.cannotSee.some(({ reason }) => reason.includes("serverless"))).toBe(true);
  });

  it("takes Express's capacity from AWS's table, and never calls its throttling a tenant's", async () => {
    const express = await detail("orders-express");
    expect(express.capacityBytesPerSecond).toMatchObject({ source: "derived", value: 46_800_000 });
    expect(express.brokers.map(({ partitionLimit }) => partitionLimit)).toMatchObject([{ max: 1_500 }, { max: 1_500 }, { max: 1_500 }]);
    expect(express.bytesInPerSecond).toMatchObject({ source: "derived" });
    expect(collector.fleet().conditions.filter(({ rule }) => rule.startsWith("limit."))).toEqual([]);
  });

  it("reads the past that the console has not seen from CloudWatch, derived", async () => {
    const read = async () => (await getClusterHistory.run(context(), { clusterId: "orders-express", range: "1h" })) as ClusterHistory;
    const produce = ({ series }: ClusterHistory) => series.find(({ name }) => name === "bytesInPerSecond");
    // A call that failed a moment ago is not made again at once.
    await waitFor(
      async () => produce(await read())?.unavailable === null,
      PATIENCE_MS,
      () => "CloudWatch tells no past",
    );
    const past = await read();
    const produced = produce(past);
    expect(produced?.source).toBe("derived");
    expect(produced?.brokers.map(({ brokerId }) => brokerId)).toEqual([1, 2, 3]);
    expect(produced?.brokers[0]?.points.some((value) => value !== null)).toBe(true);
    expect(past.series.find(({ name }) => name === "diskUsedShare")?.unavailable?.reason).toContain("KafkaDataLogsDiskUsed");
  });
});
