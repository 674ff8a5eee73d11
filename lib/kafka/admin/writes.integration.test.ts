import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { QuotaWrite, WriteAnswer } from "@/lib/domain/writes";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { caFile } from "@/sandbox/kafka/certificates";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { passwordOf } from "@/sandbox/kafka/secrets";
import { tool } from "@/sandbox/kafka/tool";
import { bootstrap, clusterOf, sandboxOf } from "@/sandbox/kafka/topology";
import { type KafkaAdmin, openKafkaAdmin } from "./open-kafka-admin";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const RUN = `writes-${randomUUID().slice(0, 8)}`;
const ORDERS = `${RUN}.orders`;
const LONG = `${RUN}.${"x".repeat(248 - RUN.length)}`;
const GROWING = `${RUN}.growing`;
const OTHER = `${RUN}.other`;
const MANY = Array.from({ length: 101 }, (_, index) => `${RUN}.many-${index}`);
const WATCHER = `${RUN}-watcher`;
const QUOTED = `${RUN} it's "quoted" <b>ünïcode</b> 日本`;
const LONG_NAME = `${RUN}-${"n".repeat(248 - RUN.length)}`;

const done: WriteAnswer = { ok: true };
const made: string[] = [];
let setup: SandboxAdmin;
let admin: KafkaAdmin;

function open(username: string): KafkaAdmin {
  const connection: ResolvedConnection = {
    id: "shared-1",
    name: "shared-1",
    mode: "operate",
    bootstrap: bootstrap(shared, "sasl"),
    authentication: { kind: "scram-sha-512", username, password: passwordOf(sandbox, username) },
    tls: { ca: readFileSync(caFile(sandbox), "utf8") },
    exporter: null,
    msk: null,
  };
  return openKafkaAdmin(connection, { onRequest: ({ api }) => made.push(api) });
}

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([
    ...[ORDERS, LONG, GROWING, OTHER].map((name) => ({ name, partitions: 2 })),
    ...MANY.map((name) => ({ name, partitions: 1, replicas: 1 })),
  ]);
  await setup.createUsers([WATCHER]);
  await setup.allow([
    { user: WATCHER, resource: "CLUSTER", operation: "DESCRIBE" },
    { user: WATCHER, resource: "TOPIC", operation: "DESCRIBE", name: `${RUN}.`, prefixed: true },
  ]);
  admin = open("console");
});

afterAll(async () => {
  admin.close();
  await setup.deleteTopics([ORDERS, LONG, GROWING, OTHER, ...MANY]);
  await setup.close();
});

/** What Kafka's own command prints of the topics' own values, by topic. */
async function ownValues(...topics: string[]): Promise<Record<string, Record<string, string>>> {
  const named = topics.length === 1 ? ["--entity-name", topics[0] ?? ""] : [];
  const printed = await tool(sandbox, shared, "configs", ["--describe", "--entity-type", "topics", ...named]);
  const values: Record<string, Record<string, string>> = {};
  let current: Record<string, string> = {};
  for (const line of printed.split("\n")) {
    const topic = /^Dynamic configs for topic (\S+) are:/.exec(line)?.[1];
    if (topic !== undefined) values[topic] = current = {};
    const [, key, value] = /^ {2}(\S+?)=(.*) sensitive=/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) current[key] = value;
  }
  return values;
}

/** The lines Kafka's own command prints of quotas: "Quota configs for user-principal 'x' are …". */
async function quotaLines(): Promise<string[]> {
  const kinds = [["users"], ["clients"], ["users", "clients"]];
  const printed = await Promise.all(
    kinds.map((types) => tool(sandbox, shared, "configs", ["--describe", ...types.flatMap((type) => ["--entity-type", type])])),
  );
  return [...new Set(printed.join("\n").split("\n"))].filter((line) => line.startsWith("Quota configs") && line.includes(RUN));
}

/** A broker answers old values for a moment: each applies the change on its own. */
async function until(check: () => Promise<boolean>, what: string): Promise<void> {
  await waitFor(check, PATIENCE_MS, () => what);
}

