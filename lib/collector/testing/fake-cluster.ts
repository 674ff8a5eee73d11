import type { ClusterAdmin, Scrape } from "@/lib/collector/ports";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { ExporterFacts, GroupFact, MetadataFacts, PartitionOffsets, Problem, Reading } from "@/lib/domain/facts";

export const CONNECTION: ResolvedConnection = {
  id: "shared-1",
  name: "Shared one",
  mode: "observe",
  bootstrap: ["b1:9092"],
  authentication: { kind: "none" },
  tls: null,
  exporter: { port: 11001, intervalMs: 15_000, prometheus: null },
  msk: null,
};

/** A cluster in memory: what it answers, and how often it was asked. Change its fields to change the cluster. */
export interface FakeCluster {
  brokerIds: number[];
  topics: Record<string, { ends: (bigint | null)[]; starts: bigint[] }>;
  groups: GroupFact[];
  /** Operations that fail for every broker, and brokers that answer nothing. */
  failing: Set<string>;
  silentBrokers: Set<number>;
  /** Operations that wait until this settles. */
  gates: Map<string, Promise<void>>;
  asked: string[];
  /** The first record at or after a time; null: there is none. */
  offsetAt: (asked: { topic: string; partition: number; timestampMs: number }) => bigint | null;
  bytesIn: number;
  open: () => ClusterAdmin;
  scrape: Scrape;
  openConnections: number;
}

export function fakeCluster(): FakeCluster {
  const cluster: FakeCluster = {
    brokerIds: [1, 2, 3],
    topics: { "acme.orders": { ends: [100n, 200n], starts: [0n, 0n] } },
    groups: [group("acme.billing", 1, [["acme.orders", 0, 90n]])],
    failing: new Set(),
    silentBrokers: new Set(),
    gates: new Map(),
    asked: [],
    offsetAt: () => null,
    bytesIn: 0,
    openConnections: 0,
    open: () => adminOf(cluster),
    scrape: async ({ brokerId, clock }) => {
      await ask(cluster, "exporter");
      if (cluster.failing.has("exporter") || cluster.silentBrokers.has(brokerId))
        return { value: null, problems: [problem("GET /metrics", brokerId)] };
      return { value: page(cluster, brokerId, new Date(clock.now()).toISOString()), problems: [] };
    },
  };
  return cluster;
}

export function group(id: string, coordinatorId: number, committed: [string, number, bigint][]): GroupFact {
  return {
    id,
    type: "classic",
    state: "Stable",
    protocolType: "consumer",
    coordinatorId,
    committed: committed.map(([topic, partition, offset]) => ({ topic, partition, offset })),
  };
}

async function ask(cluster: FakeCluster, operation: string): Promise<void> {
  cluster.asked.push(operation);
  await cluster.gates.get(operation);
}

function problem(operation: string, brokerId?: number): Problem {
  return { code: "unreachable", operation, message: "No answer.", ...(brokerId === undefined ? {} : { brokerId }) };
}

function page(cluster: FakeCluster, brokerId: number, at: string): ExporterFacts {
  return {
    brokerId,
    at,
    clients: [{ user: "acme", produceBytesPerSecond: cluster.bytesIn }],
    topics: new Map([["acme.orders", { bytesInPerSecond: cluster.bytesIn }]]),
    broker: { bytesInPerSecond: cluster.bytesIn },
  };
}

function metadataOf(cluster: FakeCluster): MetadataFacts {
  const brokers = cluster.brokerIds.map((id) => ({ id, host: `b${id}`, port: 9092, rack: null }));
  const topics = Object.entries(cluster.topics).map(
    ([name, { ends }]): [string, MetadataFacts["topics"] extends Map<string, infer T> ? T : never] => [
      name,
      {
        name,
        internal: false,
        partitions: ends.map((_, partition) => ({ partition, leader: cluster.brokerIds[0] ?? null, replicas: [1, 2, 3], isr: [1, 2, 3] })),
      },
    ],
  );
  return { kafkaClusterId: "fake", controllerId: cluster.brokerIds[0] ?? null, brokers, topics: new Map(topics) };
}

function offsets(cluster: FakeCluster, which: "ends" | "starts"): PartitionOffsets {
  return new Map(Object.entries(cluster.topics).map(([name, topic]) => [name, [...topic[which]]]));
}

function adminOf(cluster: FakeCluster): ClusterAdmin {
  cluster.openConnections++;
  async function reading<T, U>(operation: string, value: () => T, otherwise: U): Promise<Reading<T | U>> {
    await ask(cluster, operation);
    return cluster.failing.has(operation) ? { value: otherwise, problems: [problem(operation)] } : { value: value(), problems: [] };
  }
  return {
    readMetadata: () => reading("metadata", () => metadataOf(cluster), null),
    async sweepLag(known) {
      await ask(cluster, "offsets");
      if (cluster.failing.has("offsets")) return { value: null, problems: [problem("ListGroups")] };
      const silent = [...cluster.silentBrokers];
      const groups = cluster.groups.filter(({ coordinatorId }) => !cluster.silentBrokers.has(coordinatorId));
      const metadata = known ?? metadataOf(cluster);
      const ends = new Map([...offsets(cluster, "ends")].filter(([topic]) => metadata.topics.has(topic)));
      const value = { metadata, groups: structuredClone(groups), ends };
      return { value, problems: silent.map((id) => problem("ListGroups", id)) };
    },
    readOffsetsAtTime: (_metadata, questions) =>
      reading("times", () => questions.map((asked) => ({ ...asked, offset: cluster.offsetAt(asked), recordTimestampMs: null })), []),
    readLogStarts: () => reading("starts", () => offsets(cluster, "starts"), new Map()),
    readLogs: () =>
      reading(
        "logs",
        () => {
          const alive = cluster.brokerIds.filter((id) => !cluster.silentBrokers.has(id));
          return {
            dirs: alive.map((brokerId) => ({ brokerId, path: "/d", totalBytes: 100, usableBytes: 50 })),
            replicas: alive.map((brokerId) => ({ topic: "acme.orders", partition: 0, brokerId, sizeBytes: 1000 + brokerId })),
          };
        },
        null,
      ),
    readConfigs: (resources) =>
      reading(
        "configs",
        () =>
          resources.map((resource) => ({
            resource,
            configs: [{ name: "retention.ms", value: "1000", source: "default" as const, readOnly: false, sensitive: false, synonyms: [] }],
          })),
        [],
      ),
    readQuotas: () => reading("quotas", () => [{ entity: { user: "acme" }, values: { producer_byte_rate: 1000 } }], null),
    readAcls: () => reading("acls", () => [], null),
    readScramUsers: () => reading("scram", () => [{ name: "acme", mechanisms: ["SCRAM-SHA-512"] }], null),
    close: () => {
      cluster.openConnections--;
    },
  };
}
