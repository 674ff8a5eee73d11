import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Consumer } from "@platformatic/kafka";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { RecordFact } from "@/lib/domain/facts";
import { checkConnection, openRecordReader, sampleRecords } from "@/lib/kafka";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { caFile, issueCertificate } from "@/sandbox/kafka/certificates";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { passwordOf } from "@/sandbox/kafka/secrets";
import { tool } from "@/sandbox/kafka/tool";
import { bootstrap, clusterOf, nodeOf, PORTS, sandboxOf } from "@/sandbox/kafka/topology";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const RUN = `records-${randomUUID().slice(0, 8)}`;
const LIMITED = `${RUN}-limited`;
const CODECS = ["none", "gzip", "snappy", "lz4", "zstd"] as const;
const topicOf = (codec: string) => `${RUN}.${codec}`;

function connectionOf(more: Partial<ResolvedConnection> = {}): ResolvedConnection {
  return { ...consoleConnection(sandbox, shared), ...more };
}

let setup: SandboxAdmin;

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([...CODECS, "rolled-back"].map((codec) => ({ name: topicOf(codec), partitions: 1 })));
  await setup.createUsers([LIMITED]);
  await setup.allow([{ user: LIMITED, resource: "TOPIC", operation: "DESCRIBE", name: `${RUN}.`, prefixed: true }]);
  const parsed = ["parse.headers=true", "parse.key=true"].flatMap((property) => ["--property", property]);
  const lines = Array.from(
    { length: 50 },
    (_, index) => `tenant:t-${index % 3},trace:${index},trace:again\tkey-${index}\t${"value ".repeat(20)}${index}`,
  );
  for (const codec of CODECS) {
    const args = [
      "--topic",
      topicOf(codec),
      ...parsed,
      "--producer-property",
      `compression.type=${codec}`,
      "--producer-property",
      "linger.ms=200",
    ];
    await tool(sandbox, shared, "produce", args, { stdin: lines.join("\n") });
  }
});

afterAll(async () => {
  await setup.deleteTopics([...CODECS, "rolled-back"].map(topicOf));
  await setup.close();
});

interface Shown {
  offset: bigint;
  key: string | undefined;
  value: string | undefined;
  headers: string[];
}

const shown = ({ offset, key, value, headers }: RecordFact): Shown => ({
  offset,
  key: key?.toString(),
  value: value?.toString(),
  headers: headers.map((header) => `${header.name}=${header.value?.toString()}`),
});

/** The same records by the other client, which shares no code with the one that samples. */
async function fetchedByOther(topic: string, offset: bigint, count: number): Promise<Shown[]> {
  const consumer = new Consumer({ groupId: RUN, clientId: RUN, bootstrapBrokers: bootstrap(shared, "internal") });
  const metadata = await consumer.metadata({ topics: [topic] });
  const found = metadata.topics.get(topic);
  const answer = await consumer.fetch({
    node: found?.partitions[0]?.leader ?? -1,
    topics: [
      {
        topicId: found?.id ?? "",
        partitions: [{ partition: 0, currentLeaderEpoch: -1, fetchOffset: offset, lastFetchedEpoch: -1, partitionMaxBytes: 1_000_000 }],
      },
    ],
  });
  await consumer.close(true);
  const batches = answer.responses[0]?.partitions[0]?.records ?? [];
  const records = batches.flatMap((batch) =>
    batch.records.map((record) => ({
      offset: batch.firstOffset + BigInt(record.offsetDelta),
      key: record.key?.toString(),
      value: record.value?.toString(),
      headers: [...record.headers].map(([name, value]) => `${name}=${value}`),
    })),
  );
  return records.filter((record) => record.offset >= offset).slice(0, count);
}

