import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import type { CloudFacts, CloudGroupLag } from "@/lib/domain/cloud-facts";
import type { BrokerFact, ClientMeterFact, CommittedOffset, ConfigFact, GroupFact, PartitionFact } from "@/lib/domain/facts";
import type { ReportedUse } from "@/lib/domain/pool/pool-facts";
import type { PoolShares } from "@/lib/domain/pool/shares";
import type { BrokerMeters, ClusterSnapshot, CommitProgress, DiskPoint } from "@/lib/domain/snapshot";
import { CLIENT_NUMBERS, TOPIC_NUMBERS } from "./pack-snapshot";

type Texts = (string | null)[] | null;
type Head = Omit<
  ClusterSnapshot,
  | "metadata"
  | "pool"
  | "knownBrokers"
  | "diskHistory"
  | "ends"
  | "starts"
  | "groups"
  | "progress"
  | "endHistory"
  | "meters"
  | "sizes"
  | "configs"
> & {
  knownBrokers: { id: number; host: string; lastSeenAt: string }[];
  diskHistory: [number, DiskPoint[]][];
  metadata: { kafkaClusterId: string | null; controllerId: number | null; brokers: BrokerFact[] } | null;
};
type Line =
  | ["h", Head]
  | ["c", ConfigFact[]]
  | ["t", string, boolean, [number | null, number[], number[]][], Texts, Texts, [number, number][][] | null, [string, number] | null]
  | ["g", Omit<GroupFact, "committed">, [string, (number | string | null)[]][]]
  | ["m", number, string, BrokerMeters["broker"]]
  | ["u", number, [string | null, string | null, ...Numbers][]]
  | ["n", number, [string, ...Numbers][]]
  | ["w", Omit<CloudFacts, "topics" | "groups" | "brokers"> & { brokers: [number, Record<string, number>][] }]
  | ["x", string, [number, TopicSeries][]]
  | ["y", string, [string, CloudGroupLag][]]
  | ["s", string, PoolShares]
  | ["r", [string, ReportedUse][]];
type TopicSeries = { bytesInPerSecond?: number; bytesOutPerSecond?: number; recordsInPerSecond?: number };
type Numbers = (number | null)[];

/** The lines were written by this console under the same format number; only that they are such lines is checked. */
const KnownLine = z.tuple([z.enum(["h", "c", "t", "g", "m", "u", "n", "w", "x", "y", "s", "r"])]).rest(z.unknown());

/** Reads what `packSnapshot` wrote, piece by piece. Rejects when it is no packed snapshot. */
export async function unpackSnapshot(packed: Uint8Array): Promise<ClusterSnapshot> {
  const unpacking = startUnpacking();
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of Readable.from([packed]).pipe(createGunzip())) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) unpacking.line(KnownLine.parse(JSON.parse(line)) as Line);
  }
  return unpacking.end();
}

function startUnpacking(): { line: (line: Line) => void; end: () => ClusterSnapshot } {
  let snapshot: ClusterSnapshot | null = null;
  const distinct: ConfigFact[][] = [];
  const pool = { shares: new Map<string, PoolShares>(), reported: new Map<string, ReportedUse>() };

  function line(line: Line): void {
    if (line[0] === "h") snapshot = fromHead(line[1]);
    else if (line[0] === "c") distinct.push(line[1]);
    else if (snapshot === null) throw new Error("A packed snapshot begins with its head.");
    else if (line[0] === "t") addTopic(snapshot, line, distinct);
    else if (line[0] === "g") addGroup(snapshot, line);
    else if (line[0] === "m") snapshot.meters.set(line[1], { at: line[2], clients: [], topics: new Map(), broker: line[3] });
    else if (line[0] === "u") snapshot.meters.get(line[1])?.clients.push(...line[2].map(clientOf));
    else if (line[0] === "w") snapshot.cloud = { ...line[1], brokers: new Map(line[1].brokers), topics: new Map(), groups: new Map() };
    else if (line[0] === "x") snapshot.cloud?.topics.set(line[1], new Map(line[2]));
    else if (line[0] === "y") snapshot.cloud?.groups.set(line[1], new Map(line[2]));
    else if (line[0] === "s") pool.shares.set(line[1], line[2]);
    else if (line[0] === "r") for (const [tenantId, told] of line[1]) pool.reported.set(tenantId, told);
    else for (const [topic, ...values] of line[2]) snapshot.meters.get(line[1])?.topics.set(topic, numbersOf(TOPIC_NUMBERS, values));
  }

  return {
    line,
    end() {
      if (snapshot === null) throw new Error("A packed snapshot is not empty.");
      return pool.shares.size + pool.reported.size === 0 ? snapshot : { ...snapshot, pool };
    },
  };
}

function fromHead({ knownBrokers, metadata, diskHistory, ...head }: Head): ClusterSnapshot {
  return {
    ...head,
    metadata: metadata && { ...metadata, topics: new Map() },
    diskHistory: new Map(diskHistory),
    knownBrokers: new Map(knownBrokers.map((broker) => [broker.id, broker])),
    ends: new Map(),
    starts: new Map(),
    groups: new Map(),
    progress: new Map(),
    endHistory: new Map(),
    meters: new Map(),
    sizes: new Map(),
    configs: new Map(),
  };
}

function addTopic(snapshot: ClusterSnapshot, line: Extract<Line, { 0: "t" }>, distinct: readonly ConfigFact[][]): void {
  const [, name, internal, partitions, ends, starts, sizes, config] = line;
  snapshot.metadata?.topics.set(name, {
    name,
    internal,
    ...(partitions.length === 0 ? { partitionsHidden: true } : {}),
    partitions: partitions.map(([leader, replicas, isr], partition): PartitionFact => ({ partition, leader, replicas, isr })),
  });
  if (ends !== null) snapshot.ends.set(name, offsets(ends));
  if (starts !== null) snapshot.starts.set(name, offsets(starts));
  if (sizes !== null)
    snapshot.sizes.set(
      name,
      sizes.map((byBroker) => new Map(byBroker)),
    );
  const entries = config === null ? undefined : distinct[config[1]];
  if (config !== null && entries !== undefined) snapshot.configs.set(name, { at: config[0], entries });
}

function offsets(texts: (string | null)[]): (bigint | null)[] {
  return texts.map((text) => (text === null ? null : BigInt(text)));
}

function addGroup(snapshot: ClusterSnapshot, [, group, byTopic]: Extract<Line, { 0: "g" }>): void {
  const committed: CommittedOffset[] = [];
  const progress = new Map<string, CommitProgress>();
  for (const [topic, flat] of byTopic) {
    for (let at = 0; at < flat.length; at += 3) {
      const partition = Number(flat[at]);
      const offset = BigInt(flat[at + 1] ?? 0);
      const movedAtMs = flat[at + 2];
      committed.push({ topic, partition, offset });
      if (typeof movedAtMs === "number") progress.set(`${topic}/${partition}`, { offset, movedAtMs });
    }
  }
  snapshot.groups.set(group.id, { ...group, committed });
  if (progress.size > 0) snapshot.progress.set(group.id, progress);
}

function clientOf([user, clientId, ...values]: [string | null, string | null, ...Numbers]): ClientMeterFact {
  return { ...(user === null ? {} : { user }), ...(clientId === null ? {} : { clientId }), ...numbersOf(CLIENT_NUMBERS, values) };
}

/** The numbers that were published, by their names. */
function numbersOf<K extends string>(names: readonly K[], values: Numbers): { [N in K]?: number } {
  const numbers: { [N in K]?: number } = {};
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (typeof value === "number") numbers[name] = value;
  }
  return numbers;
}
