import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { CloudFacts } from "@/lib/domain/cloud-facts";
import type { ClientMeterFact, GroupFact, TopicMeterFact } from "@/lib/domain/facts";
import type { PoolFacts } from "@/lib/domain/pool/pool-facts";
import type { BrokerMeters, ClusterSnapshot, CommitProgress } from "@/lib/domain/snapshot";

/** Layout of the packed snapshot; other layouts are not read. */
export const PACK_FORMAT = 4;

/** JSON made in one go, so that the event loop gets its turn in between: a millisecond or so. */
const PIECE_CHARS = 64 * 1024;
/** Clients or topics in one line. */
const PER_LINE = 100;

/** The numbers of a client's and a topic's meters, in the order in which they are packed. */
export const CLIENT_NUMBERS = [
  "produceBytesPerSecond",
  "consumeBytesPerSecond",
  "produceThrottleMs",
  "consumeThrottleMs",
  "requestThrottleMs",
  "requestPercent",
] as const;
export const TOPIC_NUMBERS = ["bytesInPerSecond", "bytesOutPerSecond", "recordsInPerSecond"] as const;

/**
 * The snapshot as compressed lines of JSON, without the end offsets of the past, which are kept apart. Compression happens off
 * the event loop, and the JSON is made piece by piece as it takes it.
 */
export async function packSnapshot(snapshot: ClusterSnapshot): Promise<Uint8Array> {
  const gzip = createGzip({ level: 1 });
  const [packed] = await Promise.all([buffer(gzip), pipeline(Readable.from(pieces(linesOf(snapshot))), gzip)]);
  return packed;
}

function* pieces(lines: Iterable<unknown>): Generator<Buffer> {
  let piece = "";
  for (const line of lines) {
    piece += `${JSON.stringify(line)}\n`;
    if (piece.length < PIECE_CHARS) continue;
    yield Buffer.from(piece);
    piece = "";
  }
  yield Buffer.from(piece);
}

function* linesOf(snapshot: ClusterSnapshot): Generator<unknown> {
  const distinct = [...new Set([...snapshot.configs.values()].map(({ entries }) => entries))];
  const { clusterId, name, mode, version, at, parts, dirs, quotas, acls, scramUsers, brokerConfigs, metadata } = snapshot;
  const head = metadata && { kafkaClusterId: metadata.kafkaClusterId, controllerId: metadata.controllerId, brokers: metadata.brokers };
  const { metadataFrom, msk } = snapshot;
  const knownBrokers = [...snapshot.knownBrokers.values()];
  const diskHistory = [...snapshot.diskHistory];
  const access = { quotas, acls, scramUsers, brokerConfigs };
  const brokers = { dirs, knownBrokers, diskHistory, metadata: head, metadataFrom };
  yield ["h", { clusterId, name, mode, version, at, parts, ...access, ...brokers, msk, cloud: null }];
  if (snapshot.cloud !== null) yield* cloudLines(snapshot.cloud);
  if (snapshot.pool !== undefined) yield* poolLines(snapshot.pool);
  for (const entries of distinct) yield ["c", entries];
  const configIndex = new Map(distinct.map((entries, index) => [entries, index]));
  for (const topic of metadata?.topics.values() ?? []) {
    const config = snapshot.configs.get(topic.name);
    yield [
      "t",
      topic.name,
      topic.internal,
      topic.partitions.map(({ leader, replicas, isr }) => [leader, replicas, isr]),
      texts(snapshot.ends.get(topic.name)),
      texts(snapshot.starts.get(topic.name)),
      snapshot.sizes.get(topic.name)?.map((byBroker) => [...byBroker]) ?? null,
      config === undefined ? null : [config.at, configIndex.get(config.entries)],
    ];
  }
  for (const group of snapshot.groups.values()) yield groupLine(group, snapshot.progress.get(group.id));
  for (const [brokerId, meters] of snapshot.meters) yield* meterLines(brokerId, meters);
}

/** Series by topic and by group are as many as there are, so they are lines of their own. */
function* cloudLines({ topics, groups, brokers, ...rest }: CloudFacts): Generator<unknown> {
  yield ["w", { ...rest, brokers: [...brokers] }];
  for (const [topic, byBroker] of topics) yield ["x", topic, [...byBroker]];
  for (const [group, byTopic] of groups) yield ["y", group, [...byTopic]];
}

/** Samples by topic; reports, of which there may be one for each tenant, many in a line. */
function* poolLines({ shares, reported }: PoolFacts): Generator<unknown> {
  for (const [topic, sampled] of shares) yield ["s", topic, sampled];
  const entries = [...reported];
  for (let from = 0; from < entries.length; from += PER_LINE) yield ["r", entries.slice(from, from + PER_LINE)];
}

function texts(offsets: readonly (bigint | null)[] | undefined): (string | null)[] | null {
  return offsets?.map((offset) => offset?.toString() ?? null) ?? null;
}

/** Commits with since when each stands; of a group whose commits were last read some time ago, as of then. */
function groupLine(group: GroupFact, progress: ReadonlyMap<string, CommitProgress> | undefined): unknown {
  const { committed, ...rest } = group;
  const byTopic = new Map<string, unknown[]>();
  for (const { topic, partition, offset } of committed) {
    const list = byTopic.get(topic) ?? [];
    const known = progress?.get(`${topic}/${partition}`);
    list.push(partition, offset.toString(), known?.offset === offset ? known.movedAtMs : null);
    byTopic.set(topic, list);
  }
  return ["g", rest, [...byTopic]];
}

function* meterLines(brokerId: number, { at, clients, topics, broker }: BrokerMeters): Generator<unknown> {
  yield ["m", brokerId, at, broker];
  yield* inLines("u", brokerId, clients.length, (index) => clientValues(clients[index] ?? {}));
  const entries = [...topics];
  yield* inLines("n", brokerId, entries.length, (index) => topicValues(entries[index] ?? ["", {}]));
}

function* inLines(kind: string, brokerId: number, count: number, entry: (index: number) => unknown): Generator<unknown> {
  for (let from = 0; from < count; from += PER_LINE) {
    yield [kind, brokerId, Array.from({ length: Math.min(PER_LINE, count - from) }, (_, index) => entry(from + index))];
  }
}

function clientValues(client: ClientMeterFact): unknown {
  return [client.user ?? null, client.clientId ?? null, ...CLIENT_NUMBERS.map((field) => hundredths(client[field]))];
}

function topicValues([topic, rates]: [string, TopicMeterFact]): unknown {
  return [topic, ...TOPIC_NUMBERS.map((field) => hundredths(rates[field]))];
}

/** Rates that are looked back at need no more digits, and digits are what takes the room. */
function hundredths(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 100) / 100;
}