describe("a sample of records", () => {
  it.each(CODECS)("packed with %s is what the other client reads", async (codec) => {
    const request = { topic: topicOf(codec), partition: 0, offset: 7n, maxBytes: 100_000, maxRecords: 20 };
    const { value, problems } = await sampleRecords(connectionOf(), request);
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ endOffset: 50n, logStartOffset: 0n, nextOffset: 27n });
    const records = value?.records.map(shown) ?? [];
    expect(records[0]).toEqual({
      offset: 7n,
      key: "key-7",
      value: `${"value ".repeat(20)}7`,
      headers: ["tenant=t-1", "trace=7", "trace=again"],
    });
    const theirs = await fetchedByOther(topicOf(codec), 7n, 20);
    expect(records.map(({ headers: _headers, ...record }) => record)).toEqual(theirs.map(({ headers: _headers, ...record }) => record));
    // The other client keeps one value of a repeated header.
    for (const [index, { headers }] of theirs.entries()) expect(records[index]?.headers).toEqual(expect.arrayContaining(headers));
  });

  it("joins no group and commits nothing", async () => {
    await sampleRecords(connectionOf(), { topic: topicOf("none"), partition: 0, offset: 0n, maxBytes: 1_000, maxRecords: 1 });
    expect(await tool(sandbox, shared, "groups", ["--list"])).not.toContain("tenant-console");
  });

  it("is read again over connections that are kept", async () => {
    const reader = openRecordReader(connectionOf());
    const at = (offset: bigint) => reader.sample({ topic: topicOf("zstd"), partition: 0, offset, maxBytes: 1_000, maxRecords: 1 });
    expect((await at(0n)).value?.records[0]?.offset).toBe(0n);
    expect((await at(49n)).value?.records[0]?.offset).toBe(49n);
    expect(await at(50n)).toMatchObject({ value: { records: [], nextOffset: 50n, endOffset: 50n }, problems: [] });
    reader.close();
  });

  it("passes over what was rolled back", async () => {
    const client = new kafkajs.Kafka({ brokers: bootstrap(shared, "internal"), logLevel: kafkajs.logLevel.NOTHING });
    const producer = client.producer({ transactionalId: RUN, maxInFlightRequests: 1, idempotent: true });
    await producer.connect();
    const send = async (value: string, end: "commit" | "abort") => {
      const transaction = await producer.transaction();
      await transaction.send({ topic: topicOf("rolled-back"), messages: [{ value }] });
      await transaction[end]();
    };
    await send("lost", "abort");
    await send("kept", "commit");
    await producer.disconnect();
    const { value } = await sampleRecords(connectionOf(), {
      topic: topicOf("rolled-back"),
      partition: 0,
      offset: 0n,
      maxBytes: 1_000,
      maxRecords: 10,
    });
    expect(value?.records.map(({ value: bytes }) => bytes?.toString())).toEqual(["kept"]);
    expect(value?.nextOffset).toBe(4n);
  });

  it("says why there is none", async () => {
    const request = { topic: topicOf("none"), partition: 0, offset: 0n, maxBytes: 1_000, maxRecords: 1 };
    expect(await sampleRecords(connectionOf(), { ...request, topic: `${RUN}.nowhere` })).toMatchObject({
      value: null,
      problems: [{ code: "unavailable" }],
    });
    expect(await sampleRecords(connectionOf(), { ...request, partition: 9 })).toMatchObject({
      value: null,
      problems: [{ code: "unavailable" }],
    });
    expect(await sampleRecords(connectionOf(), { ...request, offset: 1_000n })).toMatchObject({
      value: null,
      problems: [{ message: expect.stringContaining("OFFSET_OUT_OF_RANGE") }],
    });
    const authentication = { kind: "scram-sha-512", username: LIMITED, password: passwordOf(sandbox, LIMITED) } as const;
    expect(await sampleRecords(connectionOf({ authentication }), request)).toMatchObject({
      value: null,
      problems: [
        { code: "forbidden", remedy: `Allow READ on topic '${request.topic}' to the console's user (with IAM: kafka-cluster:ReadData).` },
      ],
    });
  });
});

describe("the check of a connection", () => {
  const first = nodeOf(shared, 1);
  const scram = { kind: "scram-sha-512", username: "console", password: "wrong" } as const;
  const only = (port: number) => [`${first.host}:${port}`];

  it("finds the brokers that the cluster advertises, and reaches each", async () => {
    const { value, problems } = await checkConnection(connectionOf({ bootstrap: only(PORTS.sasl) }));
    expect(problems).toEqual([]);
    expect(value.signedIn).toBe(true);
    expect(value.kafkaClusterId).toMatch(/^[\w-]{22}$/);
    expect(value.brokers.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
    expect(value.addresses.map(({ address }) => address).sort()).toEqual(bootstrap(shared, "sasl"));
  });

  it("lets a client certificate in, and names a missing one", async () => {
    const { certificate, key } = await issueCertificate(sandbox, "console");
    const authentication = { kind: "mtls", certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") } as const;
    expect((await checkConnection(connectionOf({ bootstrap: only(PORTS.tls), authentication }))).value.signedIn).toBe(true);
    const without = await checkConnection(connectionOf({ bootstrap: only(PORTS.tls), authentication: { kind: "none" } }));
    expect(without.problems).toMatchObject([{ code: "authentication", message: expect.stringContaining("client certificate") }]);
  });

  it.each([
    ["a wrong password", { authentication: scram }, "authentication", /refused the SCRAM-SHA-512 sign-in/],
    ["another mechanism", { authentication: { ...scram, kind: "plain" } as const }, "authentication", /does not accept PLAIN/],
    ["an unknown authority", { tls: {} }, "unreachable", /unknown authority/],
    [
      "another name in the certificate",
      { tls: { ca: readFileSync(caFile(sandbox), "utf8"), serverName: "elsewhere.example" } },
      "unreachable",
      /another name/,
    ],
    ["no TLS where TLS is expected", { tls: null }, "unreachable", /closed the connection/],
    ["TLS where there is none", { bootstrap: only(PORTS.internal) }, "unreachable", /does not speak TLS/],
    ["a closed port", { bootstrap: only(9999) }, "unreachable", /nothing listens there/],
    ["a name that nobody knows", { bootstrap: ["nowhere.invalid:9096"] }, "unreachable", /does not resolve/],
  ])("names %s", async (_what, more, code, message) => {
    const { value, problems } = await checkConnection(connectionOf({ bootstrap: only(PORTS.sasl), ...more }));
    expect(value.signedIn).toBe(false);
    expect(problems).toMatchObject([{ code, message: expect.stringMatching(message), operation: "Connect" }]);
  });
});
