import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import kafkajs, { type Consumer, type Producer } from "kafkajs";
import { Registry } from "prom-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Clock, systemClock } from "@/lib/collector/clock";
import { collectorStore } from "@/lib/collector/collector-store";
import { DEFAULT_SETTINGS } from "@/lib/collector/settings";
import { type Collector, startCollector } from "@/lib/collector/start-collector";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { isPostureRule } from "@/lib/domain/posture/rules";
import { SAMPLE_BOUNDS } from "@/lib/domain/posture/sample-plan";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import type { ConditionView } from "@/lib/domain/views/common";
import { openKafkaAdmin, openRecordReader } from "@/lib/kafka";
import { readPrometheus, scrapeExporter } from "@/lib/metrics";
import { importRegistry, listConditions, openStore, type Store } from "@/lib/store";
import type { AclRule } from "@/sandbox/kafka/acls";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { caFile } from "@/sandbox/kafka/certificates";
import { waitFor } from "@/sandbox/kafka/readiness";
import { passwordOf } from "@/sandbox/kafka/secrets";
import { bootstrap, clusterOf, sandboxOf } from "@/sandbox/kafka/topology";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const RUN = `pst-${randomUUID().slice(0, 6)}`;
const [ONE, TWO] = [`${RUN}-one`, `${RUN}-two`];
const POOLED = ["p", "q", "r"].map((name) => `${RUN}-${name}`);
const ORDERS = `${ONE}.orders`;
const CLICKS = `${TWO}.clicks`;
const SHARED = `${RUN}-pool.all`;
const GROUP = `${ONE}.billing`;
const TOPICS = [ORDERS, CLICKS, SHARED];
const PATIENCE_MS = 60_000;
const DAY = 86_400_000;

const connection: ResolvedConnection = {
  id: "shared-1",
  name: "shared-1",
  mode: "observe",
  bootstrap: bootstrap(shared, "sasl"),
  authentication: { kind: "scram-sha-512", username: "console", password: passwordOf(sandbox, "console") },
  tls: { ca: readFileSync(caFile(sandbox), "utf8") },
  exporter: null,
  msk: null,
};

/** Real time with a jump, so that the hour between two samples of a topic passes at once. */
let jumpedMs = 0;
const clock: Clock = { now: () => systemClock.now() + jumpedMs, after: systemClock.after };

let setup: SandboxAdmin;
let store: Store;
let collector: Collector;
let producer: Producer;
const consumers: Consumer[] = [];
const kafka = new kafkajs.Kafka({ brokers: bootstrap(shared, "internal"), logLevel: kafkajs.logLevel.NOTHING });

const bridge = (id: string, more: object = {}) =>
  Tenant.parse({
    id,
    name: id,
    tier: "basic",
    placements: [
      {
        cluster: "shared-1",
        model: "bridge",
        topics: [{ prefix: `${id}.` }],
        groups: [{ prefix: `${id}.` }],
        principals: [{ kind: "scram", name: id }],
      },
    ],
    ...more,
  });
const pooled = (id: string) =>
  Tenant.parse({
    id,
    name: id,
    tier: "basic",
    placements: [
      {
        cluster: "shared-1",
        model: "pool",
        topics: [{ name: SHARED }],
        principals: [{ kind: "scram", name: id }],
        record: { header: "tenant-id" },
      },
    ],
  });

