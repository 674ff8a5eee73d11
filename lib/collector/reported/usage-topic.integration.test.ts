import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import kafkajs, { type Message, type Producer } from "kafkajs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "@/lib/collector/clock";
import type { OpenProbe } from "@/lib/collector/ports";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { WantedReport } from "@/lib/domain/pool/wanted-reports";
import type { ReportedTopic } from "@/lib/domain/reported";
import { cluster } from "@/lib/domain/testing/cluster-fixture";
import { openKafkaAdmin, openRecordReader } from "@/lib/kafka";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { caFile } from "@/sandbox/kafka/certificates";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { passwordOf } from "@/sandbox/kafka/secrets";
import { tool } from "@/sandbox/kafka/tool";
import { bootstrap, clusterOf, sandboxOf } from "@/sandbox/kafka/topology";
import { createTopicsReader, type TopicsReader } from "./read-topics";
import type { Reports } from "./report";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const TOPIC = `usage-${randomUUID().slice(0, 8)}`;
const LIMITED = `${TOPIC}-limited`;
const PARTITIONS = 3;
const STEP_MS = 300_000;
/** The end of the newest whole five minutes, a minute and a half ago or more. */
const END_MS = Math.floor((Date.now() - 90_000) / STEP_MS) * STEP_MS;

const MAPPING: ReportedTopic = {
  topic: TOPIC,
  tenant: { payloadPath: "$.tenant" },
  at: "$.at",
  seconds: "$.seconds",
  produce: "$.producedBytes",
  consume: "$.consumedBytes",
};
const WANTED: WantedReport[] = ["a", "b", "c"].map((tenantId) => ({
  tenantId,
  value: tenantId.toUpperCase(),
  reported: { kafka: MAPPING },
}));

function connectionOf(user: string): ResolvedConnection {
  return {
    id: "shared-1",
    name: "shared-1",
    mode: "observe",
    bootstrap: bootstrap(shared, "sasl"),
    authentication: { kind: "scram-sha-512", username: user, password: passwordOf(sandbox, user) },
    tls: { ca: readFileSync(caFile(sandbox), "utf8") },
    exporter: null,
    msk: null,
  };
}

const openProbe: OpenProbe = (connection) => {
  const admin = openKafkaAdmin(connection);
  const records = openRecordReader(connection);
  const close = (): void => {
    records.close();
    admin.close();
  };
  return { sample: records.sample, describeGroup: admin.describeGroup, close };
};

let setup: SandboxAdmin;
let producer: Producer;

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([{ name: TOPIC, partitions: PARTITIONS, replicas: 3 }]);
  await setup.createUsers([LIMITED]);
  await setup.allow([{ user: LIMITED, resource: "TOPIC", operation: "DESCRIBE", name: TOPIC }]);
  const kafka = new kafkajs.Kafka({ brokers: bootstrap(shared, "internal"), logLevel: kafkajs.logLevel.NOTHING });
  producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
});

afterAll(async () => {
  await producer.disconnect();
  await setup.deleteTopics([TOPIC]);
  await setup.close();
});

/** A record for each minute until the end, spread over the partitions. */
function minutes(tenant: string, producedBytes: number, consumedBytes: number): Message[] {
  return Array.from({ length: 10 }, (_, minute) => {
    const at = new Date(END_MS - minute * 60_000).toISOString();
    return { partition: minute % PARTITIONS, value: JSON.stringify({ tenant, at, seconds: 60, producedBytes, consumedBytes }) };
  });
}

/** As the collector does it: with the ends that the brokers tell now. */
async function round(reader: TopicsReader, user = "console"): Promise<Reports> {
  const connection = connectionOf(user);
  const admin = openKafkaAdmin(connectionOf("console"));
  try {
    const { value: metadata } = await admin.readMetadata();
    if (metadata === null) throw new Error("no metadata");
    const ends = (await admin.sweepLag(metadata)).value?.ends ?? new Map();
    const starts = (await admin.readLogStarts(metadata)).value;
    const { parts } = cluster({ at: new Date().toISOString() });
    return await reader(WANTED, { ends, starts, parts }, connection);
  } finally {
    admin.close();
  }
}

describe("a usage topic on brokers", () => {
  const reader = createTopicsReader(openProbe, systemClock);
  const at = new Date(END_MS).toISOString();

  it("tells the rates of its tenants, and counts what cannot be used", async () => {
    const hostile = [
      "no json",
      `{"tenant":"C","at":"${at}","seconds":60,"producedBytes":-1}`,
      `{"tenant":"X","at":"${at}","seconds":60,"producedBytes":1}`,
    ];
    await producer.send({
      topic: TOPIC,
      compression: kafkajs.CompressionTypes.GZIP,
      messages: [...minutes("A", 6_000, 60_000), ...minutes("B", 0, 600)],
    });
    await producer.send({ topic: TOPIC, messages: hostile.map((value) => ({ partition: 1, value })) });
    const reports = await round(reader);
    expect(reports.get("a")).toEqual({
      rates: { produce: { bytesPerSecond: 100, at }, consume: { bytesPerSecond: 1_000, at } },
      problem: null,
    });
    expect(reports.get("b")?.rates).toEqual({ produce: { bytesPerSecond: 0, at }, consume: { bytesPerSecond: 10, at } });
    expect(reports.get("c")).toEqual({
      rates: { produce: null, consume: null },
      problem: { message: expect.stringMatching(/^Of the last 23 records .* 3 cannot be used: /), remedy: expect.any(String) },
    });
    expect(await tool(sandbox, shared, "groups", ["--list"])).not.toContain("tenant-console");
  });

  it("is read on from where reading stood: what was read does not count twice", async () => {
    await producer.send({ topic: TOPIC, messages: minutes("A", 6_000, 0) });
    expect((await round(reader)).get("a")?.rates.produce).toEqual({ bytesPerSecond: 200, at });
  });

  it("that may be described and not read names the permission", async () => {
    const reports = await round(createTopicsReader(openProbe, systemClock), LIMITED);
    expect(reports.get("a")).toEqual({
      rates: { produce: null, consume: null },
      problem: {
        message: expect.stringContaining("refuses this for the topic"),
        remedy: `Allow READ on topic '${TOPIC}' to the console's user (with IAM: kafka-cluster:ReadData).`,
      },
    });
  });

  it("that is made anew is read anew, once the console has seen that its place is gone", async () => {
    await setup.deleteTopics([TOPIC]);
    // A name is free again a moment after its topic is gone.
    await waitFor(
      () =>
        setup.createTopics([{ name: TOPIC, partitions: PARTITIONS, replicas: 3 }]).then(
          () => true,
          () => false,
        ),
      PATIENCE_MS,
      () => "the topic cannot be made again",
    );
    await producer.send({ topic: TOPIC, messages: [{ partition: 0, value: "no json" }] });
    const lost = await round(reader);
    expect(lost.get("a")).toMatchObject({ rates: { produce: null }, problem: { message: expect.stringContaining("OFFSET_OUT_OF_RANGE") } });
    const anew = await round(reader);
    expect(anew.get("a")).toMatchObject({
      rates: { produce: null },
      problem: { message: `Of the last 1 records of ${TOPIC} 1 cannot be used: 1 are no JSON objects.` },
    });
  });
});
