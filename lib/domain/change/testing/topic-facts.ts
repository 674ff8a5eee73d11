import type { ConfigFact, ConfigSource, TopicFact } from "@/lib/domain/facts";
import type { EndPoint } from "@/lib/domain/snapshot";

/** A topic as tests describe it. What is given once holds for each of its partitions. */
export interface TopicSpec {
  /** Default 3; the leader of partition n is the n-th of the cluster's brokers, round and round. */
  partitions?: number;
  /** Default: as many as there are brokers, three at most. */
  replicationFactor?: number;
  /** Its own values, as Kafka writes them. null: its configuration could not be read. */
  own?: Record<string, string> | null;
  /** Bytes of a partition's log on each of its replicas; default 1,000. null: nobody told. */
  bytes?: number | readonly number[] | null;
  /** First offset of the log, default 0. null: not read. */
  start?: number | readonly number[] | null;
  /** The next offset, default 1,000. null: not read. */
  end?: number | readonly number[] | null;
  /** How the end grew, oldest first. Default: evenly from 0 to the end over the last 1,000 seconds. */
  history?: readonly (readonly [msAgo: number, offset: number])[];
  /** Of the topic as a whole, spread evenly over its leaders. Absent: the brokers do not tell. */
  bytesInPerSecond?: number;
  recordsInPerSecond?: number;
}

/** Values of a topic that has none of its own on a broker without a configuration, as Kafka 4 has them. */
const DEFAULTS: Record<string, { value: string; broker: string }> = {
  "cleanup.policy": { value: "delete", broker: "log.cleanup.policy" },
  "retention.ms": { value: "604800000", broker: "log.retention.ms" },
  "retention.bytes": { value: "-1", broker: "log.retention.bytes" },
  "max.message.bytes": { value: "1048588", broker: "message.max.bytes" },
  "segment.ms": { value: "604800000", broker: "log.roll.ms" },
  "segment.bytes": { value: "1073741824", broker: "log.segment.bytes" },
  "message.timestamp.type": { value: "CreateTime", broker: "log.message.timestamp.type" },
  "remote.storage.enable": { value: "false", broker: "" },
  "local.retention.ms": { value: "-2", broker: "log.local.retention.ms" },
  "local.retention.bytes": { value: "-2", broker: "log.local.retention.bytes" },
};

type Synonym = ConfigFact["synonyms"][number];

/** A topic's effective values with the chain each falls back through. */
export function topicConfigs(own: Record<string, string>, broker: Record<string, string>): ConfigFact[] {
  const names = new Set([...Object.keys(DEFAULTS), ...Object.keys(own)]);
  return [...names].map((name) => {
    const inherited = DEFAULTS[name];
    const synonyms: Synonym[] = [];
    add(synonyms, name, own[name], "topic");
    if (inherited !== undefined) {
      add(synonyms, inherited.broker, broker[inherited.broker], "static-broker");
      add(synonyms, inherited.broker, inherited.value, "default");
    }
    return configFact(name, synonyms);
  });
}

function add(synonyms: Synonym[], name: string, value: string | undefined, source: ConfigSource): void {
  if (value !== undefined) synonyms.push({ name, value, source });
}

/** The strongest of the chain is what counts. */
export function configFact(name: string, synonyms: Synonym[]): ConfigFact {
  const [first = { value: null, source: "default" as const }] = synonyms;
  return { name, value: first.value, source: first.source, readOnly: false, sensitive: false, synonyms };
}

/** A broker's own values, as its configuration file has them. */
export function brokerConfigs(values: Record<string, string>): ConfigFact[] {
  return Object.entries(values).map(([name, value]) => configFact(name, [{ name, value, source: "static-broker" }]));
}

export function topicFact(name: string, spec: TopicSpec, brokers: readonly number[]): TopicFact {
  const copies = Math.min(spec.replicationFactor ?? 3, brokers.length);
  const partitions = Array.from({ length: spec.partitions ?? 3 }, (_, partition) => {
    const replicas = Array.from({ length: copies }, (_, copy) => brokers[(partition + copy) % brokers.length] ?? 0);
    return { partition, leader: replicas[0] ?? null, replicas, isr: replicas };
  });
  return { name, internal: false, partitions };
}

/** One value for each partition: what is given once holds for all. */
export function perPartition<T>({ partitions }: TopicFact, given: T | readonly T[]): T[] {
  return partitions.map((_, index) => (Array.isArray(given) ? given[index] : given) as T);
}

export function endPoints(spec: TopicSpec, end: number, nowMs: number): EndPoint[] {
  const grown: TopicSpec["history"] = [
    [1_000_000, 0],
    [0, end],
  ];
  return (spec.history ?? grown).map(([msAgo, offset]) => ({ atMs: nowMs - msAgo, offset: BigInt(offset) }));
}
