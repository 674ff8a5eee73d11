import { randomUUID } from "node:crypto";
import kafkajs, { type Producer } from "kafkajs";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Probe } from "@/lib/collector/ports";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { PartitionOffsets } from "@/lib/domain/facts";
import { type DrawPlan, planDraws } from "@/lib/domain/pool/draw-plan";
import { type DrawnBatch, estimateShares } from "@/lib/domain/pool/shares";
import { tenantOfRecord } from "@/lib/domain/posture/tally-records";
import { cluster } from "@/lib/domain/testing/cluster-fixture";
import { type KafkaAdmin, openKafkaAdmin, openRecordReader, type RecordReader } from "@/lib/kafka";
import { scrapeExporter } from "@/lib/metrics";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { bootstrap, clusterOf, PORTS, sandboxOf } from "@/sandbox/kafka/topology";
import { drawBatches } from "./draw-batches";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const TOPIC = `pool-${randomUUID().slice(0, 8)}.all`;
const PARTITIONS = 4;
const ROUNDS = 150;
/** How often each one's batches come, and how large its records are; null names nobody. */
const MIX: [tenantId: string | null, weight: number, bytes: number][] = [
  ["a", 5, 400],
  ["b", 3, 1_500],
  ["c", 1, 3_000],
  [null, 1, 500],
];

const connection: ResolvedConnection = consoleConnection(sandbox, shared);

let setup: SandboxAdmin;
let producer: Producer;
let admin: KafkaAdmin;
let records: RecordReader;

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([{ name: TOPIC, partitions: PARTITIONS, replicas: 3 }]);
  const kafka = new kafkajs.Kafka({ brokers: bootstrap(shared, "internal"), logLevel: kafkajs.logLevel.NOTHING });
  producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  admin = openKafkaAdmin(connection);
  records = openRecordReader(connection);
  await produce(1, 0);
});

afterAll(async () => {
  records.close();
  admin.close();
  await producer.disconnect();
  await setup.deleteTopics([TOPIC]);
  await setup.close();
});

/** Bytes of the values by tenant. Every batch holds one tenant's records, as a producer that serves many tenants writes them. */
async function produce(rounds: number, seed: number, mix = MIX): Promise<Map<string | null, number>> {
  const written = new Map<string | null, number>();
  const turns = mix.flatMap(([tenantId, weight, bytes]) => Array.from({ length: weight }, () => ({ tenantId, bytes })));
  for (let round = 0; round < rounds; round += 1) {
    const { tenantId, bytes } = turns[(round * 7 + seed) % turns.length] ?? { tenantId: null, bytes: 1 };
    const count = 1 + ((round * 13 + seed) % 20);
    const headers = tenantId === null ? {} : { tenant: tenantId };
    const messages = Array.from({ length: count }, () => ({
      partition: (round * 3 + seed) % PARTITIONS,
      value: "x".repeat(bytes),
      headers,
    }));
    await producer.send({ topic: TOPIC, messages });
    written.set(tenantId, (written.get(tenantId) ?? 0) + count * bytes);
  }
  return written;
}

