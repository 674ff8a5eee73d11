import type { ResolvedConnection } from "@/lib/domain/connection";
import type {
  AclFact,
  GroupFact,
  GroupType,
  LogFacts,
  MetadataFacts,
  PartitionOffsets,
  QuotaRuleFact,
  Reading,
  ScramUserFact,
} from "@/lib/domain/facts";
import type { PartitionsWrite, QuotaWrite, TopicConfigWrite, WriteAnswer, WriteOptions } from "@/lib/domain/writes";
import { type KafkaClock, systemClock } from "@/lib/kafka/clock";
import { alterQuotas } from "./alter-quotas";
import { alterTopicConfigs } from "./alter-topic-configs";
import { createPartitions } from "./create-partitions";
import { describeGroup, type GroupDescription } from "./describe-group";
import type { RequestMade } from "./link/broker-link";
import { BrokerSet } from "./link/broker-set";
import { openConnection } from "./link/open-connection";
import { readAcls } from "./read-acls";
import { type BrokerVersionFact, readBrokerVersions } from "./read-broker-versions";
import { type ClusterAccess, readClusterAccess } from "./read-cluster-access";
import { type ConfigReading, type ConfigResource, readConfigs } from "./read-configs";
import { readGroups } from "./read-groups";
import { readLogs } from "./read-logs";
import { readMetadata } from "./read-metadata";
import { EARLIEST, LATEST, readOffsets } from "./read-offsets";
import { type OffsetAtTime, readOffsetsAtTime, type TimeQuestion } from "./read-offsets-at-time";
import { readQuotas } from "./read-quotas";
import { readScramUsers } from "./read-scram-users";
import { type LagSweep, sweepLag } from "./sweep-lag";

/**
 * What the console asks of a cluster. Nothing here rejects for what a broker does or does not answer: a reading holds what
 * was answered and a problem for everything that was not; null stands for "nobody answered", which is never an empty list. A write
 * answers for each of its items in their order, and `validateOnly` has the brokers check it without changing anything.
 */
export interface KafkaAdmin {
  readonly connectionId: string;
  /** A problem of ListGroups here says that lists of groups may be incomplete, which no list of groups says itself. */
  readMetadata(): Promise<Reading<MetadataFacts | null>>;
  readGroups(): Promise<Reading<GroupFact[] | null>>;
  /** High watermarks. Partitions without a leader, or whose leader did not answer, are null. */
  readEndOffsets(metadata: MetadataFacts): Promise<Reading<PartitionOffsets>>;
  readLogStarts(metadata: MetadataFacts): Promise<Reading<PartitionOffsets>>;
  readOffsetsAtTime(metadata: MetadataFacts, questions: readonly TimeQuestion[]): Promise<Reading<OffsetAtTime[]>>;
  /** Groups with commits, then ends, in 2 + ⌈groups/500⌉ + ⌈partitions/5000⌉ requests per broker at most. */
  sweepLag(metadata?: MetadataFacts): Promise<Reading<LagSweep | null>>;
  readLogs(): Promise<Reading<LogFacts | null>>;
  /** `keys`: only these values, which is far less work than all. */
  readConfigs(resources: readonly ConfigResource[], keys?: readonly string[]): Promise<Reading<ConfigReading[]>>;
  readQuotas(): Promise<Reading<QuotaRuleFact[] | null>>;
  readAcls(): Promise<Reading<AclFact[] | null>>;
  readScramUsers(): Promise<Reading<ScramUserFact[] | null>>;
  describeGroup(id: string, type: GroupType): Promise<Reading<GroupDescription | null>>;
  readBrokerVersions(): Promise<Reading<BrokerVersionFact[]>>;
  readClusterAccess(): Promise<Reading<ClusterAccess | null>>;
  alterTopicConfigs(writes: readonly TopicConfigWrite[], options?: WriteOptions): Promise<WriteAnswer[]>;
  alterQuotas(writes: readonly QuotaWrite[], options?: WriteOptions): Promise<WriteAnswer[]>;
  /** Counts are totals and can only grow. Never sent twice: an uncertain answer is to be read back. */
  createPartitions(writes: readonly PartitionsWrite[], options?: WriteOptions): Promise<WriteAnswer[]>;
  close(): void;
}

export interface KafkaAdminOptions {
  /** How long a broker may take to let us in, and to answer one request. */
  deadlineMs?: number;
  clock?: KafkaClock;
  /** Told of every request that was sent, signing in apart. Does not throw. */
  onRequest?: (made: RequestMade) => void;
}

/** Opens nothing yet: connections are made when first needed, one per broker, and kept until `close`. */
export function openKafkaAdmin(connection: ResolvedConnection, options: KafkaAdminOptions = {}): KafkaAdmin {
  const clock = options.clock ?? systemClock;
  const deadlineMs = options.deadlineMs ?? 3_000;
  const brokers = new BrokerSet(connection.bootstrap, {
    open: (address) => openConnection(connection, address, deadlineMs, clock),
    clock,
    deadlineMs,
    ...(options.onRequest === undefined ? {} : { onRequest: options.onRequest }),
  });
  return adminOf(connection.id, brokers);
}

function adminOf(connectionId: string, brokers: BrokerSet): KafkaAdmin {
  /** Calls that go to every broker need to know them: the cluster says who they are. */
  const knowing = async <T>(read: () => Promise<Reading<T>>, unknown: T): Promise<Reading<T>> => {
    if (brokers.brokerIds.length > 0) return read();
    const { value, problems } = await readMetadata(brokers);
    return value === null ? { value: unknown, problems } : read();
  };
  const offsets = async (metadata: MetadataFacts, end: bigint): Promise<Reading<PartitionOffsets>> => {
    if (brokers.brokerIds.length === 0) brokers.adopt(metadata.brokers);
    const { value, problems } = await readOffsets(brokers, metadata, end);
    return { value, problems };
  };
  return {
    connectionId,
    readMetadata: async () => {
      const { value, problems } = await readMetadata(brokers);
      if (value === null) return { value, problems };
      const access = await readClusterAccess(brokers);
      return { value, problems: [...problems, ...access.problems.filter(({ operation }) => operation === "ListGroups")] };
    },
    readGroups: () => knowing(() => readGroups(brokers), null),
    readEndOffsets: (metadata) => offsets(metadata, LATEST),
    readLogStarts: (metadata) => offsets(metadata, EARLIEST),
    readOffsetsAtTime: async (metadata, questions) => {
      if (brokers.brokerIds.length === 0) brokers.adopt(metadata.brokers);
      return readOffsetsAtTime(brokers, metadata, questions);
    },
    sweepLag: (metadata) => sweepLag(brokers, metadata),
    readLogs: () => knowing(() => readLogs(brokers), null),
    readConfigs: (resources, keys) => knowing(() => readConfigs(brokers, resources, keys ?? null), []),
    readQuotas: () => readQuotas(brokers),
    readAcls: () => readAcls(brokers),
    readScramUsers: () => readScramUsers(brokers),
    describeGroup: (id, type) => knowing(() => describeGroup(brokers, id, type), null),
    readBrokerVersions: () => knowing(() => readBrokerVersions(brokers), []),
    readClusterAccess: () => readClusterAccess(brokers),
    alterTopicConfigs: (writes, options = {}) => alterTopicConfigs(brokers, writes, options),
    alterQuotas: (writes, options = {}) => alterQuotas(brokers, writes, options),
    createPartitions: (writes, options = {}) => createPartitions(brokers, writes, options),
    close: () => brokers.close(),
  };
}
