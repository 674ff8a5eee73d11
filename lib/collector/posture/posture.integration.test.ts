import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import kafkajs, { type Consumer, type Producer } from "kafkajs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { SAMPLE_BOUNDS } from "@/lib/domain/posture/sample-plan";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import type { AclRule } from "@/sandbox/kafka/acls";
import { openAdmin, type QuotaEntity, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { stopBroker } from "@/sandbox/kafka/broker";
import { startBroker } from "@/sandbox/kafka/cluster";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { tool } from "@/sandbox/kafka/tool";
import { bootstrap, clusterOf, nodeOf, sandboxOf } from "@/sandbox/kafka/topology";
import { findsAndCloses, type Plant, type PostureWorld, startPostureWorld } from "./testing/posture-world";

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
const DAY = 86_400_000;

const connection: ResolvedConnection = consoleConnection(sandbox, shared);

let setup: SandboxAdmin;
let world: PostureWorld;
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
  const tenants = [bridge(ONE, { requirements: { forgetWithinMs: 2 * DAY } }), bridge(TWO), ...POOLED.map(pooled)];
  const tiers = [Tier.parse({ id: "basic", name: "Basic", model: "bridge" })];
  // The console itself may look at everything.
  const services = (["scram", "mtls"] as const).map((kind) => ({
    cluster: "shared-1",
    principal: { kind, name: kind === "scram" ? "console" : "CN=console" },
    role: "ours" as const,
  }));
  world = await startPostureWorld({ run: RUN, connections: [connection], declared: { tiers, tenants, services } });
  await waitFor(
    async () => world.collector.fleet().posture?.has("shared-1") === true && isSampled(),
    PATIENCE_MS,
    () => "nothing was checked",
  );
});

afterAll(async () => {
  for (const consumer of consumers) await consumer.disconnect();
  await producer.disconnect();
  await world.stop();
  await setup.disallow(RULES);
  await setup.setQuotas(QUOTAS.map(({ entity }) => ({ entity, limits: { producer_byte_rate: null, consumer_byte_rate: null } })));
  await setup.deleteTopics(TOPICS);
  await setup.deleteUsers([ONE, TWO, ...POOLED]);
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

const isSampled = (): boolean =>
  world.collector.fleet().posture?.get("shared-1")?.unseen["partitioning.missing-tenant-header"] === undefined;

/** Waits until the console knows of everything that was written: samples are taken from the end that it knows. */
async function readToTheEnd(): Promise<void> {
  const isSeen = async (): Promise<boolean> => {
    await world.read();
    const ends = world.collector.fleet().clusters.get("shared-1")?.ends.get(SHARED) ?? [];
    return ends.length > 0 && ends.every((end) => end !== null && end >= BigInt(produced));
  };
  await waitFor(isSeen, PATIENCE_MS, () => "what was written is not seen");
}

const topicConfig = (key: string, bad: string | number, good: string | number): Pick<Plant, "plant" | "repair"> => ({
  plant: () => setup.setTopicConfigs(ORDERS, { [key]: bad }),
  repair: () => setup.setTopicConfigs(ORDERS, { [key]: good }),
});
const acl = (rule: AclRule): Pick<Plant, "plant" | "repair"> => ({
  plant: () => setup.allow([rule]),
  repair: () => setup.disallow([rule]),
});
const quota = (entity: QuotaEntity, limits: object, back: object): Pick<Plant, "plant" | "repair"> => ({
  plant: () => setup.setQuotas([{ entity, limits }]),
  repair: () => setup.setQuotas([{ entity, limits: back }]),
});
const fair = (partition: number, at: number) => ({ "tenant-id": POOLED[(partition + at) % 3] ?? "" });

/** What the finding says to run, word by word as a shell splits it, with Kafka's own tools. */
async function runLines(rule: string): Promise<void> {
  const commands = String(world.own().find((one) => one.rule === rule)?.evidence.commands);
  for (const line of commands.split("\n")) {
    const words = execFileSync("/bin/sh", ["-c", `printf '%s\\n' ${line}`], {
      encoding: "utf8",
      env: { ...process.env, BOOTSTRAP: "here" },
    }).trimEnd();
    const [program, option, address, ...args] = words.split("\n");
    expect([option, address]).toEqual(["--bootstrap-server", "here"]);
    // Without a terminal nobody can be asked before something is taken away.
    const force = args.includes("--remove") ? ["--force"] : [];
    await tool(sandbox, shared, program === "kafka-acls.sh" ? "acls" : "configs", [...args.slice(2), ...force]);
  }
}

const WIDE: AclRule = { user: TWO, resource: "TOPIC", operation: "READ", name: RUN, prefixed: true };

const PLANTS: [string, Plant][] = [
  [
    "isolation.acl-too-wide",
    {
      plant: () => setup.allow([WIDE]),
      repair: () => runLines("isolation.acl-too-wide"),
      shows: ORDERS,
      afterwards: () => setup.disallow([WIDE]),
    },
  ],
  ["durability.min-isr", { ...topicConfig("min.insync.replicas", 1, 2), repair: () => runLines("durability.min-isr"), shows: ORDERS }],
  ["isolation.acl-too-wide", { ...acl(WIDE), shows: `begin with “${RUN}”` }],
  [
    "isolation.shared-principal",
    { ...acl({ user: `${RUN}-ghost`, resource: "TOPIC", operation: "READ", name: `${RUN}-`, prefixed: true }), shows: `${RUN}-ghost` },
  ],
  ["fairness.no-quota", { ...quota({ user: ONE }, { producer_byte_rate: null }, { producer_byte_rate: 1e6 }), shows: "produce" }],
  [
    "fairness.shadowed-quota",
    {
      ...quota(
        { user: ONE, clientId: null },
        { producer_byte_rate: 2e6, consumer_byte_rate: 2e6 },
        { producer_byte_rate: null, consumer_byte_rate: null },
      ),
      shows: `user ${ONE} with the default client-id`,
    },
  ],
  [
    "durability.partitions",
    {
      plant: () => stopBroker(nodeOf(shared, 3)),
      repair: () => startBroker(shared, nodeOf(shared, 3)),
      shows: ORDERS,
    },
  ],
  [
    "security.unowned-user",
    { plant: () => setup.createUsers([`${RUN}-nobody`]), repair: () => setup.deleteUsers([`${RUN}-nobody`]), shows: `${RUN}-nobody` },
  ],
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
  await world.read();
  const group = world.collector.fleet().groups.get("shared-1")?.get(GROUP);
  return group?.hasMembers === true && group.topics.includes(ORDERS);
}

describe("posture on real brokers", () => {
  it("is silent about what is well", async () => {
    await world.read();
    expect(world.own().map(({ rule, sentence }) => `${rule}: ${sentence}`)).toEqual([]);
  });

  it.each(PLANTS)("finds %s when it is planted, and closes it when it is repaired", (rule, plant) =>
    findsAndCloses(world, rule, plant, readToTheEnd),
  );
});