function refusal(answer: WriteAnswer | undefined) {
  if (answer === undefined || answer.ok) throw new Error("not refused");
  return { ...answer.problem, uncertain: answer.uncertain };
}

describe("topic settings", () => {
  it("are set and taken away, and other values stay", async () => {
    const write = (entries: { key: string; value: string | null }[]) =>
      admin.alterTopicConfigs([ORDERS, LONG].map((topic) => ({ topic, entries })));
    const first = await write([
      { key: "retention.ms", value: "7200000" },
      { key: "max.message.bytes", value: "300000" },
    ]);
    expect(first).toEqual([done, done]);
    const both = { "retention.ms": "7200000", "max.message.bytes": "300000" };
    await until(async () => (await ownValues(LONG))[LONG]?.["retention.ms"] === "7200000", "retention is not there");
    expect(await ownValues()).toMatchObject({ [ORDERS]: both, [LONG]: both });
    expect(await write([{ key: "retention.ms", value: null }])).toEqual([done, done]);
    await until(async () => (await ownValues(ORDERS))[ORDERS]?.["retention.ms"] === undefined, "retention is still there");
    expect((await ownValues(ORDERS))[ORDERS]).toEqual({ "max.message.bytes": "300000" });
    await until(async () => {
      const { value } = await admin.readConfigs([{ type: "topic", name: ORDERS }], ["retention.ms", "max.message.bytes"]);
      const sources = Object.fromEntries(value[0]?.configs.map(({ name, source }) => [name, source]) ?? []);
      return sources["retention.ms"] !== "topic" && sources["max.message.bytes"] === "topic";
    }, "the reading does not follow");
  });

  it("are refused one by one, with the broker's own sentence", async () => {
    const set = (topic: string, value: string) => ({ topic, entries: [{ key: "max.message.bytes", value }] });
    const answers = await admin.alterTopicConfigs([set(ORDERS, "400000"), set(LONG, "abc"), set(`${RUN}.none`, "1"), set("it's", "1")]);
    expect(answers[0]).toEqual(done);
    expect(refusal(answers[1])).toEqual({
      code: "invalid",
      operation: "IncrementalAlterConfigs",
      message: "Invalid value abc for configuration max.message.bytes: Not a number of type INT (INVALID_CONFIG)",
      resource: LONG,
      uncertain: false,
    });
    expect(refusal(answers[2])).toMatchObject({ code: "unavailable", message: expect.stringContaining(`${RUN}.none`), uncertain: false });
    expect(refusal(answers[3])).toMatchObject({ message: expect.stringContaining("it's"), uncertain: false });
    await until(async () => (await ownValues(ORDERS))[ORDERS]?.["max.message.bytes"] === "400000", "the good one is not there");
    expect((await ownValues(LONG))[LONG]).toEqual({ "max.message.bytes": "300000" });
  });

  it("take one request for a hundred topics", async () => {
    made.length = 0;
    const entries = [{ key: "retention.ms", value: "3600000" }];
    const answers = await admin.alterTopicConfigs(MANY.map((topic) => ({ topic, entries })));
    expect(answers).toEqual(MANY.map(() => done));
    expect(made.filter((api) => api === "IncrementalAlterConfigs")).toHaveLength(2);
    await until(async () => {
      const values = await ownValues();
      return MANY.every((topic) => values[topic]?.["retention.ms"] === "3600000");
    }, "not all topics have it");
  });
});