const ownRules = (id: string): AclRule[] => [
  { user: id, resource: "TOPIC", operation: "READ", name: `${id}.`, prefixed: true },
  { user: id, resource: "TOPIC", operation: "WRITE", name: `${id}.`, prefixed: true },
  { user: id, resource: "GROUP", operation: "READ", name: `${id}.`, prefixed: true },
];
const RULES = [ONE, TWO].flatMap(ownRules);
const QUOTAS = [ONE, TWO, ...POOLED].map((user) => ({ entity: { user }, limits: { producer_byte_rate: 1e6, consumer_byte_rate: 1e6 } }));
const HEALTHY = { "retention.ms": DAY, "segment.ms": 3_600_000, "min.insync.replicas": 2, "unclean.leader.election.enable": "false" };

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics(TOPICS.map((name) => ({ name, partitions: 3, replicas: 3, configs: HEALTHY })));
  await setup.createUsers([ONE, TWO, ...POOLED]);
  await setup.allow(RULES);
  await setup.setQuotas(QUOTAS);
  producer = kafka.producer();
  await producer.connect();
  await fill((partition, at) => ({ "tenant-id": POOLED[(partition + at) % 3] ?? "" }));
  store = await openStore({ memory: true });
  const tenants = [bridge(ONE, { requirements: { forgetWithinMs: 2 * DAY } }), bridge(TWO), ...POOLED.map(pooled)];
  const tiers = [Tier.parse({ id: "basic", name: "Basic", model: "bridge" })];
  // The console itself may look at everything.
  const services = (["scram", "mtls"] as const).map((kind) => ({
    cluster: "shared-1",
    principal: { kind, name: kind === "scram" ? "console" : "CN=console" },
    role: "ours" as const,
  }));
  await importRegistry(store, { tiers, tenants, services, sha256: "0".repeat(64) }, "test", new Date());
  collector = await startCollector({
    connections: [connection],
    openAdmin: (each) => openKafkaAdmin(each),
    openProbe: (each) => {
      const admin = openKafkaAdmin(each);
      const records = openRecordReader(each);
      const close = (): void => {
        records.close();
        admin.close();
      };
      return { sample: records.sample, describeGroup: admin.describeGroup, close };
    },
    collected: readPrometheus,
    scrape: scrapeExporter,
    store: collectorStore(store),
    clock,
    settings: { ...DEFAULT_SETTINGS, assembleEveryMs: 200, postureCheckMs: 300, postureEveryMs: 1_000 },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: new Registry(),
  });
  await waitFor(
    async () => collector.fleet().posture?.has("shared-1") === true && isSampled(),
    PATIENCE_MS,
    () => "nothing was checked",
  );
});

afterAll(async () => {
  for (const consumer of consumers) await consumer.disconnect();
  await producer.disconnect();
  await collector.stop();
  await store.close();
  await setup.disallow(RULES);
  await setup.setQuotas(QUOTAS.map(({ entity }) => ({ entity, limits: { producer_byte_rate: null, consumer_byte_rate: null } })));
  await setup.deleteTopics(TOPICS);
  await setup.close();
});

/** Records written to each partition of the shared topic. */
let produced = 0;

/** More records of each partition than a sample takes, so that the newest are all that is seen. */
async function fill(headers: (partition: number, at: number) => Record<string, string>): Promise<void> {
  const messages = [0, 1, 2].flatMap((partition) =>
    Array.from({ length: SAMPLE_BOUNDS.recordsPerPartition + 10 }, (_, at) => ({
      partition,
      value: "{}",
      headers: headers(partition, at),
    })),
  );
  produced += messages.length / 3;
  for (let from = 0; from < messages.length; from += 50) await producer.send({ topic: SHARED, messages: messages.slice(from, from + 50) });
}

const isSampled = (): boolean => collector.fleet().posture?.get("shared-1")?.unseen["partitioning.missing-tenant-header"] === undefined;

/** Findings that are about what this test made. */
function own(): ConditionView[] {
  return collector.fleet().conditions.filter((one) => isPostureRule(one.rule) && JSON.stringify([one.subject, one.evidence]).includes(RUN));
}

async function read(): Promise<void> {
  await collector.refresh("shared-1", ["metadata", "offsets", "starts", "acls", "quotas", "scram", "configs"]);
}

/** Waits until the console knows of everything that was written: samples are taken from the end that it knows. */
async function readToTheEnd(): Promise<void> {
  const isSeen = async (): Promise<boolean> => {
    await read();
    const ends = collector.fleet().clusters.get("shared-1")?.ends.get(SHARED) ?? [];
    return ends.length > 0 && ends.every((end) => end !== null && end >= BigInt(produced));
  };
  await waitFor(isSeen, PATIENCE_MS, () => "what was written is not seen");
}

/** Every topic may be sampled again, and every group counted. */
function passAnHour(): void {
  jumpedMs += SAMPLE_BOUNDS.everyMs + 1_000;
}

interface Plant {
  plant: () => Promise<unknown>;
  repair: () => Promise<unknown>;
  /** What the evidence or the sentence holds. */
  shows: string;
  hourly?: true;
}

const topicConfig = (key: string, bad: string | number, good: string | number): Pick<Plant, "plant" | "repair"> => ({
  plant: () => setup.setTopicConfigs(ORDERS, { [key]: bad }),
  repair: () => setup.setTopicConfigs(ORDERS, { [key]: good }),
});
const acl = (rule: AclRule): Pick<Plant, "plant" | "repair"> => ({
  plant: () => setup.allow([rule]),
  repair: () => setup.disallow([rule]),
});
const quota = (entity: { user: string }, limits: object, back: object): Pick<Plant, "plant" | "repair"> => ({
  plant: () => setup.setQuotas([{ entity, limits }]),
  repair: () => setup.setQuotas([{ entity, limits: back }]),
});
const fair = (partition: number, at: number) => ({ "tenant-id": POOLED[(partition + at) % 3] ?? "" });

