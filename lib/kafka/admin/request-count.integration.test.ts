import { randomUUID } from "node:crypto";
import { Connection, findCoordinatorV4, offsetCommitV8 } from "@platformatic/kafka";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openAdmin } from "@/sandbox/kafka/admin";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { clusterOf, nodeOf, PORTS, sandboxOf } from "@/sandbox/kafka/topology";
import { type KafkaAdmin, openKafkaAdmin } from "./open-kafka-admin";

const sandbox = sandboxOf();
const silo = clusterOf(sandbox, "silo-umbra");
const { host } = nodeOf(silo, 1);
const RUN = `count-${randomUUID().slice(0, 8)}`;
const TOPIC = `${RUN}.orders`;
const GROUPS = 600;
const SWEEPS = 5;

let admin: KafkaAdmin;

beforeAll(async () => {
  const setup = await openAdmin(sandbox, silo);
  await setup.createTopics([{ name: TOPIC, partitions: 2, replicas: 1 }]);
  await setup.close();
  await commitGroups();
  admin = openKafkaAdmin(consoleConnection(sandbox, silo));
});

afterAll(async () => {
  admin?.close();
  const setup = await openAdmin(sandbox, silo);
  await setup.deleteTopics([TOPIC]);
  await setup.close();
});

/** Commits for many groups straight over the wire, as Kafka's own tool would take a second for each. */
async function commitGroups(): Promise<void> {
  const connection = new Connection("count", { maxInflights: 20 });
  await connection.connect(host, PORTS.internal);
  const partitions = [0, 1].map((partitionIndex) => ({
    partitionIndex,
    committedOffset: 0n,
    committedLeaderEpoch: -1,
    committedMetadata: null,
  }));
  const commit = (index: number) => offsetCommitV8.api.async(connection, `${RUN}-${index}`, -1, "", null, [{ name: TOPIC, partitions }]);
  const ready = async () => {
    try {
      await findCoordinatorV4.api.async(connection, 0, [`${RUN}-0`]);
      await commit(0);
      return true;
    } catch {
      return false;
    }
  };
  await waitFor(ready, PATIENCE_MS, () => "no coordinator");
  for (let index = 0; index < GROUPS; index += 1) await commit(index);
  await connection.close();
}

/** How many requests of each kind the broker has served, by its own count. */
async function requestsServed(): Promise<Map<string, number>> {
  const page = await (await fetch(`http://${host}:${PORTS.exporter}/metrics?name[]=kafka_network_RequestMetrics_Count`)).text();
  const served = new Map<string, number>();
  for (const [, labels = "", value] of page.matchAll(/^kafka_network_RequestMetrics_Count\{(.*)\} (\S+)$/gm)) {
    const request = /request="(\w+)"/.exec(labels)?.[1];
    if (request && labels.includes('name="RequestsPerSec"')) served.set(request, (served.get(request) ?? 0) + Number(value));
  }
  return served;
}

it("a sweep costs 2 + ⌈groups/500⌉ + ⌈partitions/5000⌉ requests, by the broker's own count, and reads no configuration", async () => {
  const first = await admin.sweepLag();
  expect(first.problems).toEqual([]);
  const groups = first.value?.groups?.length ?? 0;
  const partitions = [...(first.value?.ends.values() ?? [])].flat().length;
  expect(groups).toBeGreaterThanOrEqual(GROUPS);
  const before = await requestsServed();
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) expect((await admin.sweepLag()).problems).toEqual([]);
  const after = await requestsServed();
  const spent = (request: string) => (after.get(request) ?? 0) - (before.get(request) ?? 0);
  expect(spent("ListGroups")).toBe(SWEEPS);
  expect(spent("OffsetFetch")).toBe(SWEEPS * Math.ceil(groups / 500));
  expect(spent("ListOffsets")).toBe(SWEEPS * Math.ceil(partitions / 5_000));
  expect(spent("Metadata")).toBe(SWEEPS);
  for (const request of ["DescribeConfigs", "FindCoordinator", "ApiVersions", "SaslHandshake", "DescribeCluster"])
    expect([request, spent(request)]).toEqual([request, 0]);
});
