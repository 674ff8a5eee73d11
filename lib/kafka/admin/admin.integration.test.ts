import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Consumer, type MessagesStream } from "@platformatic/kafka";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResolvedAuthentication, ResolvedConnection } from "@/lib/domain/connection";
import type { MetadataFacts } from "@/lib/domain/facts";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { caFile, issueCertificate } from "@/sandbox/kafka/certificates";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { passwordOf } from "@/sandbox/kafka/secrets";
import { tool } from "@/sandbox/kafka/tool";
import { bootstrap, clusterOf, PORTS, sandboxOf } from "@/sandbox/kafka/topology";
import { type KafkaAdmin, openKafkaAdmin } from "./open-kafka-admin";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
/** What an earlier run left behind does not count. */
const RUN = `adapter-${randomUUID().slice(0, 8)}`;
const ORDERS = `${RUN}.orders`;
const GONE = `${RUN}.gone`;
const LONG = `${RUN}.${"x".repeat(248 - RUN.length)}`;
const COMMITTED = `${RUN} 'group' <b>ünïcode</b>`;
const CONSUMING = `${RUN}-consumer-protocol`;
const SHARING = `${RUN}-share`;
const SECRET = `secret-${RUN}`;
const LIMITED = `${RUN}-limited`;

function connectionOf(authentication: ResolvedAuthentication, more: Partial<ResolvedConnection> = {}): ResolvedConnection {
  return {
    id: "shared-1",
    name: "shared-1",
    mode: "observe",
    bootstrap: bootstrap(shared, "sasl"),
    authentication,
    tls: { ca: readFileSync(caFile(sandbox), "utf8") },
    exporter: null,
    msk: null,
    ...more,
  };
}
const scram = (username: string) => ({ kind: "scram-sha-512", username, password: passwordOf(sandbox, username) }) as const;

let setup: SandboxAdmin;
let admin: KafkaAdmin;

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([
    { name: ORDERS, partitions: 3, configs: { "retention.ms": 3_600_000 } },
    { name: LONG, partitions: 1 },
    { name: GONE, partitions: 1 },
  ]);
  await setup.createUsers([LIMITED]);
  await setup.allow([
    { user: LIMITED, resource: "CLUSTER", operation: "DESCRIBE" },
    { user: LIMITED, resource: "TOPIC", operation: "DESCRIBE", name: `${RUN}.`, prefixed: true },
    { user: LIMITED, resource: "GROUP", operation: "DESCRIBE", name: RUN, prefixed: true },
  ]);
  await setup.setQuotas([{ entity: { user: LIMITED, clientId: null }, limits: { producer_byte_rate: 12_345, request_percentage: 50 } }]);
  const lines = Array.from({ length: 30 }, (_, index) => `key-${index}:value ${index}`).join("\n");
  const parsed = ["--property", "parse.key=true", "--property", "key.separator=:"];
  await tool(sandbox, shared, "produce", ["--topic", ORDERS, ...parsed], { stdin: lines });
  await tool(sandbox, shared, "produce", ["--topic", LONG], { stdin: "one\ntwo" });
  for (const group of [COMMITTED, SECRET]) {
    const reset = ["--reset-offsets", "--to-offset", "2", "--execute", "--group", group];
    await tool(sandbox, shared, "groups", [...reset, "--topic", ORDERS, "--topic", LONG]);
  }
  const consume = ["--topic", ORDERS, "--from-beginning", "--max-messages", "1"];
  await tool(sandbox, shared, "consume", [...consume, "--group", CONSUMING, "--consumer-property", "group.protocol=consumer"]);
  await tool(sandbox, shared, "consumeShared", ["--topic", ORDERS, "--group", SHARING, "--timeout-ms", "4000"]);
  admin = openKafkaAdmin(connectionOf(scram("console")));
});

afterAll(async () => {
  admin.close();
  await setup.setQuotas([{ entity: { user: LIMITED, clientId: null }, limits: { producer_byte_rate: null, request_percentage: null } }]);
  await setup.deleteTopics([ORDERS, LONG, GONE]);
  await setup.close();
});

/** GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG … as Kafka's own command prints it; "-": none. */
const ROW = new RegExp(`^(.+?)\\s+(${RUN}\\.\\S+)\\s+(\\d+)\\s+(\\d+|-)\\s+(\\d+|-)\\s+(\\d+|-)\\s`);

async function lagByTool(): Promise<Map<string, string>> {
  const printed = await tool(sandbox, shared, "groups", ["--describe", "--all-groups", "--offsets"]);
  const rows = new Map<string, string>();
  for (const line of printed.split("\n")) {
    const cells = ROW.exec(line);
    if (cells) rows.set(`${cells[1]}/${cells[2]}/${cells[3]}`, `${cells[4]} of ${cells[5]}, lag ${cells[6]}`);
  }
  return rows;
}

async function lagBySweep(): Promise<Map<string, string>> {
  const { value, problems } = await admin.sweepLag();
  expect(problems).toEqual([]);
  const rows = new Map<string, string>();
  for (const group of value?.groups ?? []) {
    for (const { topic, partition, offset } of group.committed) {
      const end = value?.ends.get(topic)?.[partition] ?? null;
      if (topic.startsWith(`${RUN}.`) && end !== null)
        rows.set(`${group.id}/${topic}/${partition}`, `${offset} of ${end}, lag ${end - offset}`);
    }
  }
  return rows;
}

