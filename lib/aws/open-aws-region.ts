import type { ResolvedAwsConnection } from "@/lib/domain/connection";
import { listPublished } from "./cloudwatch/list-published";
import { readSeries } from "./cloudwatch/read-series";
import { openSeriesCache } from "./cloudwatch/series-cache";
import { startSpending } from "./cloudwatch/spending";
import { type KnownKeys, readKey } from "./kms/read-key";
import { openLink } from "./link/open-link";
import { listClusters } from "./msk/list-clusters";
import { listTopics } from "./msk/list-topics";
import { readBootstrap } from "./msk/read-bootstrap";
import { readCluster } from "./msk/read-cluster";
import { readConfiguration } from "./msk/read-configuration";
import { readNodes } from "./msk/read-nodes";
import { type OperationReasons, readOperations } from "./msk/read-operations";
import { readPartitions } from "./msk/read-partitions";
import { readScramSecrets } from "./msk/read-scram-secrets";
import { readTopic } from "./msk/read-topic";
import { updateTopicConfigs, updateTopicPartitions } from "./msk/update-topic";
import type { AwsRegion } from "./port";

export interface AwsRegionOptions {
  connection: ResolvedAwsConnection;
  region: string;
  /** Absent: the system's. */
  clock?: { now: () => number };
  /** A reading that takes longer is given up, so that a region that hangs costs only itself. */
  deadlineMs?: number;
  /** One request; a request that takes longer is repeated while the deadline allows it. */
  requestTimeoutMs?: number;
  /** Requests for one answer, the first one included. */
  maxAttempts?: number;
}

/**
 * AWS as the connection's role sees it in one region. Make one and share it: its cache, its budget and its counters are for everybody.
 * Opening asks for nothing; credentials are looked for with the first reading.
 */
export function openAwsRegion(options: AwsRegionOptions): AwsRegion {
  const { connection, region, clock = Date, deadlineMs = 30_000, requestTimeoutMs = 10_000, maxAttempts = 4 } = options;
  const now = (): number => clock.now();
  const spending = startSpending(connection.dollarsPerHour, now);
  const requestHandler = {
    connectionTimeout: Math.min(3000, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true as const,
  };
  const link = openLink(connection, { region, now, maxAttempts, requestHandler, count: spending.count }, deadlineMs);
  const series = { link, cache: openSeriesCache(now), spending, dollarsPerHour: connection.dollarsPerHour };
  const reasons: OperationReasons = new Map();
  const keys: KnownKeys = new Map();

  return {
    region,
    listClusters: () => listClusters(link),
    readCluster: (arn) => readCluster(link, arn),
    readNodes: (arn) => readNodes(link, arn),
    readBootstrap: (arn) => readBootstrap(link, arn),
    readOperations: (arn) => readOperations(link, arn, reasons),
    readConfiguration: (arn, revision) => readConfiguration(link, arn, revision),
    readKey: (keyArn) => readKey(link, keyArn, keys),
    listTopics: (arn) => listTopics(link, arn),
    readTopic: (arn, topic) => readTopic(link, arn, topic),
    readPartitions: (arn, topic) => readPartitions(link, arn, topic),
    readScramSecrets: (arn) => readScramSecrets(link, arn),
    updateTopicConfigs: (arn, topic, configs) => updateTopicConfigs(link, arn, topic, configs),
    updateTopicPartitions: (arn, topic, count) => updateTopicPartitions(link, arn, topic, count),
    listPublished: (clusterName, metrics) => listPublished(link, clusterName, metrics),
    readSeries: (request) => readSeries(series, request),
    spending: spending.read,
    close: link.close,
  };
}
