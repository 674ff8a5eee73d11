import type { CloudFacts } from "./cloud-facts";
import type {
  AclFact,
  BrokerMeterFact,
  ClientMeterFact,
  ConfigFact,
  GroupFact,
  LogDirFact,
  MetadataFacts,
  PartitionOffsets,
  Problem,
  QuotaRuleFact,
  ScramUserFact,
  TopicMeterFact,
} from "./facts";
import type { MskFacts } from "./msk-facts";
import type { PoolFacts } from "./pool/pool-facts";

/** The parts a cluster is read in, each on its own clock and each failing alone. */
export const PARTS = [
  "metadata",
  "offsets",
  "starts",
  "logs",
  "exporter",
  "quotas",
  "acls",
  "scram",
  "configs",
  "msk",
  "cloudwatch",
] as const;
export type Part = (typeof PARTS)[number];

/** When a part was read, and what of it is missing. */
export interface PartState {
  /** ISO time of the newest reading that brought anything; null: never read. */
  at: string | null;
  /** How often it is read; a reading older than three intervals is stale. */
  intervalMs: number;
  problems: Problem[];
  /** Never read, because the connection has no way to it: no exporter, no account at AWS, no address of a broker. */
  absent?: true;
}

/** Rates of one broker between its last two scrapes, or the broker's own averages until there are two. */
export interface BrokerMeters {
  at: string;
  clients: ClientMeterFact[];
  topics: Map<string, TopicMeterFact>;
  broker: BrokerMeterFact;
}

/** How full a broker's disk was, about once an hour: what its growth is told from. */
export interface DiskPoint {
  atMs: number;
  usedShare: number;
}

/** Bytes of a partition on each broker that has a replica of it. */
export type PartitionSizes = Map<string, Map<number, number>[]>;

export interface TopicConfig {
  at: string;
  entries: ConfigFact[];
}

/** Times behind are found with these: per topic and partition, offsets that were the end at a known time, oldest first. */
export interface EndPoint {
  atMs: number;
  offset: bigint;
}

/** Ends from before the console watched, by topic and partition, oldest first: looked up by the timestamps of records. */
export type RecordTimes = Map<string, ReadonlyMap<number, PastEnds>>;

export interface PastEnds {
  /** The record whose age was looked up: of older ones it is less well known. */
  of: bigint;
  points: readonly EndPoint[];
}

/** Where a group's commits stood when they last moved, per `topic/partition`; the memory from which "stuck" is concluded. */
export interface CommitProgress {
  offset: bigint;
  movedAtMs: number;
}

/**
 * Everything last seen of one cluster. Immutable: each sweep makes a new one that shares what did not change. A part that
 * could not be read keeps its last value, and its `PartState` says how old that is and why.
 */
export interface ClusterSnapshot {
  clusterId: string;
  name: string;
  mode: "observe" | "operate";
  version: number;
  at: string;
  parts: Record<Part, PartState>;
  metadata: MetadataFacts | null;
  /** MSK's topic API stands in where the brokers cannot be reached: at most a minute old, and without offsets. */
  metadataFrom: "kafka" | "msk";
  /** Every broker ever seen, so that one that died is still listed. */
  knownBrokers: Map<number, { id: number; host: string; lastSeenAt: string }>;
  ends: PartitionOffsets;
  starts: PartitionOffsets;
  groups: Map<string, GroupFact>;
  progress: Map<string, Map<string, CommitProgress>>;
  endHistory: Map<string, EndPoint[][]>;
  /** Of partitions in which somebody is further behind than was watched. Not kept beyond the process: it is looked up again. */
  recordTimes?: RecordTimes;
  meters: Map<number, BrokerMeters>;
  sizes: PartitionSizes;
  dirs: LogDirFact[];
  /** null: never read. */
  quotas: QuotaRuleFact[] | null;
  acls: AclFact[] | null;
  scramUsers: ScramUserFact[] | null;
  configs: Map<string, TopicConfig>;
  /** The cluster-wide defaults the console needs: `offsets.retention.minutes`, `message.max.bytes`, `log.retention.ms`. */
  brokerConfigs: ConfigFact[];
  /** Of the last day, oldest first. */
  diskHistory: Map<number, DiskPoint[]>;
  /** null: not an MSK cluster, or never read. */
  msk: MskFacts | null;
  cloud: CloudFacts | null;
  /** Of the tenants that share topics; absent: nothing was sampled, and nothing is reported. */
  pool?: PoolFacts;
}
