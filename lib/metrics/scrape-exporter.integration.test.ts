import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ExporterFacts } from "@/lib/domain/facts";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { tool } from "@/sandbox/kafka/tool";
import { clusterOf, PORTS, sandboxOf } from "@/sandbox/kafka/topology";
import { metersBetween } from "./meters";
import { scrapeExporter } from "./scrape-exporter";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const RUN = `meters-${randomUUID().slice(0, 8)}`;
const TOPIC = `${RUN}.orders`;
/** Kafka percent-encodes it in its metrics. */
const USER = `${RUN} 50%+a`;
const RECORDS = 120;

let setup: SandboxAdmin;

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([{ name: TOPIC, partitions: 3, replicas: 1 }]);
  await setup.createUsers([USER]);
  await setup.allow([{ user: USER, resource: "TOPIC", operation: "WRITE", name: TOPIC }]);
  await setup.setQuotas([{ entity: { user: USER }, limits: { producer_byte_rate: 1e9 } }]);
});

afterAll(async () => {
  await setup.setQuotas([{ entity: { user: USER }, limits: { producer_byte_rate: null } }]);
  await setup.deleteTopics([TOPIC]);
  await setup.close();
});

async function scrapeAll(): Promise<ExporterFacts[]> {
  const readings = await Promise.all(
    shared.nodes.map((node) =>
      scrapeExporter({
        brokerId: node.id,
        url: `http://${node.host}:${PORTS.exporter}/metrics`,
        deadlineMs: 30_000,
        clock: { now: () => Date.now() },
      }),
    ),
  );
  expect(readings.flatMap(({ problems }) => problems)).toEqual([]);
  return readings.flatMap(({ value }) => (value === null ? [] : [value]));
}

const recordsOf = (facts: readonly ExporterFacts[]): number =>
  facts.reduce((sum, { topics }) => sum + (topics.get(TOPIC)?.recordsInTotal ?? 0), 0);

it("counts exactly the records that Kafka's own producer wrote, and who wrote them", async () => {
  const lines = Array.from({ length: RECORDS }, (_, n) => `record ${n}`).join("\n");
  await tool(sandbox, shared, "produce", ["--topic", TOPIC], { user: USER, stdin: `${lines}\n`, timeoutMs: PATIENCE_MS });
  let after: ExporterFacts[] = [];
  await waitFor(
    async () => {
      after = await scrapeAll();
      return recordsOf(after) === RECORDS && after.some(({ clients }) => clients.some(({ user }) => user === USER));
    },
    PATIENCE_MS,
    () => `the exporters tell of ${recordsOf(after)} records`,
  );
  const clients = after.flatMap((facts) => facts.clients.filter(({ user }) => user === USER));
  expect(clients.some(({ produceBytesPerSecond }) => (produceBytesPerSecond ?? 0) > 0)).toBe(true);
  expect(clients.every(({ produceThrottleMs }) => produceThrottleMs === 0)).toBe(true);
});

it("tells of every broker what the console shows of it", async () => {
  const facts = await scrapeAll();
  expect(facts).toHaveLength(3);
  for (const each of facts) {
    const { broker } = metersBetween(null, each);
    expect(Object.keys(broker).sort()).toEqual(
      expect.arrayContaining([
        "bytesInPerSecond",
        "bytesOutPerSecond",
        "leaderCount",
        "partitionCount",
        "requestHandlerIdle",
        "underReplicatedPartitions",
      ]),
    );
    expect(broker.requestHandlerIdle).toBeGreaterThanOrEqual(0);
    expect(broker.requestHandlerIdle).toBeLessThanOrEqual(1);
  }
  const partitions = facts.reduce((sum, { broker }) => sum + (broker.leaderCount ?? 0), 0);
  expect(partitions).toBeGreaterThan(3);
});