const PLANTS: [string, Plant][] = [
  [
    "isolation.acl-too-wide",
    { ...acl({ user: TWO, resource: "TOPIC", operation: "READ", name: RUN, prefixed: true }), shows: `begin with “${RUN}”` },
  ],
  [
    "isolation.shared-principal",
    { ...acl({ user: `${RUN}-ghost`, resource: "TOPIC", operation: "READ", name: `${RUN}-`, prefixed: true }), shows: `${RUN}-ghost` },
  ],
  ["fairness.no-quota", { ...quota({ user: ONE }, { producer_byte_rate: null }, { producer_byte_rate: 1e6 }), shows: "produce" }],
  ["erasure.late", { ...topicConfig("retention.ms", 14 * DAY, DAY), shows: ORDERS }],
  ["durability.min-isr", { ...topicConfig("min.insync.replicas", 1, 2), shows: ORDERS }],
  ["durability.unclean-election", { ...topicConfig("unclean.leader.election.enable", "true", "false"), shows: ORDERS }],
  [
    "durability.replication-factor",
    {
      plant: () => setup.createTopics([{ name: `${ONE}.thin`, partitions: 1, replicas: 1, configs: HEALTHY }]),
      repair: () => setup.deleteTopics([`${ONE}.thin`]),
      shows: `${ONE}.thin`,
    },
  ],
  [
    "parallelism.idle-members",
    {
      plant: async () => {
        for (let member = 0; member < 4; member += 1) {
          const consumer = kafka.consumer({ groupId: GROUP });
          await consumer.connect();
          await consumer.subscribe({ topics: [ORDERS], fromBeginning: true });
          await consumer.run({ eachMessage: async () => undefined });
          consumers.push(consumer);
        }
        await producer.send({ topic: ORDERS, messages: [{ value: "x" }] });
        await waitFor(
          async () => grouped(),
          PATIENCE_MS,
          () => "the group is not seen with members and commits",
        );
      },
      repair: async () => {
        for (const consumer of consumers.splice(0)) await consumer.disconnect();
      },
      shows: GROUP,
      hourly: true,
    },
  ],
  [
    "partitioning.missing-tenant-header",
    {
      plant: () => fill((partition, at) => (at % 20 === 0 ? {} : fair(partition, at))),
      repair: () => fill(fair),
      shows: SHARED,
      hourly: true,
    },
  ],
  [
    "partitioning.partition-per-tenant",
    { plant: () => fill((partition) => ({ "tenant-id": POOLED[partition] ?? "" })), repair: () => fill(fair), shows: SHARED, hourly: true },
  ],
  [
    "partitioning.client-side-encryption",
    {
      plant: () => fill((partition, at) => ({ ...fair(partition, at), "enc-key-id": `key of ${fair(partition, at)["tenant-id"]}` })),
      repair: () => fill(fair),
      shows: "enc-key-id",
      hourly: true,
    },
  ],
];

async function grouped(): Promise<boolean> {
  await read();
  const group = collector.fleet().groups.get("shared-1")?.get(GROUP);
  return group?.hasMembers === true && group.topics.includes(ORDERS);
}

describe("posture on real brokers", () => {
  it("is silent about what is well", { timeout: 60_000 }, async () => {
    await read();
    expect(own().map(({ rule, sentence }) => `${rule}: ${sentence}`)).toEqual([]);
  });

  it.each(PLANTS)(
    "finds %s when it is planted, and closes it when it is repaired",
    { timeout: 180_000 },
    async (rule, { plant, repair, shows, hourly }) => {
      const found = () => own().find((one) => one.rule === rule);
      await plant();
      await readToTheEnd();
      if (hourly) passAnHour();
      await waitFor(
        async () => {
          await read();
          return found() !== undefined;
        },
        PATIENCE_MS,
        () => `${rule} is not found`,
      );
      const finding = found();
      expect(`${finding?.sentence} ${JSON.stringify(finding?.evidence)}`).toContain(shows);
      await waitFor(
        async () => (await listConditions(store)).some(({ id }) => id === finding?.id),
        PATIENCE_MS,
        () => `${rule} is not written down`,
      );
      await repair();
      await readToTheEnd();
      if (hourly) passAnHour();
      await waitFor(
        async () => {
          await read();
          return found() === undefined;
        },
        PATIENCE_MS,
        () => `${rule} does not end: ${JSON.stringify(found())}`,
      );
      await waitFor(
        async () => !(await listConditions(store)).some(({ id }) => id === finding?.id),
        PATIENCE_MS,
        () => `${rule} is not closed`,
      );
      expect(own()).toEqual([]);
    },
  );
});
