import type { BrokerMeterFact, ClientMeterFact } from "@/lib/domain/facts";

type NumericKeys<T> = { [K in keyof T]-?: Exclude<T[K], undefined> extends number ? K : never }[keyof T];
export type ClientField = NumericKeys<ClientMeterFact>;
export type BrokerField = NumericKeys<BrokerMeterFact>;

/** What a series tells: of a client identity, of a topic or the whole broker (by its labels), of the broker now, or since its start. */
export type Meaning =
  | { of: "client"; field: ClientField }
  | { of: "traffic"; field: BrokerField }
  | { of: "broker"; field: BrokerField }
  | { of: "since-start"; field: "requestHandlerIdle" };

/** A bean's attribute as Kafka names it. `name` and `request` are key properties, which become labels by the exporter's default. */
interface Bean {
  type: string;
  attribute: string;
  name?: string;
  request?: string;
  meaning: Meaning;
  /** Names that widespread exporter rules give it, without `name`. */
  also?: string[];
}

function client(type: string, attribute: string, field: ClientField): Bean {
  return { type: `kafka_server_${type}`, attribute, meaning: { of: "client", field } };
}

function traffic(name: string, total: BrokerField, perSecond: BrokerField): Bean[] {
  const type = "kafka_server_BrokerTopicMetrics";
  const short = `${type}_${name.replace("PerSec", "")}`.toLowerCase();
  return [
    { type, attribute: "Count", name, meaning: { of: "traffic", field: total }, also: [`${short}_total`, `${short}persec_total`] },
    { type, attribute: "OneMinuteRate", name, meaning: { of: "traffic", field: perSecond }, also: [`${short}_oneminuterate`] },
  ];
}

function gauge(type: string, name: string, field: BrokerField): Bean {
  return { type, attribute: "Value", name, meaning: { of: "broker", field }, also: [`${type}_${name}`.toLowerCase()] };
}

function requestTime(name: string, request: string, attribute: "Mean" | "Count", field: BrokerField): Bean {
  return { type: "kafka_network_RequestMetrics", attribute, name, request, meaning: { of: "broker", field } };
}

function handlerIdle(attribute: string, meaning: Meaning): Bean {
  return { type: "kafka_server_KafkaRequestHandlerPool", attribute, name: "RequestHandlerAvgIdlePercent", meaning };
}

const BEANS: Bean[] = [
  client("Produce", "byte_rate", "produceBytesPerSecond"),
  client("Produce", "throttle_time", "produceThrottleMs"),
  client("Fetch", "byte_rate", "consumeBytesPerSecond"),
  client("Fetch", "throttle_time", "consumeThrottleMs"),
  client("Request", "request_time", "requestPercent"),
  client("Request", "throttle_time", "requestThrottleMs"),
  ...traffic("BytesInPerSec", "bytesInTotal", "bytesInPerSecond"),
  ...traffic("BytesOutPerSec", "bytesOutTotal", "bytesOutPerSecond"),
  ...traffic("MessagesInPerSec", "recordsInTotal", "recordsInPerSecond"),
  gauge("kafka_server_ReplicaManager", "UnderReplicatedPartitions", "underReplicatedPartitions"),
  gauge("kafka_server_ReplicaManager", "LeaderCount", "leaderCount"),
  gauge("kafka_server_ReplicaManager", "PartitionCount", "partitionCount"),
  gauge("kafka_network_SocketServer", "NetworkProcessorAvgIdlePercent", "networkProcessorIdle"),
  handlerIdle("OneMinuteRate", { of: "broker", field: "requestHandlerIdle" }),
  handlerIdle("MeanRate", { of: "since-start", field: "requestHandlerIdle" }),
  handlerIdle("Count", { of: "broker", field: "requestHandlerIdleNanosTotal" }),
  requestTime("TotalTimeMs", "Produce", "Mean", "produceTotalTimeMsMean"),
  requestTime("TotalTimeMs", "Produce", "Count", "produceRequestsTotal"),
  requestTime("TotalTimeMs", "FetchConsumer", "Mean", "fetchConsumerTotalTimeMsMean"),
  requestTime("TotalTimeMs", "FetchConsumer", "Count", "fetchConsumerRequestsTotal"),
  requestTime("RemoteTimeMs", "FetchConsumer", "Mean", "fetchConsumerRemoteTimeMsMean"),
];

/** Series name, then its `name` and `request` labels, to what it means; each also in lower case. */
const BY_NAME = new Map<string, Map<string, Meaning>>();

function add(series: string, name: string, request: string, meaning: Meaning): void {
  for (const key of [series, series.toLowerCase()]) {
    const byLabels = BY_NAME.get(key) ?? new Map<string, Meaning>();
    byLabels.set(`${name}/${request}`, meaning).set(`${name}/${request}`.toLowerCase(), meaning);
    BY_NAME.set(key, byLabels);
  }
}

for (const { type, attribute, name, request, meaning, also } of BEANS) {
  add(`${type}_${attribute}`, name ?? "", request ?? "", meaning);
  if (name !== undefined) add(`${type}_${name}_${attribute}`, "", request ?? "", meaning);
  for (const alias of also ?? []) add(alias, "", request ?? "", meaning);
}

/** Every name a read series can have, for the exporter's `name[]` filter. */
export const ASKED_NAMES: readonly string[] = [...BY_NAME.keys()];

/** What series of this name can mean, by their labels; null: none is read. */
export function meaningsOf(name: string): ReadonlyMap<string, Meaning> | null {
  return BY_NAME.get(name) ?? null;
}

/** What the series with these labels means; null: it is not read. */
export function meaningOf(meanings: ReadonlyMap<string, Meaning>, labels: ReadonlyMap<string, string>): Meaning | null {
  const key = `${labels.get("name") ?? ""}/${labels.get("request") ?? ""}`;
  return meanings.get(key) ?? meanings.get(key.toLowerCase()) ?? null;
}

/** Series of one name that mean the same; `names` are the values their `name` label may have, empty where they have none. */
export interface SeriesOfMeaning {
  series: string;
  names: string[];
}

/** Every series that means a field, most usual name first. */
export function seriesMeaning(of: Meaning["of"], field: ClientField | BrokerField): SeriesOfMeaning[] {
  return [...BY_NAME].flatMap(([series, byLabels]) => {
    const keys = [...byLabels].filter(([, meaning]) => meaning.of === of && meaning.field === field).map(([key]) => key);
    const names = keys.map((key) => key.slice(0, key.indexOf("/"))).filter((name) => name !== "");
    return keys.length === 0 ? [] : [{ series, names }];
  });
}
