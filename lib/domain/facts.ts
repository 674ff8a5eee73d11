/**
 * What an adapter saw of a cluster, in the words of Kafka, before anything is concluded from it.
 * Adapters return these; the collector keeps them; decisions read them. Nothing here knows a tenant.
 */

/** Why a part of an answer is missing. `forbidden` names the permission that is lacking; `authentication` is a refused sign-in. */
export type ProblemCode = "unreachable" | "timeout" | "forbidden" | "authentication" | "unsupported" | "unavailable" | "invalid";

export interface Problem {
  code: ProblemCode;
  /** What was asked, in the words of the protocol: "ListGroups", "GET /metrics". */
  operation: string;
  /** One sentence for a person, the broker's own where it gave one. Never holds a secret. */
  message: string;
  /** What a person can do about it: the ACL, port or setting to change. */
  remedy?: string;
  brokerId?: number;
  /** The topic, group or other resource the problem is limited to. */
  resource?: string;
}

/** A reading that may be partial: everything that was answered, and a problem for everything that was not. */
export interface Reading<T> {
  value: T;
  problems: Problem[];
}

export interface BrokerFact {
  id: number;
  host: string;
  port: number;
  rack: string | null;
}

export interface PartitionFact {
  partition: number;
  /** null: the partition has no leader now. */
  leader: number | null;
  replicas: number[];
  isr: number[];
}

export interface TopicFact {
  name: string;
  internal: boolean;
  /** Indexed by partition number. */
  partitions: PartitionFact[];
  /** The topic is known by name only: on a serverless cluster CloudWatch names topics, and nobody but the brokers tells their partitions. */
  partitionsHidden?: true;
}

export interface MetadataFacts {
  /** null: MSK does not tell it. */
  kafkaClusterId: string | null;
  controllerId: number | null;
  /** Brokers alive now, as the cluster itself says. */
  brokers: BrokerFact[];
  topics: Map<string, TopicFact>;
}

/** Per topic one offset a partition, indexed by partition number; null: not known. */
export type PartitionOffsets = Map<string, (bigint | null)[]>;

export interface CommittedOffset {
  topic: string;
  partition: number;
  offset: bigint;
}

/** `classic` and `consumer` (KIP-848) commit offsets; `share` (KIP-932) has none, so it has no lag in this sense. */
export type GroupType = "classic" | "consumer" | "share" | "streams" | "unknown";

export type GroupState =
  | "Stable"
  | "PreparingRebalance"
  | "CompletingRebalance"
  | "Assigning"
  | "Reconciling"
  | "NotReady"
  | "Empty"
  | "Dead"
  | "Unknown";

export interface GroupFact {
  id: string;
  type: GroupType;
  state: GroupState;
  /** "consumer" for consumers, "connect" for Kafka Connect workers, "" for a group that only commits. */
  protocolType: string;
  /** The broker that answered for the group. */
  coordinatorId: number;
  committed: CommittedOffset[];
  /** Set when the offsets of this one group could not be read. */
  problem?: Problem;
}

export interface GroupMemberFact {
  memberId: string;
  clientId: string;
  clientHost: string;
  groupInstanceId: string | null;
  assigned: { topic: string; partitions: number[] }[];
}

export interface LogReplicaFact {
  topic: string;
  partition: number;
  brokerId: number;
  sizeBytes: number;
}

export interface LogDirFact {
  brokerId: number;
  path: string;
  /** null on brokers before 3.3, which do not say. */
  totalBytes: number | null;
  usableBytes: number | null;
}

export interface LogFacts {
  dirs: LogDirFact[];
  replicas: LogReplicaFact[];
}

/** Where an effective configuration value comes from, strongest first. */
export type ConfigSource = "topic" | "dynamic-broker" | "dynamic-cluster" | "static-broker" | "default" | "unknown";

export interface ConfigFact {
  name: string;
  /** null: sensitive, or not set. */
  value: string | null;
  source: ConfigSource;
  readOnly: boolean;
  sensitive: boolean;
  /** The chain the broker would fall back through, strongest first, this value included. */
  synonyms: { name: string; value: string | null; source: ConfigSource }[];
}

