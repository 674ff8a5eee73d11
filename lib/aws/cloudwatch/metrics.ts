import type { PeriodSeconds } from "@/lib/domain/cloud-facts";

export type Statistic = "Average" | "Sum" | "Maximum";
export type CloudUnit = "bytes per second" | "records per second" | "percent" | "share" | "milliseconds" | "seconds" | "bytes" | "count";

interface MetricRule {
  unit: CloudUnit;
  statistic: Statistic;
}

function rules(unit: CloudUnit, statistic: Statistic, ...metrics: string[]): [string, MetricRule][] {
  return metrics.map((metric) => [metric, { unit, statistic }]);
}

/**
 * Units and statistics of the namespace `AWS/Kafka`. Source: "Amazon MSK metrics for monitoring Standard brokers with CloudWatch",
 * "… Express brokers …" and "Monitor serverless clusters" of the MSK developer guide. Rates, shares and times are averaged. Connections
 * are added: a broker publishes a datapoint per listener. Whatever only one broker of the cluster publishes truly (the controller's
 * counts), and whatever must not be smoothed away (lag, disks, partitions without enough replicas), is the maximum.
 *
 * The time lags are documented in seconds; CloudWatch's own unit has been seen as milliseconds, which GetMetricData does not tell.
 */
const RULES = new Map<string, MetricRule>([
  ...rules("bytes per second", "Average", "BytesInPerSec", "BytesOutPerSec", "ReplicationBytesInPerSec", "ReplicationBytesOutPerSec"),
  ...rules("bytes per second", "Average", "ProduceThrottleByteRate", "FetchThrottleByteRate"),
  ...rules("bytes per second", "Average", "RemoteFetchBytesPerSec", "RemoteCopyBytesPerSec"),
  ...rules("records per second", "Average", "MessagesInPerSec", "ProduceMessageConversionsPerSec", "FetchMessageConversionsPerSec"),
  ...rules("percent", "Average", "CpuUser", "CpuSystem", "CpuIdle", "CpuIoWait", "HeapMemoryAfterGC", "BurstBalance"),
  ...rules("share", "Average", "RequestHandlerAvgIdlePercent", "NetworkProcessorAvgIdlePercent"),
  ...rules("percent", "Maximum", "KafkaDataLogsDiskUsed", "KafkaAppLogsDiskUsed", "RootDiskUsed"),
  ...rules("milliseconds", "Average", "ProduceThrottleTime", "FetchThrottleTime", "RequestThrottleTime", "RequestExemptFromThrottleTime"),
  ...rules("milliseconds", "Average", "ProduceTotalTimeMsMean", "FetchConsumerTotalTimeMsMean", "FetchFollowerTotalTimeMsMean"),
  ...rules("seconds", "Maximum", "EstimatedMaxTimeLag", "MaxEstimatedTimeLag", "RollingEstimatedTimeLagMax"),
  ...rules("seconds", "Maximum", "EstimatedTimeLag", "RollingEstimatedTimeLag"),
  ...rules("count", "Maximum", "MaxOffsetLag", "SumOffsetLag", "OffsetLag"),
  ...rules("count", "Maximum", "GlobalPartitionCount", "GlobalTopicCount", "OfflinePartitionsCount", "ActiveControllerCount"),
  ...rules("count", "Maximum", "UnderReplicatedPartitions", "UnderMinIsrPartitionCount"),
  ...rules("count", "Maximum", "PartitionCount", "LeaderCount", "UserPartitionExists"),
  ...rules("count", "Sum", "ConnectionCount", "ClientConnectionCount", "TrafficShaping"),
  ...rules("bytes", "Maximum", "StorageUsed", "RemoteLogSizeBytes"),
]);

/** Serverless publishes these once per partition and minute, so a minute's rate is their sum. */
const ADDED_ON_SERVERLESS = new Set([
  "BytesInPerSec",
  "BytesOutPerSec",
  "MessagesInPerSec",
  "ProduceMessageConversionsPerSec",
  "FetchMessageConversionsPerSec",
]);

/** The unit AWS documents for a metric; null: not known here. A share is 0 to 1, though its metric may be called percent. */
export function unitOf(metric: string): CloudUnit | null {
  return RULES.get(metric)?.unit ?? null;
}

/** What CloudWatch has to do with the datapoints of a period. A metric that is not known here is averaged. */
export function statisticOf(metric: string, serverless: boolean): Statistic {
  return serverless && ADDED_ON_SERVERLESS.has(metric) ? "Sum" : (RULES.get(metric)?.statistic ?? "Average");
}

/** A sum over a longer period holds every minute of it; the value of one minute is `m1 * 60 / PERIOD(m1)`. */
export function valueOfPeriod(value: number, statistic: Statistic, periodSeconds: PeriodSeconds): number {
  return statistic === "Sum" ? (value * 60) / periodSeconds : value;
}
