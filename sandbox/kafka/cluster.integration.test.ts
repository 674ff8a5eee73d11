import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxAdmin } from "./admin";
import { openAdmin } from "./admin";
import { brokerPid, killBroker } from "./broker";
import { caFile } from "./certificates";
import { CONSOLE_USER, startBroker } from "./cluster";
import { metadataSeenBy, PATIENCE_MS, waitFor, waitUntilFenced, waitUntilInSync } from "./readiness";
import { passwordOf } from "./secrets";
import { tool, tryTool } from "./tool";
import { bootstrap, clusterOf, type Node, nodeOf, PORTS, sandboxOf } from "./topology";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const TOPIC = "sandbox-check.orders";
const WRITER = "sandbox-check-writer";

let admin: SandboxAdmin;

beforeAll(async () => {
  admin = await openAdmin(sandbox, shared);
  await admin.deleteTopics([TOPIC]);
  await admin.createTopics([{ name: TOPIC, partitions: 3 }]);
  await admin.createUsers([WRITER]);
  await admin.allow([{ user: WRITER, resource: "TOPIC", name: "sandbox-check.", prefixed: true, operation: "WRITE" }]);
});

afterAll(async () => {
  await admin.deleteTopics([TOPIC]);
  await admin.close();
});

function clientOf(user: string, password = passwordOf(sandbox, user), brokers = bootstrap(shared, "sasl")): Kafka {
  return new Kafka({
    clientId: "sandbox-check",
    brokers,
    ssl: { ca: readFileSync(caFile(sandbox), "utf8") },
    sasl: { mechanism: "scram-sha-512", username: user, password },
    logLevel: logLevel.NOTHING,
    retry: { retries: 2 },
  });
}

async function produceAs(user: string, password?: string): Promise<void> {
  const producer = clientOf(user, password).producer();
  try {
    await producer.connect();
    await producer.send({ topic: TOPIC, messages: [{ key: "a", value: "1" }] });
  } finally {
    await producer.disconnect();
  }
}

describe("the sandbox's brokers", () => {
  it("run as three of shared-1 and one of each silo, each cluster with an id of its own", async () => {
    const answers = await Promise.all(sandbox.clusters.map((cluster) => metadataSeenBy(nodeOf(cluster, 1))));
    expect(answers.map((answer) => answer?.brokers.length)).toEqual([3, 1, 1]);
    expect(new Set(answers.map((answer) => answer?.clusterId)).size).toBe(3);
  });

  it("let a SCRAM user produce where its ACL allows it, counted by Kafka's own tool", async () => {
    await produceAs(WRITER);
    const offsets = await tool(sandbox, shared, "offsets", ["--topic", TOPIC]);
    expect(offsets.match(/:\d+$/gm)?.reduce((sum, end) => sum + Number(end.slice(1)), 0)).toBe(1);
  });

  it("refuse a produce without an ACL and a wrong password", async () => {
    await expect(produceAs(CONSOLE_USER)).rejects.toThrow(/not authorized/i);
    await expect(produceAs(WRITER, "wrong")).rejects.toThrow(/authentication/i);
  });

  it("let the console read everything and create nothing", async () => {
    expect(await tool(sandbox, shared, "acls", ["--list"], { user: CONSOLE_USER })).toContain("operation=DESCRIBE_CONFIGS");
    const refused = await tryTool(sandbox, shared, "topics", ["--create", "--topic", "sandbox-check.other"], { user: CONSOLE_USER });
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout).toContain("Authorization failed");
  });

  it("show quotas set over the admin connection to ConfigCommand", async () => {
    await admin.setQuotas([{ entity: { user: WRITER }, limits: { producer_byte_rate: 123_456 } }]);
    const described = await tool(sandbox, shared, "configs", ["--describe", "--entity-type", "users", "--entity-name", WRITER]);
    expect(described).toContain("producer_byte_rate=123456");
    await admin.setQuotas([{ entity: { user: WRITER }, limits: { producer_byte_rate: null } }]);
  });

  it("export MSK's names, without the beans nobody reads", async () => {
    const page = await (await fetch(`http://${nodeOf(shared, 1).host}:${PORTS.exporter}/metrics`)).text();
    for (const name of [
      'kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec"}',
      'kafka_server_KafkaRequestHandlerPool_OneMinuteRate{name="RequestHandlerAvgIdlePercent"}',
      'kafka_network_SocketServer_Value{name="NetworkProcessorAvgIdlePercent"}',
      'kafka_network_RequestMetrics_Count{name="RequestsPerSec",request="Metadata"',
      'kafka_controller_KafkaController_Value{name="ActiveControllerCount"}',
      'kafka_server_ReplicaManager_Value{name="UnderReplicatedPartitions"}',
    ]) {
      expect(page).toContain(name);
    }
    expect(page).not.toContain("kafka_log_");
  });

  it("go on without a killed broker, which returns with its data and its users", async () => {
    const third = nodeOf(shared, 3);
    // The name's hash is 0: of all that is read anew it comes first.
    const deleted = "f5a5a608";
    await waitFor(
      async () => hasSnapshot(third),
      PATIENCE_MS,
      () => "the metadata has no snapshot",
    );
    await admin.createUsers([deleted]);
    await admin.deleteUsers([deleted]);
    await killBroker(third);
    expect(brokerPid(third)).toBeNull();
    await waitUntilFenced(shared, third);
    await produceAs(WRITER);
    await startBroker(shared, third);
    await waitUntilInSync(shared);
    expect((await metadataSeenBy(third))?.brokers.map((broker) => broker.nodeId).sort()).toEqual([1, 2, 3]);
    const signedIn = clientOf(WRITER, undefined, [`${third.host}:${PORTS.sasl}`]).admin();
    await signedIn.connect();
    await signedIn.disconnect();
  });
});

const hasSnapshot = ({ dir }: Node): boolean =>
  readdirSync(join(dir, "data", "__cluster_metadata-0")).some((file) => file.endsWith(".checkpoint"));