export const QUOTA_KEYS = [
  "producer_byte_rate",
  "consumer_byte_rate",
  "request_percentage",
  "controller_mutation_rate",
  "connection_creation_rate",
] as const;
export type QuotaKey = (typeof QUOTA_KEYS)[number];

/**
 * The entity a quota rule is set on. A key that is absent is not part of the entity; `null` is Kafka's default entity,
 * which matches every name that has no rule of its own.
 */
export interface QuotaEntity {
  user?: string | null;
  clientId?: string | null;
  ip?: string | null;
}

export interface QuotaRuleFact {
  entity: QuotaEntity;
  /** Only the keys the rule sets. Bytes per second and per broker; percent of one thread; mutations or connections per second. */
  values: Partial<Record<QuotaKey, number>>;
}

export type AclResourceType = "topic" | "group" | "cluster" | "transactional-id" | "delegation-token" | "user" | "unknown";

export interface AclFact {
  resourceType: AclResourceType;
  resourceName: string;
  patternType: "literal" | "prefixed";
  /** As Kafka writes it: "User:acme". */
  principal: string;
  host: string;
  /** Kafka's own word in lower case with dashes: "read", "describe-configs", "all". */
  operation: string;
  permission: "allow" | "deny";
}

export interface ScramUserFact {
  name: string;
  mechanisms: string[];
}

/** One record as read from a partition, for people to look at. Bytes are raw: the caller decides how to show them. */
export interface RecordFact {
  partition: number;
  offset: bigint;
  timestampMs: number;
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: { name: string; value: Uint8Array | null }[];
  /** Offset of the first record of the batch the record came in; batches are Kafka's unit of reading. */
  batchBaseOffset: bigint;
}

/**
 * What one broker's exporter says of one client identity over the last seconds. The labels tell which kind of rule counted,
 * not which rule applied. A number that is absent is not published for this identity.
 */
export interface ClientMeterFact {
  user?: string;
  clientId?: string;
  produceBytesPerSecond?: number;
  consumeBytesPerSecond?: number;
  /** Mean throttle time of throttled requests in the last minute; 0: measured and not throttled (the exporter says NaN). */
  produceThrottleMs?: number;
  consumeThrottleMs?: number;
  requestThrottleMs?: number;
  /** Percent of one thread. */
  requestPercent?: number;
}

export interface TopicMeterFact {
  /** Counters since the broker started; rates are differences of two scrapes. */
  bytesInTotal?: number;
  bytesOutTotal?: number;
  recordsInTotal?: number;
  /** The broker's own one-minute average, the fallback until there are two scrapes. */
  bytesInPerSecond?: number;
  bytesOutPerSecond?: number;
  recordsInPerSecond?: number;
}

export interface BrokerMeterFact extends TopicMeterFact {
  /** 0 to 1. */
  requestHandlerIdle?: number;
  /** Counter of the time in which all handlers idled; `requestHandlerIdle` of a scrape is the broker's one-minute average. */
  requestHandlerIdleNanosTotal?: number;
  /** How many pools of handlers that counter adds up; absent: one. */
  requestHandlerPools?: number;
  networkProcessorIdle?: number;
  /** Means of all requests since the broker started in a scrape; of those between two scrapes in a rate. */
  produceTotalTimeMsMean?: number;
  fetchConsumerTotalTimeMsMean?: number;
  /** The part of the total in which a fetch waits for records to come, as its client asked for. */
  fetchConsumerRemoteTimeMsMean?: number;
  /** How many requests those means are of: counters since the broker started. */
  produceRequestsTotal?: number;
  fetchConsumerRequestsTotal?: number;
  underReplicatedPartitions?: number;
  leaderCount?: number;
  partitionCount?: number;
}

export interface ExporterFacts {
  brokerId: number;
  /** ISO time at which the answer was complete. */
  at: string;
  /** One entry per distinct (user, client-id) label set. */
  clients: ClientMeterFact[];
  topics: Map<string, TopicMeterFact>;
  broker: BrokerMeterFact;
}
