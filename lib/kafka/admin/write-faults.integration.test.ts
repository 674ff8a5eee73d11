import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WriteAnswer } from "@/lib/domain/writes";
import { openAdmin } from "@/sandbox/kafka/admin";
import { freezeBroker, killBroker } from "@/sandbox/kafka/broker";
import { startBroker } from "@/sandbox/kafka/cluster";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { PATIENCE_MS, waitFor, waitUntilInSync } from "@/sandbox/kafka/readiness";
import { tool } from "@/sandbox/kafka/tool";
import { type Cluster, clusterOf, nodeOf, PORTS, sandboxOf } from "@/sandbox/kafka/topology";
import { type KafkaAdmin, openKafkaAdmin } from "./open-kafka-admin";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const silo = clusterOf(sandbox, "silo-umbra");
const TOPIC = `write-faults-${randomUUID().slice(0, 8)}`;

const done: WriteAnswer = { ok: true };
const admins: KafkaAdmin[] = [];

function open(cluster: Cluster): KafkaAdmin {
  const admin = openKafkaAdmin({ ...consoleConnection(sandbox, cluster), mode: "operate" });
  admins.push(admin);
  return admin;
}

beforeAll(async () => {
  for (const cluster of [shared, silo]) {
    const setup = await openAdmin(sandbox, cluster);
    await setup.createTopics([{ name: TOPIC, partitions: 1 }]);
    await setup.close();
  }
});

afterAll(async () => {
  for (const admin of admins) admin.close();
  for (const cluster of [shared, silo]) {
    const setup = await openAdmin(sandbox, cluster);
    await setup.deleteTopics([TOPIC]);
    await setup.close();
  }
});

const retention = (value: string) => [{ topic: TOPIC, entries: [{ key: "retention.ms", value }] }];
const limit = (value: number | null) => [{ entity: { user: TOPIC }, values: { producer_byte_rate: value } }];
const partitions = (count: number) => [{ topic: TOPIC, count }];
const described = (cluster: Cluster) => tool(sandbox, cluster, "topics", ["--describe", "--topic", TOPIC]);

/** The id of a broker that does not lead the metadata, so that only the broker itself is missed. */
async function follower(): Promise<number> {
  for (const { id, host } of shared.nodes) {
    const page = await (await fetch(`http://${host}:${PORTS.exporter}/metrics?name[]=kafka_controller_KafkaController_Value`)).text();
    if (/^kafka_controller_KafkaController_Value\{[^}]*name="ActiveControllerCount"[^}]*\} 0/m.test(page)) return id;
  }
  throw new Error("every broker says that it is the controller");
}

describe("a broker that is dead", () => {
  it("is no hindrance to a write that another takes", async () => {
    await waitUntilInSync(shared);
    const admin = open(shared);
    expect((await admin.readMetadata()).value?.brokers).toHaveLength(3);
    const node = nodeOf(shared, await follower());
    await killBroker(node);
    try {
      // Enough turns that the dead one would have been asked first.
      for (let turn = 0; turn < 3; turn += 1) {
        expect(await admin.alterTopicConfigs(retention(String(3_600_000 + turn)))).toEqual([done]);
        expect(await admin.alterQuotas(limit(1_000 + turn))).toEqual([done]);
        expect(await admin.createPartitions(partitions(2 + turn))).toEqual([done]);
      }
      await waitFor(
        async () => /PartitionCount: 4\b.*retention\.ms=3600002/.test(await described(shared)),
        PATIENCE_MS,
        () => "the writes are not there",
      );
      await admin.alterQuotas(limit(null));
    } finally {
      await startBroker(shared, node);
      await waitUntilInSync(shared);
    }
  });
});

describe("the only broker, when it hangs", () => {
  it("leaves open what became of a write that went out, and that is found by reading back", async () => {
    const admin = open(silo);
    expect((await admin.readMetadata()).problems).toEqual([]);
    const node = nodeOf(silo, 1);
    await freezeBroker(node, true);
    let answers: WriteAnswer[];
    try {
      answers = await admin.alterTopicConfigs(retention("4500000"));
    } finally {
      await freezeBroker(node, false);
    }
    expect(answers).toMatchObject([{ ok: false, uncertain: true, problem: { code: "timeout", operation: "IncrementalAlterConfigs" } }]);
    await waitFor(
      async () => {
        const { value } = await admin.readConfigs([{ type: "topic", name: TOPIC }], ["retention.ms"]);
        return value[0]?.configs[0]?.value === "4500000";
      },
      PATIENCE_MS,
      () => "the write that was not answered is not there",
    );
  });

  it("is asked a question before partitions are added, so that nothing is open then", async () => {
    const admin = open(silo);
    await waitFor(
      async () => (await admin.readMetadata()).problems.length === 0,
      PATIENCE_MS,
      () => "the broker does not answer",
    );
    const node = nodeOf(silo, 1);
    await freezeBroker(node, true);
    try {
      expect(await admin.createPartitions(partitions(3))).toMatchObject([{ ok: false, uncertain: false, problem: { code: "timeout" } }]);
    } finally {
      await freezeBroker(node, false);
    }
    await waitFor(
      async () => (await admin.createPartitions(partitions(2)))[0]?.ok === true,
      PATIENCE_MS,
      () => "partitions cannot be added any more",
    );
    await waitFor(
      async () => (await described(silo)).includes("PartitionCount: 2"),
      PATIENCE_MS,
      () => "the topic has not grown to what was asked last",
    );
  });
});
