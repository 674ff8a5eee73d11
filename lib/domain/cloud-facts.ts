/**
 * What CloudWatch says of a cluster (namespace `AWS/Kafka`), before anything is concluded from it. Every series belongs to one cluster
 * by its *name*: CloudWatch does not know ARNs.
 */

/** Which series of a cluster: a metric, and the dimensions beside `Cluster Name`. */
export interface SeriesKey {
  metric: string;
  brokerId?: number;
  topic?: string;
  group?: string;
  partition?: number;
  /** A series of somebody else's namespace, with all of its dimensions; it belongs to no cluster. */
  custom?: { namespace: string; dimensions: Readonly<Record<string, string>> };
}

/** CloudWatch keeps minutes for 15 days, five minutes for 63 days, hours for 455 days. */
export type PeriodSeconds = 60 | 300 | 3600;

export interface SeriesRequest {
  clusterName: string;
  /** Chooses the statistic: serverless publishes a datapoint per partition, so it is summed; elsewhere rates are averaged. */
  serverless: boolean;
  keys: SeriesKey[];
  startMs: number;
  endMs: number;
  periodSeconds: PeriodSeconds;
}

export interface CloudPoint {
  /** The beginning of the period. */
  atMs: number;
  value: number;
}

/** `partial`: more would have come. `forbidden` and `failed` are CloudWatch's own words for one series of an answer. */
export interface CloudSeries {
  key: SeriesKey;
  /** Oldest first; a period without a datapoint is not there. */
  points: CloudPoint[];
  status: "complete" | "partial" | "forbidden" | "failed";
  message?: string;
}

/** What is published at all, as ListMetrics tells: the monitoring level alone does not decide it. */
export interface PublishedSeries {
  at: string;
  keys: SeriesKey[];
}

/** Calls made and what they cost since the process started; GetMetricData costs by the series asked for. */
export interface AwsSpending {
  since: string;
  calls: Record<string, number>;
  seriesRequested: number;
  /** US dollars at the listed price of us-east-1 (2026-08): 0.01 per 1,000 series of GetMetricData. */
  dollars: number;
}

export interface CloudGroupLag {
  /** Records, added over partitions. */
  sumOffsetLag?: number;
  /** Records of the worst partition. */
  maxOffsetLag?: number;
  /** AWS's estimate of the time to *drain* the worst partition: never how old the unread records are. */
  estimatedMaxTimeLagSeconds?: number;
}

/**
 * The newest minute of everything that was asked for. A number that is absent is not published or had no datapoint in the last
 * minutes: never a zero.
 */
export interface CloudFacts {
  /** Beginning of the newest minute any series had, ISO. */
  at: string;
  /** Metric names with at least one series per kind of dimension. */
  published: { broker: string[]; topic: string[]; group: string[]; cluster: string[] };
  /** By broker id, then by CloudWatch's metric name, in CloudWatch's unit. */
  brokers: Map<number, Record<string, number>>;
  /** By topic, then by broker id; a serverless cluster has no brokers, its values stand under broker 0. */
  topics: Map<string, Map<number, { bytesInPerSecond?: number; bytesOutPerSecond?: number; recordsInPerSecond?: number }>>;
  /** By group, then by topic. */
  groups: Map<string, Map<string, CloudGroupLag>>;
  /** Metrics of the cluster as a whole. */
  cluster: Record<string, number>;
}
