import type { MonitoringLevel } from "@/sandbox/kafka/topology";
import { PORTS } from "@/sandbox/kafka/topology";
import type { ExporterPage } from "./exporter-page";
import { measured, numberAt } from "./exporter-page";
import type { Value } from "./levels";
import { publishes, value } from "./levels";
import type { BrokerReading } from "./read-broker";

/** Two readings of one broker, a minute apart. */
interface Minute {
  before: BrokerReading;
  now: BrokerReading;
  /** The minute's length; what counters grew by is divided by it. */
  seconds: number;
}

const BYTES = { BytesInPerSec: "Bytes/Second", BytesOutPerSec: "Bytes/Second" } as const;
const TOPIC_COUNTER = "kafka_server_BrokerTopicMetrics_Count";

/**
 * What MSK publishes of one broker for a minute, from its own counters. Nothing when the broker has started since the last reading: its
 * counters began anew.
 */
export function brokerValues(clusterName: string, level: MonitoringLevel, minute: Minute): Value[] {
  const { before, now } = minute;
  const started = (page: ExporterPage) => numberAt(page, "process_start_time_seconds");
  if (started(before.page) !== started(now.page)) return [];
  const dimensions = { "Cluster Name": clusterName, "Broker ID": String(now.brokerId) };
  return [
    ...throughput(dimensions, minute),
    ...topicThroughput(dimensions, level, minute),
    ...machineValues(dimensions, minute),
    ...gauges(dimensions, now),
    ...meanTime("ProduceTotalTimeMsMean", "Produce", dimensions, minute),
    ...(publishes(level, "PER_BROKER") ? perBroker(dimensions, minute) : []),
  ];
}

type Dimensions = Record<string, string>;

function throughput(dimensions: Dimensions, { before, now, seconds }: Minute): Value[] {
  return Object.entries({ ...BYTES, MessagesInPerSec: "Count/Second" } as const).flatMap(([metric, unit]) => {
    const total = (page: ExporterPage) =>
      measured(page, TOPIC_COUNTER, { name: metric }).find(({ labels }) => labels.topic === undefined)?.value;
    const grown = growth(total(before.page), total(now.page));
    return grown === undefined ? [] : [value(metric, unit, dimensions, grown / seconds)];
  });
}

/** A topic's series begins once something was counted, and goes on from there. Messages of a topic need a higher level than its bytes. */
function topicThroughput(dimensions: Dimensions, level: MonitoringLevel, { before, now, seconds }: Minute): Value[] {
  const metrics = { ...BYTES, ...(publishes(level, "PER_TOPIC_PER_BROKER") ? ({ MessagesInPerSec: "Count/Second" } as const) : {}) };
  return Object.entries(metrics).flatMap(([metric, unit]) => {
    const earlier = new Map(
      measured(before.page, TOPIC_COUNTER, { name: metric }).map(({ labels, value: count }) => [labels.topic, count]),
    );
    return measured(now.page, TOPIC_COUNTER, { name: metric }).flatMap(({ labels: { topic }, value: count }) => {
      const grown = growth(earlier.get(topic) ?? 0, count);
      if (topic === undefined || count === 0 || grown === undefined) return [];
      return [value(metric, unit, { ...dimensions, Topic: topic }, grown / seconds)];
    });
  });
}

/** A counter that went back began anew: how much it grew is not known. */
function growth(before: number | undefined, now: number | undefined): number | undefined {
  return before === undefined || now === undefined || now < before ? undefined : now - before;
}

/** User and system time are the process's, idle and waiting time the machine's, all in percent of the machine's processors. */
function machineValues(dimensions: Dimensions, { before, now }: Minute): Value[] {
  const disk = value("KafkaDataLogsDiskUsed", "Percent", dimensions, now.diskUsedPercent);
  if (before.ticks === null || now.ticks === null || now.ticks.total <= before.ticks.total) return [disk];
  const [from, to] = [before.ticks, now.ticks];
  const percent = (part: "user" | "system" | "idle" | "ioWait") => (100 * (to[part] - from[part])) / (to.total - from.total);
  return [
    disk,
    value("CpuUser", "Percent", dimensions, percent("user")),
    value("CpuSystem", "Percent", dimensions, percent("system")),
    value("CpuIdle", "Percent", dimensions, percent("idle")),
    value("CpuIoWait", "Percent", dimensions, percent("ioWait")),
  ];
}

