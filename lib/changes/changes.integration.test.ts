import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type AwsRegion, openAwsRegion } from "@/lib/aws";
import { systemClock } from "@/lib/collector/clock";
import { isFinished, type PlannedOperation } from "@/lib/domain/change/operation";
import { type KafkaAdmin, openKafkaAdmin } from "@/lib/kafka";
import { listOperations, openStore, readChange, type Store, type StoredChange, storeChange } from "@/lib/store";
import { type AwsService, startAws } from "@/sandbox/aws/start-aws";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { ACCOUNT_ID, clusterArn, REGION } from "@/sandbox/kafka/arn";
import { killBroker } from "@/sandbox/kafka/broker";
import { startBroker } from "@/sandbox/kafka/cluster";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { PATIENCE_MS, waitFor, waitUntilInSync } from "@/sandbox/kafka/readiness";
import { tool } from "@/sandbox/kafka/tool";
import { clusterOf, nodeOf, sandboxOf } from "@/sandbox/kafka/topology";
import { changeStore } from "./change-store";
import { DEFAULT_CHANGE_SETTINGS } from "./settings";
import { type ChangeRunner, startChanges } from "./start-changes";
import { intent, partitions, quota, retention } from "./testing/plans";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const RUN = `changes-${randomUUID().slice(0, 8)}`;
const TENANTS = Array.from({ length: 60 }, (_, index) => `${RUN}-${index}`);
const TOPICS = [...TENANTS.map((tenant) => `${tenant}.orders`), `${RUN}.by-msk`];

const made: string[] = [];
let setup: SandboxAdmin;
let store: Store;
let admin: KafkaAdmin;
let aws: AwsService;
let region: AwsRegion;
let runner: ChangeRunner;

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics(TOPICS.map((name) => ({ name, partitions: 3, replicas: 3, configs: { "retention.ms": "604800000" } })));
  store = await openStore({ memory: true });
  admin = openKafkaAdmin({ ...consoleConnection(sandbox, shared), mode: "operate" }, { onRequest: ({ api }) => made.push(api) });
  aws = await startAws({ sandbox, port: 0, refreshMs: 1_000 });
  for (const service of ["KAFKA", "CLOUDWATCH", "KMS", "STS"]) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, aws.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", aws.key.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", aws.key.secretAccessKey);
  const account = { id: "sandbox", accountId: ACCOUNT_ID, regions: [REGION], roleArn: null, externalId: null, profile: null };
  region = openAwsRegion({ connection: { ...account, mode: "operate", brokers: null, dollarsPerHour: 1 }, region: REGION });
  const log = { info: () => undefined, warn: () => undefined, error: console.error };
  runner = await startChanges({
    store: changeStore(store),
    clock: systemClock,
    log,
    settings: DEFAULT_CHANGE_SETTINGS,
    kafka: () => admin,
    aws: () => ({ region, arn: clusterArn(shared) }),
    topicsBy: (clusterId) => (clusterId === "by-msk" ? "msk" : "kafka"),
    onWritten: () => undefined,
    onDeclared: () => undefined,
    submitRevert: async () => undefined,
  });
});

afterAll(async () => {
  await runner.stop();
  await admin.alterQuotas(TENANTS.map((user) => ({ entity: { user }, values: { producer_byte_rate: null } })));
  admin.close();
  region.close();
  await aws.stop();
  vi.unstubAllEnvs();
  await setup.deleteTopics(TOPICS);
  await setup.close();
  await store.close();
});

async function carriedOut(operations: PlannedOperation[]): Promise<{ change: StoredChange; outcomes: string[] }> {
  const { change } = await storeChange(store, intent(operations, { idempotencyKey: randomUUID() }));
  runner.wake();
  await runner.settled(change.id, PATIENCE_MS);
  const ended = await readChange(store, change.id);
  if (ended === null || !isFinished(ended.state)) throw new Error(`The change is ${ended?.state}.`);
  const list = await listOperations(store, change.id, { limit: 1_000 });
  return { change: ended, outcomes: list.map(({ state, message }) => (message === null ? state : `${state}: ${message}`)) };
}

