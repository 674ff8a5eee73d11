import type { SeriesKey } from "@/lib/domain/cloud-facts";

/** Told for each broker; those of the second row are published from PER_BROKER on (Standard and Express). */
const BROKER_LOAD = [
  "CpuUser",
  "CpuSystem",
  "KafkaDataLogsDiskUsed",
  "PartitionCount",
  "LeaderCount",
  "ProduceTotalTimeMsMean",
  // What the network allowance held back: a sign of pressure that no client causes by its own quota.
  "TrafficShaping",
];
const BROKER_DETAIL = [
  "RequestHandlerAvgIdlePercent",
  "NetworkProcessorAvgIdlePercent",
  "FetchConsumerTotalTimeMsMean",
  "ProduceThrottleTime",
  "FetchThrottleTime",
  "RequestThrottleTime",
];
/** Of Express brokers, from PER_BROKER on: what the limit of a broker's size, or a client's quota, holds back. */
const EXPRESS_DETAIL = ["ProduceThrottleByteRate", "FetchThrottleByteRate"];
const RATES = ["BytesInPerSec", "BytesOutPerSec", "MessagesInPerSec"];
/** Serverless says MaxEstimatedTimeLag where the others say EstimatedMaxTimeLag. */
const LAG = ["SumOffsetLag", "MaxOffsetLag", "EstimatedMaxTimeLag", "MaxEstimatedTimeLag"];
const CLUSTER = ["GlobalPartitionCount", "GlobalTopicCount", "OfflinePartitionsCount", "StorageUsed"];

/** Every metric the console asks for. Source: the CloudWatch metrics pages of MSK for Standard, Express and Serverless. */
export const CLOUD_METRICS: readonly string[] = [...RATES, ...LAG, ...BROKER_LOAD, ...BROKER_DETAIL, ...EXPRESS_DETAIL, ...CLUSTER];

export type SeriesLevel = "cluster" | "broker" | "topic" | "group";

export function levelOf({ brokerId, topic, group }: SeriesKey): SeriesLevel {
  if (group !== undefined) return "group";
  if (topic !== undefined) return "topic";
  return brokerId === undefined ? "cluster" : "broker";
}

/** What nobody else tells of a cluster, so that CloudWatch is asked for no more. */
export interface CloudNeeds {
  /** No exporter tells the rates of brokers and topics. */
  rates: boolean;
  /** No broker tells where groups stand. */
  lag: boolean;
  /** The brokers are of Express, which hold requests back at the throughput of their size. */
  express: boolean;
}

/** The series worth their price: the load of machines always, rates and lag only where nothing nearer to the truth is read. */
export function neededSeries(keys: readonly SeriesKey[], needs: CloudNeeds): SeriesKey[] {
  return keys.filter((key) => {
    if (key.partition !== undefined) return false;
    const level = levelOf(key);
    if (level === "group") return needs.lag && LAG.includes(key.metric);
    if (RATES.includes(key.metric)) return needs.rates && level !== "cluster";
    if (level === "topic") return false;
    return level === "cluster" ? CLUSTER.includes(key.metric) : brokerMetrics(needs).includes(key.metric);
  });
}

function brokerMetrics({ express }: CloudNeeds): string[] {
  return [...BROKER_LOAD, ...BROKER_DETAIL, ...(express ? EXPRESS_DETAIL : [])];
}