describe("quotas", () => {
  const rules = (values: QuotaWrite["values"]): QuotaWrite[] => [
    { entity: { user: QUOTED }, values },
    { entity: { clientId: LONG_NAME }, values },
    { entity: { user: `${RUN}-pair`, clientId: QUOTED }, values },
    { entity: { user: LONG_NAME, clientId: null }, values },
  ];

  it("of users, client-ids, pairs and defaults are set, changed and removed", async () => {
    expect(await admin.alterQuotas(rules({ producer_byte_rate: 1_048_576, request_percentage: 50.5 }))).toEqual(Array(4).fill(done));
    await until(async () => (await quotaLines()).length === 4, "not all rules are there");
    for (const line of await quotaLines()) {
      expect(line).toContain("producer_byte_rate=1048576.0");
      expect(line).toContain("request_percentage=50.5");
    }
    const { value } = await admin.readQuotas();
    expect(value).toContainEqual({ entity: { user: QUOTED }, values: { producer_byte_rate: 1_048_576, request_percentage: 50.5 } });
    const change = { producer_byte_rate: 2_000_000, request_percentage: null };
    expect(await admin.alterQuotas(rules(change))).toEqual(Array(4).fill(done));
    const changed = (lines: string[]) => lines.length === 4 && lines.every((line) => line.endsWith("producer_byte_rate=2000000.0"));
    await until(async () => changed(await quotaLines()), "not all rules are changed");
    const printed = (await quotaLines()).join("\n");
    for (const name of [`'${QUOTED}'`, `'${LONG_NAME}'`, `'${RUN}-pair', client-id '${QUOTED}'`]) expect(printed).toContain(name);
    expect(printed).toContain(`user-principal '${LONG_NAME}', the default client-id`);
    expect(await admin.alterQuotas(rules({ producer_byte_rate: null }))).toEqual(Array(4).fill(done));
    await until(async () => (await quotaLines()).length === 0, "rules are left");
  });

  it("of the default user are set and removed", async () => {
    const values = { connection_creation_rate: null, controller_mutation_rate: 987_654 };
    expect(await admin.alterQuotas([{ entity: { user: null }, values }])).toEqual([done]);
    const described = () => tool(sandbox, shared, "configs", ["--describe", "--entity-type", "users", "--entity-default"]);
    await until(async () => (await described()).includes("controller_mutation_rate=987654.0"), "the default is not there");
    expect(await admin.alterQuotas([{ entity: { user: null }, values: { controller_mutation_rate: null } }])).toEqual([done]);
    await until(async () => !(await described()).includes("controller_mutation_rate"), "the default is left");
  });

  it("are refused one by one, with the broker's own sentence", async () => {
    const answers = await admin.alterQuotas([
      { entity: { user: `${RUN}-zero` }, values: { producer_byte_rate: 0 } },
      { entity: {}, values: { producer_byte_rate: 1 } },
      { entity: { ip: "10.0.0.1" }, values: { producer_byte_rate: 1 } },
    ]);
    expect(answers.map((answer) => refusal(answer))).toMatchObject([
      { code: "invalid", resource: `user ${RUN}-zero`, message: expect.stringContaining("producer_byte_rate"), uncertain: false },
      { code: "invalid", uncertain: false },
      { code: "invalid", resource: "address 10.0.0.1", uncertain: false },
    ]);
  });

  it("take one request for two hundred entities", async () => {
    made.length = 0;
    const entities = Array.from({ length: 201 }, (_, index) => ({ user: `${RUN}-${index}` }));
    const write = (value: number | null) =>
      admin.alterQuotas(entities.map((entity) => ({ entity, values: { consumer_byte_rate: value } })));
    expect(await write(5_000)).toEqual(entities.map(() => done));
    expect(made.filter((api) => api === "AlterClientQuotas")).toHaveLength(2);
    const ours = async () => (await admin.readQuotas()).value?.filter(({ entity }) => entity.user?.startsWith(`${RUN}-`)).length;
    await until(async () => (await ours()) === 201, "not all rules are there");
    await write(null);
    await until(async () => (await ours()) === 0, "rules are left");
  });
});