/** What Kafka's own command prints of a topic and of a user's quota. */
const topicTold = (topic: string) => tool(sandbox, shared, "topics", ["--describe", "--topic", topic]);
const quotaTold = (user: string) => tool(sandbox, shared, "configs", ["--describe", "--entity-type", "users", "--entity-name", user]);

describe("changes on real brokers", () => {
  it("a rollout is carried out in batches, and Kafka's own tools show it", async () => {
    made.length = 0;
    const operations = TENANTS.flatMap((tenant) => [
      quota(tenant, "producer_byte_rate", { before: null, phase: "tighten", unit: `tenant:${tenant}` }),
      retention(`${tenant}.orders`, { unit: `tenant:${tenant}` }),
    ]);
    const { change, outcomes } = await carriedOut(operations);
    expect(outcomes).toEqual(operations.map(() => "applied"));
    expect(change.state).toBe("applied");
    const count = (api: string) => made.filter((one) => one === api).length;
    expect([count("IncrementalAlterConfigs"), count("AlterClientQuotas")]).toEqual([2, 2]);
    for (const tenant of [TENANTS[0] ?? "", TENANTS[59] ?? ""]) {
      expect(await topicTold(`${tenant}.orders`)).toContain("retention.ms=86400000");
      expect(await quotaTold(tenant)).toContain("producer_byte_rate=2000000");
    }
  });

  it("takes values away and adds partitions, and tells what the broker refuses in its own words", async () => {
    const [tenant = ""] = TENANTS;
    const size = { kind: "topic-config" as const, clusterId: "shared-1", topic: `${tenant}.orders`, key: "max.message.bytes" };
    const unit = `tenant:${tenant}`;
    const { change, outcomes } = await carriedOut([
      quota(tenant, "producer_byte_rate", { before: "2000000", after: null, unit }),
      retention(`${tenant}.orders`, { before: "86400000", after: null, phase: "loosen", unit }),
      { target: size, before: null, after: "abc", phase: "loosen", unit: "topic:refused", note: null },
      partitions(`${tenant}.orders`, { unit }),
    ]);
    expect(outcomes).toEqual(["applied", "applied", expect.stringContaining("failed: Invalid value abc for configuration"), "applied"]);
    expect(change.state).toBe("partly");
    const told = await topicTold(`${tenant}.orders`);
    expect(told).toContain("PartitionCount: 6");
    expect(told).not.toContain("retention.ms");
    expect(await quotaTold(tenant)).not.toContain("producer_byte_rate");
  });

  it("goes on when a broker is killed in the middle", async () => {
    await waitUntilInSync(shared);
    const operations = TENANTS.slice(1).map((tenant) =>
      retention(`${tenant}.orders`, { before: "86400000", after: "3600000", unit: `tenant:${tenant}` }),
    );
    const node = nodeOf(shared, 2);
    const carrying = carriedOut(operations);
    try {
      await killBroker(node);
      const { outcomes } = await carrying;
      expect(outcomes).toEqual(operations.map(() => "applied"));
      expect(await topicTold(`${TENANTS[1]}.orders`)).toContain("retention.ms=3600000");
    } finally {
      await startBroker(shared, node);
      await waitUntilInSync(shared);
    }
  });

  it("by MSK's API alone: what is changed is there, and every other value is as it was", async () => {
    const topic = `${RUN}.by-msk`;
    const values = async () => {
      const { value } = await admin.readConfigs([{ type: "topic", name: topic }]);
      return new Map(value[0]?.configs.map((config) => [config.name, config.value]));
    };
    const before = await values();
    await waitFor(
      async () => (await region.readTopic(clusterArn(shared), topic)).value !== null,
      PATIENCE_MS,
      () => "MSK does not know the topic",
    );
    const { outcomes } = await carriedOut([retention(topic, { clusterId: "by-msk" }), partitions(topic, { clusterId: "by-msk" })]);
    expect(outcomes).toEqual(["applied", "applied"]);
    expect(await topicTold(topic)).toContain("PartitionCount: 6");
    expect(await values()).toEqual(new Map([...before, ["retention.ms", "86400000"]]));
  });
});