/** What the brokers counted into the topic since they started, and what its logs hold, one copy. */
async function standing(): Promise<{ counted: number; held: number }> {
  const [pages, logs, topics] = await Promise.all([
    Promise.all(
      shared.nodes.map(({ id, host }) =>
        scrapeExporter({ brokerId: id, url: `http://${host}:${PORTS.exporter}/metrics`, deadlineMs: 30_000, clock: Date }),
      ),
    ),
    admin.readLogs(),
    admin.readMetadata(),
  ]);
  const leaders = topics.value?.topics.get(TOPIC)?.partitions.map(({ leader }) => leader) ?? [];
  expect(leaders).toHaveLength(PARTITIONS);
  const own = logs.value?.replicas.filter(({ topic, partition, brokerId }) => topic === TOPIC && leaders[partition] === brokerId) ?? [];
  return {
    counted: pages.reduce((sum, { value }) => sum + (value?.topics.get(TOPIC)?.bytesInTotal ?? 0), 0),
    held: own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

async function logEnds(): Promise<{ starts: PartitionOffsets; ends: PartitionOffsets }> {
  const { value: metadata } = await admin.readMetadata();
  if (metadata === null) throw new Error("no metadata");
  return { starts: (await admin.readLogStarts(metadata)).value, ends: (await admin.readEndOffsets(metadata)).value };
}

function seeded(): () => number {
  let state = 20_261_126;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function draw(plan: DrawPlan): Promise<DrawnBatch[]> {
  const probe = { sample: records.sample, describeGroup: admin.describeGroup, close: () => undefined } satisfies Probe;
  const whose = (value: string) => (MIX.some(([id]) => id === value) ? value : null);
  return drawBatches(
    probe,
    TOPIC,
    plan,
    (record) => tenantOfRecord(record, { header: "tenant" }, whose),
    () => false,
  );
}

it("rates agree with the growth of the log, and a pool's shares with what was written", async () => {
  const before = await standing();
  expect(before.counted).toBeGreaterThan(0);
  const written = await produce(ROUNDS, 1);
  const values = [...written.values()].reduce((sum, bytes) => sum + bytes, 0);
  let after = before;
  await waitFor(
    async () => {
      after = await standing();
      return after.counted - before.counted >= values && after.held - before.held >= values;
    },
    PATIENCE_MS,
    () => `the counters and the logs do not show what was written: ${JSON.stringify({ before, after, values })}`,
  );
  const [counted, grown] = [after.counted - before.counted, after.held - before.held];
  expect(Math.abs(counted / grown - 1)).toBeLessThan(0.05);

  const plan = planDraws(await logEnds(), TOPIC, seeded(), 200);
  const drawn = await draw(plan);
  expect(drawn).toHaveLength(200);
  const shares = estimateShares(drawn, plan.strata, new Date().toISOString());
  expect(shares?.rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBeCloseTo(1, 9);
  const estimated = (tenantId: string | null) => shares?.rows.find((row) => row.tenantId === tenantId);
  let sum = 0;
  for (const [tenantId, bytes] of written) {
    const { bytes: share = 0, bytesError = 0 } = estimated(tenantId) ?? {};
    // Twice the half width of a 95 % interval leaves one run of ten thousand to chance; headers and keys are a percent or two.
    expect(Math.abs(share - bytes / values)).toBeLessThan(2 * bytesError + 0.03);
    sum += share * counted;
  }
  expect(Math.abs(sum / grown - 1)).toBeLessThan(0.05);
});

it("batches of an hour are drawn from what was written in it alone", async () => {
  const readAtMs = Date.now();
  const hour = { fromMs: readAtMs - 5_400_000, untilMs: readAtMs - 1_800_000 };
  await produce(20, 3);
  const began = (await logEnds()).ends.get(TOPIC) ?? [];
  await produce(40, 5, [["b", 1, 1_500]]);
  const ended = (await logEnds()).ends.get(TOPIC) ?? [];
  await produce(40, 7, [["c", 1, 3_000]]);
  const { starts, ends } = await logEnds();
  // As the collector keeps them: where each partition ended when the hour began, and when it was over.
  const saved = began.map((offset, partition) => [
    { atMs: hour.fromMs, offset: offset ?? 0n },
    { atMs: hour.untilMs, offset: ended[partition] ?? 0n },
  ]);
  const { parts } = cluster({ at: new Date(readAtMs).toISOString() });
  const plan = planDraws({ starts, ends, endHistory: new Map([[TOPIC, saved]]), parts }, TOPIC, seeded(), 80, hour);
  expect(plan.ofHour).toEqual({ sinceMs: hour.fromMs, part: 1 });
  const drawn = await draw(plan);
  expect(drawn).toHaveLength(80);
  const shares = estimateShares(drawn, plan.strata, new Date().toISOString());
  expect(shares?.rows.filter(({ bytes }) => bytes > 0).map(({ tenantId, bytes }) => [tenantId, bytes])).toEqual([["b", 1]]);
});