function gauges(dimensions: Dimensions, { page, connections }: BrokerReading): Value[] {
  const named = ["PartitionCount", "LeaderCount", "UnderReplicatedPartitions", "UnderMinIsrPartitionCount"].flatMap((name) =>
    count(name, dimensions, numberAt(page, "kafka_server_ReplicaManager_Value", { name })),
  );
  const heapMax = numberAt(page, "jvm_memory_max_bytes", { area: "heap" });
  const heapUsed = measured(page, "jvm_memory_pool_collection_used_bytes").reduce((sum, pool) => sum + pool.value, 0);
  const client = (authentication: string, port: number) =>
    value("ClientConnectionCount", "Count", { ...dimensions, "Client Authentication": authentication }, connections.get(port) ?? 0);
  return [
    ...named,
    ...(heapMax === undefined ? [] : [value("HeapMemoryAfterGC", "Percent", dimensions, (100 * heapUsed) / heapMax)]),
    value(
      "ConnectionCount",
      "Count",
      dimensions,
      [...connections.values()].reduce((sum, open) => sum + open, 0),
    ),
    client("SASL_SCRAM", PORTS.sasl),
    client("SSL", PORTS.tls),
  ];
}

const count = (metric: string, dimensions: Dimensions, sample: number | undefined) =>
  sample === undefined ? [] : [value(metric, "Count", dimensions, sample)];

/** MSK's brokers are no controllers; a node that is both adds the idle share of both pools, of which the controller's idles. */
function ofOnePool(idle: number): number {
  return Math.min(1, idle > 1.05 ? idle - 1 : idle);
}

function perBroker(dimensions: Dimensions, minute: Minute): Value[] {
  const { page } = minute.now;
  const idle = numberAt(page, "kafka_server_KafkaRequestHandlerPool_OneMinuteRate", { name: "RequestHandlerAvgIdlePercent" });
  const network = numberAt(page, "kafka_network_SocketServer_Value", { name: "NetworkProcessorAvgIdlePercent" });
  return [
    ...(idle === undefined ? [] : [value("RequestHandlerAvgIdlePercent", "Percent", dimensions, ofOnePool(idle))]),
    ...(network === undefined ? [] : [value("NetworkProcessorAvgIdlePercent", "Percent", dimensions, network)]),
    ...meanTime("FetchConsumerTotalTimeMsMean", "FetchConsumer", dimensions, minute),
    ...["Produce", "Fetch", "Request"].flatMap((kind) => throttling(kind, dimensions, page)),
  ];
}

/** Kafka exports the mean and the number of all requests since the start; their product's growth is the minute's own. */
function meanTime(metric: string, request: string, dimensions: Dimensions, { before, now }: Minute): Value[] {
  const read = (page: ExporterPage, part: "Count" | "Mean") =>
    numberAt(page, `kafka_network_RequestMetrics_${part}`, { name: "TotalTimeMs", request });
  const [requestsBefore = 0, requests = 0] = [read(before.page, "Count"), read(now.page, "Count")];
  if (requests <= requestsBefore) return [];
  const grown = (read(now.page, "Mean") ?? 0) * requests - (read(before.page, "Mean") ?? 0) * requestsBefore;
  return [value(metric, "Milliseconds", dimensions, Math.max(0, grown / (requests - requestsBefore)))];
}

/** The mean over the principals that are throttled now; 0 when quotas are measured and nobody is. Nothing where no quota is measured. */
function throttling(kind: string, dimensions: Dimensions, page: ExporterPage): Value[] {
  const times = measured(page, `kafka_server_${kind}_throttle_time`).map((principal) => principal.value);
  const throttled = times.filter((time) => time > 0);
  const mean = throttled.reduce((sum, time) => sum + time, 0) / Math.max(1, throttled.length);
  return [
    ...(times.length === 0 ? [] : [value(`${kind}ThrottleTime`, "Milliseconds", dimensions, mean)]),
    ...count(`${kind}ThrottleQueueSize`, dimensions, numberAt(page, `kafka_server_${kind}_queue_size`)),
  ];
}