describe("reading a real cluster", () => {
  it("finds the same lag as Kafka's own command", async () => {
    const theirs = await lagByTool();
    const ours = await lagBySweep();
    expect(ours.get(`${COMMITTED}/${LONG}/0`)).toBe("2 of 2, lag 0");
    for (const [row, lag] of ours) expect(`${row} ${theirs.get(row)}`).toBe(`${row} ${lag}`);
    expect([...theirs].filter(([row, lag]) => !lag.startsWith("-") && !ours.has(row))).toEqual([]);
  });

  it("names groups for what they are", async () => {
    const { value } = await admin.readGroups();
    const types = new Map(value?.map(({ id, type }) => [id, type]));
    expect(types.get(COMMITTED)).toBe("classic");
    expect(types.get(CONSUMING)).toBe("consumer");
    expect(types.get(SHARING)).toBe("share");
    expect(value?.find(({ id }) => id === SHARING)?.committed).toEqual([]);
  });

  it("shows the brokers as they advertise themselves, and no controller that is made up", async () => {
    const { value, problems } = await admin.readMetadata();
    expect(problems).toEqual([]);
    expect(value?.brokers.map(({ id, host, port }) => `${id} ${host}:${port}`).sort()).toEqual(
      shared.nodes.map(({ id, host }) => `${id} ${host}:${PORTS.sasl}`),
    );
    expect(value?.controllerId).toBeNull();
    expect(value?.topics.get(LONG)?.partitions).toHaveLength(1);
    expect(value?.topics.get("__consumer_offsets")?.internal).toBe(true);
  });

  it("reads both ends of a log, and offsets by time", async () => {
    const metadata = (await admin.readMetadata()).value as MetadataFacts;
    const before = (await admin.readEndOffsets(metadata)).value.get(ORDERS);
    expect(before?.reduce((sum: bigint, end) => sum + (end ?? 0n), 0n)).toBe(30n);
    const cut = JSON.stringify({ partitions: [{ topic: LONG, partition: 0, offset: 1 }], version: 1 });
    const file = join(sandbox.dir, `${RUN}.json`);
    writeFileSync(file, cut);
    await tool(sandbox, shared, "deleteRecords", ["--offset-json-file", file]);
    const starts = (await admin.readLogStarts(metadata)).value;
    expect([starts.get(LONG), starts.get(ORDERS)]).toEqual([[1n], [0n, 0n, 0n]]);
    const { value } = await admin.readOffsetsAtTime(metadata, [
      { topic: ORDERS, partition: 0, timestampMs: 0 },
      { topic: ORDERS, partition: 0, timestampMs: 4_102_444_800_000 },
    ]);
    expect(value.map(({ offset, recordTimestampMs }) => [offset, recordTimestampMs === null])).toEqual([
      [0n, false],
      [null, true],
    ]);
  });

  it("reads sizes of every replica and disk", async () => {
    const { value, problems } = await admin.readLogs();
    expect(problems).toEqual([]);
    expect(value?.dirs.map(({ brokerId }) => brokerId).sort()).toEqual([1, 2, 3]);
    expect(value?.dirs.every(({ totalBytes, usableBytes }) => Number(totalBytes) > Number(usableBytes))).toBe(true);
    const replicas = value?.replicas.filter(({ topic }) => topic === ORDERS) ?? [];
    expect(replicas).toHaveLength(9);
    expect(replicas.some(({ sizeBytes }) => sizeBytes > 0)).toBe(true);
  });

  it("reads configurations with where they come from", async () => {
    const { value, problems } = await admin.readConfigs(
      [
        { type: "topic", name: ORDERS },
        { type: "broker", id: 2 },
      ],
      ["retention.ms", "min.insync.replicas", "node.id"],
    );
    expect(problems).toEqual([]);
    const topic = value.find(({ resource }) => resource.type === "topic")?.configs;
    expect(topic?.find(({ name }) => name === "retention.ms")).toMatchObject({ value: "3600000", source: "topic" });
    expect(topic?.find(({ name }) => name === "min.insync.replicas")?.source).not.toBe("topic");
    const broker = value.find(({ resource }) => resource.type === "broker")?.configs;
    expect(broker?.find(({ name }) => name === "node.id")).toMatchObject({ value: "2", source: "static-broker", readOnly: true });
  });

  it("reads quotas, ACLs and SCRAM users", async () => {
    const [quotas, acls, users] = await Promise.all([admin.readQuotas(), admin.readAcls(), admin.readScramUsers()]);
    expect(quotas.value).toContainEqual({
      entity: { user: LIMITED, clientId: null },
      values: { producer_byte_rate: 12_345, request_percentage: 50 },
    });
    expect(acls.value).toContainEqual({
      resourceType: "topic",
      resourceName: `${RUN}.`,
      patternType: "prefixed",
      principal: `User:${LIMITED}`,
      host: "*",
      operation: "describe",
      permission: "allow",
    });
    expect(users.value).toContainEqual({ name: LIMITED, mechanisms: ["SCRAM-SHA-512"] });
  });

  it("knows what every broker speaks and what the sign-in may do", async () => {
    const { value } = await admin.readBrokerVersions();
    expect(value.map(({ brokerId }) => brokerId).sort()).toEqual([1, 2, 3]);
    expect(value[0]?.features.map(({ name }) => name)).toContain("metadata.version");
    expect((await admin.readClusterAccess()).value?.operations).toEqual(expect.arrayContaining(["describe", "describe-configs"]));
  });

  it("signs in with a client certificate as well", async () => {
    const { certificate, key } = await issueCertificate(sandbox, "console");
    const authentication = { kind: "mtls", certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") } as const;
    const byCertificate = openKafkaAdmin(connectionOf(authentication, { bootstrap: bootstrap(shared, "tls") }));
    const { value, problems } = await byCertificate.readGroups();
    byCertificate.close();
    expect(problems).toEqual([]);
    expect(value?.map(({ id }) => id)).toContain(COMMITTED);
  });
});

describe("members of a group", () => {
  it.each(["classic", "consumer"] as const)("of the %s protocol are shown with what they are assigned", async (protocol) => {
    const groupId = `${RUN}-members-${protocol}`;
    const consumer = new Consumer({
      groupId,
      clientId: "adapter-app",
      bootstrapBrokers: bootstrap(shared, "internal"),
      groupProtocol: protocol,
    });
    const stream: MessagesStream<Buffer, Buffer, Buffer, Buffer> = await consumer.consume({ topics: [ORDERS], mode: "earliest" });
    stream.on("data", () => {});
    let seen = await admin.describeGroup(groupId, protocol);
    await waitFor(
      async () => {
        seen = await admin.describeGroup(groupId, protocol);
        return seen.value?.state === "Stable" && seen.value.members.some(({ assigned }) => assigned.length > 0);
      },
      PATIENCE_MS,
      () => `no members: ${JSON.stringify(seen)}`,
    );
    await stream.close();
    await consumer.close();
    expect(seen.value).toMatchObject({ id: groupId, type: protocol, state: "Stable" });
    expect(seen.value?.members).toHaveLength(1);
    expect(seen.value?.members[0]?.clientId).toBe("adapter-app");
    expect(seen.value?.members[0]?.assigned.map(({ topic, partitions }) => [topic, [...partitions].sort()])).toEqual([[ORDERS, [0, 1, 2]]]);
  });

  it("of a share group are read by its own call", async () => {
    expect((await admin.describeGroup(SHARING, "share")).value).toMatchObject({ id: SHARING, type: "share", state: "Empty", members: [] });
  });

  it("are none where there is no group", async () => {
    expect(await admin.describeGroup(`${RUN}-nowhere`, "classic")).toEqual({ value: null, problems: [] });
    expect((await admin.describeGroup(`${RUN}-nowhere`, "consumer")).value).toBeNull();
  });
});

describe("a sign-in that lacks permissions", () => {
  let limited: KafkaAdmin;
  beforeAll(() => {
    limited = openKafkaAdmin(connectionOf(scram(LIMITED)));
  });
  afterAll(() => limited.close());

  it("gets what it may see, and the permission for what it may not", async () => {
    const { value, problems } = await limited.sweepLag();
    expect(value?.groups?.find(({ id }) => id === COMMITTED)?.committed.length).toBeGreaterThan(0);
    const secret = value?.groups?.find(({ id }) => id === SECRET);
    const remedy = `Allow DESCRIBE on group '${SECRET}' to the console's user (with IAM: kafka-cluster:DescribeGroup).`;
    expect(secret).toMatchObject({ committed: [], problem: { code: "forbidden", remedy } });
    expect(problems.some(({ code, operation }) => code === "forbidden" && operation === "OffsetFetch")).toBe(true);
    expect(await limited.describeGroup(SECRET, "classic")).toMatchObject({ value: null, problems: [{ code: "forbidden" }] });
  });

  it("is told of quotas and configurations that it may not read, not that there are none", async () => {
    expect(await limited.readQuotas()).toMatchObject({
      value: null,
      problems: [{ code: "forbidden", remedy: expect.stringContaining("DESCRIBE_CONFIGS on the cluster") }],
    });
    expect(await limited.readConfigs([{ type: "topic", name: ORDERS }])).toMatchObject({
      value: [],
      problems: [{ code: "forbidden", remedy: expect.stringContaining(`DESCRIBE_CONFIGS on topic '${ORDERS}'`) }],
    });
  });

  it("is warned of groups that may be hidden", async () => {
    await setup.disallow([{ user: LIMITED, resource: "CLUSTER", operation: "DESCRIBE" }]);
    const hidden = async () => (await limited.readMetadata()).problems.some(({ operation }) => operation === "ListGroups");
    await waitFor(hidden, PATIENCE_MS, () => "the permission is still there");
    // Each broker applies the change on its own.
    await waitFor(
      async () => (await limited.readLogs()).value === null,
      PATIENCE_MS,
      () => "a broker still shows its logs",
    );
    await setup.allow([{ user: LIMITED, resource: "CLUSTER", operation: "DESCRIBE" }]);
  });
});

it("a topic deleted between two calls costs only itself", async () => {
  const metadata = (await admin.readMetadata()).value as MetadataFacts;
  expect(metadata.topics.has(GONE)).toBe(true);
  await setup.deleteTopics([GONE]);
  await waitFor(
    async () => !(await admin.readMetadata()).value?.topics.has(GONE),
    PATIENCE_MS,
    () => "the topic is still there",
  );
  const { value, problems } = await admin.sweepLag(metadata);
  expect(value?.ends.get(GONE)).toEqual([null]);
  expect(value?.ends.get(ORDERS)?.every((end) => end !== null)).toBe(true);
  expect(problems).toMatchObject([{ code: "unavailable", operation: "ListOffsets", resource: GONE }]);
});
