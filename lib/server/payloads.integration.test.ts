import { randomUUID } from "node:crypto";
import kafkajs, { type IHeaders, type Message, type Transaction } from "kafkajs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { MetadataFacts } from "@/lib/domain/facts";
import type { RecordsView } from "@/lib/domain/views/records";
import { type KafkaAdmin, openKafkaAdmin, openRecordReader, type RecordReader } from "@/lib/kafka";
import { lookAtRecords } from "@/lib/operations/records/look-at-records";
import { contextOf } from "@/lib/operations/testing/context";
import { fleetOf, snapshotOf, topicOf } from "@/lib/operations/testing/fleet";
import { openStore, type Store, setPayloadSwitch } from "@/lib/store";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { passwordOf } from "@/sandbox/kafka/secrets";
import { tool } from "@/sandbox/kafka/tool";
import { bootstrap, clusterOf, sandboxOf } from "@/sandbox/kafka/topology";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const RUN = `payloads-${randomUUID().slice(0, 8)}`;
const LIMITED = `${RUN}-limited`;
const MIB = 1_048_576;
const HOSTILE = `${RUN}.hostile`;
const SPREAD = `${RUN}.spread`;
const LARGE = `${RUN}.large`;
const OPEN = `${RUN}.open`;
const PARTITIONS: Record<string, number> = { [HOSTILE]: 1, [SPREAD]: 3, [LARGE]: 1, [OPEN]: 1 };

/** Headers whose names every object of JavaScript has already, and far more than anybody sends. */
const headers: IHeaders = Object.fromEntries([
  ["constructor", "one"],
  ["__proto__", "two"],
  ...Array.from({ length: 20_000 }, (_, index): [string, string] => [`h${index}`, "x"]),
]);
const MESSAGES: Message[] = [
  { key: "script", value: "<script>alert(1)</script>" },
  { key: "turned", value: "pay \u202e001 to\0" },
  { key: "binary", value: Buffer.from([0xff, 0x00, 0x01]) },
  { key: "tombstone", value: null },
  { key: "empty", value: "" },
  { value: "no key" },
  { key: "headers", value: "v", headers },
];

let setup: SandboxAdmin;
let store: Store;
let admin: KafkaAdmin;
let reader: RecordReader;
let metadata: MetadataFacts;
let undecided: Transaction;
const client = new kafkajs.Kafka({ brokers: bootstrap(shared, "internal"), logLevel: kafkajs.logLevel.NOTHING });
const producer = client.producer();
const transactional = client.producer({ transactionalId: RUN, maxInFlightRequests: 1, idempotent: true });

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics(Object.entries(PARTITIONS).map(([name, partitions]) => ({ name, partitions })));
  await setup.setTopicConfigs(LARGE, { "max.message.bytes": 3 * MIB });
  await setup.createUsers([LIMITED]);
  await setup.allow([{ user: LIMITED, resource: "TOPIC", operation: "DESCRIBE", name: `${RUN}.`, prefixed: true }]);
  await Promise.all([producer.connect(), transactional.connect()]);
  for (const message of MESSAGES) await producer.send({ topic: HOSTILE, messages: [message] });
  const from = Date.now() - 90;
  for (let at = 0; at < 90; at += 1) {
    await producer.send({
      topic: SPREAD,
      messages: [{ partition: at % 3, value: `value ${at}`, timestamp: String(from + at) }],
    });
  }
  for (let at = 0; at < 5; at += 1) {
    await producer.send({ topic: LARGE, messages: [{ key: String(at), value: Buffer.alloc(2 * MIB, "x") }] });
  }
  await producer.send({ topic: OPEN, messages: [{ value: "decided" }] });
  undecided = await transactional.transaction();
  await undecided.send({ topic: OPEN, messages: Array.from({ length: 30 }, () => ({ value: "undecided" })) });
  store = await openStore({ memory: true });
  await setPayloadSwitch(store, "shared-1", { allowed: true, by: "ada", at: new Date().toISOString(), reason: "test" });
  admin = openKafkaAdmin(consoleConnection(sandbox, shared));
  reader = openRecordReader(consoleConnection(sandbox, shared));
  metadata = (await admin.readMetadata()).value as MetadataFacts;
}, 180_000);

