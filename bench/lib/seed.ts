import { readFileSync } from "node:fs";
import { Connection, findCoordinatorV4, offsetCommitV8 } from "@platformatic/kafka";
import { Kafka, logLevel } from "kafkajs";
import { openAdmin } from "@/sandbox/kafka/admin";
import { caFile } from "@/sandbox/kafka/certificates";
import { waitFor } from "@/sandbox/kafka/readiness";
import { passwordOf } from "@/sandbox/kafka/secrets";
import type { Cluster, Sandbox } from "@/sandbox/kafka/topology";
import { bootstrap, PORTS } from "@/sandbox/kafka/topology";
import { GROUPS, groupName, PARTITIONS, TENANTS_WITH_TOPICS, TOPICS, tenantId, topicName } from "@/scripts/lib/bench-size.mjs";
import { consoleAdmin } from "./sandbox";

const RECORDS_PER_PARTITION = 3;
const TOPICS_PER_BATCH = 200;
const COMMITS_IN_FLIGHT = 50;
const PRODUCER = "bench-producer";

/** Topics with records, a quota for every tenant with topics, and groups whose commits lie 0 to 3 records behind. */
export async function seed(sandbox: Sandbox, cluster: Cluster): Promise<void> {
  const admin = await openAdmin(sandbox, cluster);
  await admin.createUsers([PRODUCER]);
  await admin.allow([{ user: PRODUCER, resource: "TOPIC", operation: "WRITE", name: "t-", prefixed: true }]);
  await admin.createTopics(Array.from({ length: TOPICS }, (_, index) => ({ name: topicName(index), partitions: PARTITIONS })));
  await admin.setQuotas(
    Array.from({ length: TENANTS_WITH_TOPICS }, (_, index) => ({
      entity: { user: tenantId(index) },
      limits: { producer_byte_rate: 1_000_000, consumer_byte_rate: 2_000_000 },
    })),
  );
  await admin.close();
  await partitionsLed(sandbox, cluster);
  await produce(sandbox, cluster);
  await commit(cluster);
}

/** A broker says that topics are created long before it has made all their logs. */
async function partitionsLed(sandbox: Sandbox, cluster: Cluster): Promise<void> {
  const admin = consoleAdmin(sandbox, cluster);
  let led = 0;
  const allLed = async () => {
    const { value } = await admin.readMetadata();
    if (value === null || value.topics.size < TOPICS) return false;
    const ends = (await admin.readEndOffsets(value)).value;
    led = [...ends]
      .filter(([topic]) => value.topics.get(topic)?.internal === false)
      .flatMap(([, all]) => all.filter((end) => end !== null)).length;
    return led >= TOPICS * PARTITIONS;
  };
  await waitFor(allLed, 600_000, () => `the broker leads ${led} of ${TOPICS * PARTITIONS} partitions`);
  admin.close();
}

async function produce(sandbox: Sandbox, cluster: Cluster): Promise<void> {
  const kafka = new Kafka({
    brokers: bootstrap(cluster, "sasl"),
    ssl: { ca: [readFileSync(caFile(sandbox), "utf8")] },
    sasl: { mechanism: "scram-sha-512", username: PRODUCER, password: passwordOf(sandbox, PRODUCER) },
    logLevel: logLevel.NOTHING,
    requestTimeout: 60_000,
  });
  const producer = kafka.producer();
  await producer.connect();
  for (let from = 0; from < TOPICS; from += TOPICS_PER_BATCH) {
    const topicMessages = Array.from({ length: Math.min(TOPICS_PER_BATCH, TOPICS - from) }, (_, index) => ({
      topic: topicName(from + index),
      messages: Array.from({ length: PARTITIONS * RECORDS_PER_PARTITION }, (_, record) => ({
        partition: record % PARTITIONS,
        value: "{}",
      })),
    }));
    await producer.sendBatch({ topicMessages });
  }
  await producer.disconnect();
}

/** Commits straight over the wire, as groups without members: Kafka's own tool would take a second for each. */
async function commit(cluster: Cluster): Promise<void> {
  const connection = new Connection("bench-seed", { maxInflights: COMMITS_IN_FLIGHT, requestTimeout: 60_000 });
  await connection.connect(cluster.nodes[0]?.host ?? "", PORTS.internal);
  const commitOf = (index: number) => {
    const partitions = Array.from({ length: PARTITIONS }, (_, partitionIndex) => ({
      partitionIndex,
      committedOffset: BigInt(index % (RECORDS_PER_PARTITION + 1)),
      committedLeaderEpoch: -1,
      committedMetadata: null,
    }));
    return offsetCommitV8.api.async(connection, groupName(index), -1, "", null, [{ name: topicName(index), partitions }]);
  };
  const coordinated = async () => {
    try {
      await findCoordinatorV4.api.async(connection, 0, [groupName(0)]);
      await commitOf(0);
      return true;
    } catch {
      return false;
    }
  };
  await waitFor(coordinated, 60_000, () => "there is no coordinator for the groups");
  for (let from = 0; from < GROUPS; from += COMMITS_IN_FLIGHT) {
    await Promise.all(Array.from({ length: Math.min(COMMITS_IN_FLIGHT, GROUPS - from) }, (_, index) => commitOf(from + index)));
  }
  await connection.close();
}
