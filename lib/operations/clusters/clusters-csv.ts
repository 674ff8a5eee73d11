import type { ClusterSummary } from "@/lib/domain/views/clusters";
import type { Csv, CsvValue } from "@/lib/operations/define";
import { observedCells } from "@/lib/operations/list/observed-cells";

const OBSERVED: readonly (readonly [ObservedKey, string])[] = [
  ["bytesInPerSecond", "produce, bytes/s"],
  ["bytesOutPerSecond", "consume, bytes/s"],
  ["capacityBytesPerSecond", "capacity, bytes/s"],
  ["requestHandlerIdle", "handlers idle of the busiest broker, share"],
  ["diskUsedShare", "disk used of the fullest broker, share"],
  ["produceTotalTimeMs", "produce time of the slowest broker, ms"],
  ["fetchTimeMs", "fetch time of the slowest broker without its wait for records where that is told, ms"],
  ["storageBytes", "storage with replicas, bytes"],
];

type ObservedKey =
  | "bytesInPerSecond"
  | "bytesOutPerSecond"
  | "capacityBytesPerSecond"
  | "requestHandlerIdle"
  | "diskUsedShare"
  | "produceTotalTimeMs"
  | "fetchTimeMs"
  | "storageBytes";

const HEAD = [
  "cluster",
  "name",
  "mode",
  "state",
  "sentence",
  "kind",
  "region",
  "instance type",
  "Kafka version",
  "MSK state",
  "MSK operation",
  "known through",
  "brokers alive",
  "brokers known",
  "tenants",
  "topics",
  "partitions",
  "groups",
  "unowned topics",
  "unowned groups",
  "busiest broker",
  "fullest broker",
  "disk full at",
  ...OBSERVED.flatMap(([, head]) => [head, `${head}, source`]),
  "read at",
];

/** All clusters with raw numbers; what is not known is empty, and its source says so. */
export function clustersCsv(clusters: Iterable<ClusterSummary>): Csv {
  return { filename: "clusters", head: HEAD, rows: cells(clusters) };
}

function* cells(clusters: Iterable<ClusterSummary>): Generator<CsvValue[]> {
  for (const cluster of clusters) {
    const { msk } = cluster;
    yield [
      cluster.id,
      cluster.name,
      cluster.mode,
      cluster.state,
      cluster.sentence,
      msk?.kind ?? null,
      msk?.region ?? null,
      msk?.instanceType ?? null,
      msk?.kafkaVersion ?? null,
      msk?.state ?? null,
      msk?.operation?.type ?? null,
      cluster.knownThrough,
      cluster.brokersAlive,
      cluster.brokersKnown,
      cluster.tenants,
      cluster.topics,
      cluster.partitions,
      cluster.groups,
      cluster.unownedTopics,
      cluster.unownedGroups,
      cluster.busiestBrokerId,
      cluster.fullestBrokerId,
      cluster.diskFullAt,
      ...OBSERVED.flatMap(([key]) => observedCells(cluster[key])),
      cluster.at,
    ];
  }
}