describe("partitions", () => {
  const counts = async () => {
    const printed = await tool(sandbox, shared, "topics", ["--describe", "--topic", `${RUN}\\.(growing|other)`]);
    const found = [...printed.matchAll(/Topic: (\S+)\s+TopicId: \S+\s+PartitionCount: (\d+)/g)];
    return Object.fromEntries(found.map(([, topic, count]) => [topic?.slice(RUN.length + 1), Number(count)]));
  };

  it("are added, and never taken away: the broker says so itself", async () => {
    expect(await admin.createPartitions([{ topic: GROWING, count: 5 }])).toEqual([done]);
    await until(async () => (await counts()).growing === 5, "the topic has not grown");
    const answers = await admin.createPartitions([
      { topic: GROWING, count: 3 },
      { topic: OTHER, count: 3 },
      { topic: `${RUN}.none`, count: 3 },
    ]);
    expect(refusal(answers[0])).toEqual({
      code: "invalid",
      operation: "CreatePartitions",
      message: `The topic ${GROWING} currently has 5 partition(s); 3 would not be an increase. (INVALID_PARTITIONS)`,
      resource: GROWING,
      uncertain: false,
    });
    expect(answers[1]).toEqual(done);
    expect(refusal(answers[2])).toMatchObject({ code: "unavailable", resource: `${RUN}.none` });
    await until(async () => (await counts()).other === 3, "the other has not grown");
  });

  it("are not mixed up between two calls at the same time", async () => {
    const [lower, higher] = await Promise.all([
      admin.createPartitions([{ topic: GROWING, count: 1 }]),
      admin.createPartitions([{ topic: OTHER, count: 4 }]),
    ]);
    expect(refusal(lower[0]).message).toContain("1 would not be an increase");
    expect(higher).toEqual([done]);
    await until(async () => (await counts()).other === 4, "the other has not grown");
  });
});

it("a check changes nothing, and tells what would be refused", async () => {
  const check = { validateOnly: true };
  const before = await ownValues(ORDERS);
  const entries = [{ key: "retention.ms", value: "1" }];
  expect(await admin.alterTopicConfigs([{ topic: ORDERS, entries }], check)).toEqual([done]);
  expect(await admin.alterQuotas([{ entity: { user: `${RUN}-checked` }, values: { producer_byte_rate: 1 } }], check)).toEqual([done]);
  expect(await admin.createPartitions([{ topic: ORDERS, count: 9 }], check)).toEqual([done]);
  const wrong = await admin.alterTopicConfigs([{ topic: ORDERS, entries: [{ key: "retention.ms", value: "soon" }] }], check);
  expect(refusal(wrong[0])).toMatchObject({ code: "invalid", message: expect.stringContaining("soon") });
  const fewer = await admin.createPartitions([{ topic: ORDERS, count: 1 }], check);
  expect(refusal(fewer[0]).message).toContain("1 would not be an increase");
  // A real change of another topic is applied after what came before it.
  await admin.alterTopicConfigs([{ topic: OTHER, entries: [{ key: "retention.ms", value: "5400000" }] }]);
  await until(async () => (await ownValues(OTHER))[OTHER]?.["retention.ms"] === "5400000", "the mark is not there");
  expect(await ownValues(ORDERS)).toEqual(before);
  expect(await quotaLines()).toEqual([]);
  expect(await tool(sandbox, shared, "topics", ["--describe", "--topic", ORDERS])).toContain("PartitionCount: 2");
});

it("a sign-in that may not change anything is told what it lacks", async () => {
  const watcher = open(WATCHER);
  const [configs] = await watcher.alterTopicConfigs([{ topic: ORDERS, entries: [{ key: "retention.ms", value: "1" }] }]);
  const [quota] = await watcher.alterQuotas([{ entity: { user: WATCHER }, values: { producer_byte_rate: 1 } }]);
  const [partitions] = await watcher.createPartitions([{ topic: ORDERS, count: 9 }]);
  watcher.close();
  expect([configs, quota, partitions].map((answer) => refusal(answer))).toMatchObject([
    { code: "forbidden", uncertain: false, remedy: expect.stringContaining(`ALTER_CONFIGS on topic '${ORDERS}'`) },
    { code: "forbidden", uncertain: false, remedy: expect.stringContaining("kafka-cluster:AlterClusterDynamicConfiguration") },
    { code: "forbidden", uncertain: false, remedy: expect.stringContaining(`ALTER on topic '${ORDERS}'`) },
  ]);
});