afterAll(async () => {
  await undecided.abort();
  await Promise.all([producer.disconnect(), transactional.disconnect()]);
  admin.close();
  reader.close();
  await store.close();
  await setup.deleteTopics(Object.keys(PARTITIONS));
  await setup.close();
});

function contextWith(read: RecordReader, describe: KafkaAdmin = admin) {
  const topics = Object.keys(PARTITIONS).map((topic) => topicOf(topic, { clusterId: "shared-1" }));
  const fleet = fleetOf({ clusters: [snapshotOf("shared-1", { metadata })], topics });
  return contextOf([fleet], { store, kafka: () => describe, sampleRecords: (_id, request) => read.sample(request) });
}

const look = async (input: object, read = reader): Promise<RecordsView> =>
  (await lookAtRecords.run(contextWith(read), { clusterId: "shared-1", ...input })) as RecordsView;

describe("a look at records of real brokers", () => {
  it("shows hostile, binary and missing content as what it is", async () => {
    const { records, problems } = await look({ topic: HOSTILE, partition: 0, offset: "0" });
    expect(problems).toEqual([]);
    const shown = records.map(({ offset, key, value }) => [offset, key?.shown ?? null, value?.form ?? null, value?.shown ?? null]);
    expect(shown).toEqual([
      ["0", "script", "text", "<script>alert(1)</script>"],
      ["1", "turned", "text", "pay \\u{202e}001 to\\u{0}"],
      ["2", "binary", "hex", "ff 00 01"],
      ["3", "tombstone", null, null],
      ["4", "empty", "text", ""],
      ["5", null, "text", "no key"],
      ["6", "headers", "text", "v"],
    ]);
  });

  it("shows a record of very many headers at once, whatever they are called", async () => {
    const [record] = (await look({ topic: HOSTILE, count: 1 })).records;
    expect(record).toMatchObject({ offset: "6", headerCount: 20_002 });
    const named = new Map(record?.headers.map(({ name, value }) => [name, value?.shown]));
    expect([named.get("constructor"), named.get("__proto__"), named.size]).toEqual(["one", "two", 20]);
  });

  it("finds the newest of all partitions, by their time", async () => {
    const { records, partitionsRead, partitions } = await look({ topic: SPREAD, count: 7 });
    expect(records.map(({ value }) => value?.shown)).toEqual([89, 88, 87, 86, 85, 84, 83].map((at) => `value ${at}`));
    expect([partitionsRead, partitions]).toEqual([3, 3]);
    const of = await look({ topic: SPREAD, partition: 1, count: 2 });
    expect(of.records.map(({ value }) => value?.shown)).toEqual(["value 88", "value 85"]);
  });

  it("finds the newest where each is larger than an answer, and shows its beginning", async () => {
    const { records } = await look({ topic: LARGE });
    expect(records.map(({ key }) => key?.shown)).toEqual(["4"]);
    expect(records[0]?.value).toMatchObject({ bytes: 2 * MIB, cut: true, form: "text" });
    expect(records[0]?.value?.shown).toHaveLength(2048);
  });

  it("leaves out what is not decided yet", async () => {
    expect((await look({ topic: OPEN })).records.map(({ value }) => value?.shown)).toEqual(["decided"]);
    expect(await look({ topic: OPEN, partition: 0, offset: "1" })).toMatchObject({ records: [], problems: [] });
  });

  it("names the range where nothing is kept of an offset, and the right that Kafka misses", async () => {
    await expect(look({ topic: SPREAD, partition: 0, offset: "30" })).rejects.toMatchObject({
      code: "invalid",
      details: [{ path: "offset", message: expect.stringContaining("holds 0 to 29") }],
    });
    const authentication = { kind: "scram-sha-512", username: LIMITED, password: passwordOf(sandbox, LIMITED) } as const;
    const connection: ResolvedConnection = { ...consoleConnection(sandbox, shared), authentication };
    const limited = openRecordReader(connection);
    expect(await look({ topic: SPREAD }, limited)).toMatchObject({
      records: [],
      problems: [{ code: "forbidden", remedy: expect.stringContaining(`Allow READ on topic '${SPREAD}'`) }],
    });
    limited.close();
  });

  it("joins no group", async () => {
    expect(await tool(sandbox, shared, "groups", ["--list"])).not.toContain("tenant-console");
  });
});
