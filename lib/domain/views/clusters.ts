import { z } from "zod";
import { ACTOR_KINDS } from "@/lib/domain/people/audit";
import { ROLES } from "@/lib/domain/people/roles";
import { PARTS } from "@/lib/domain/snapshot";
import { ChangeMark, ConditionView, ObservedNumber, Owner, ProblemView, Time } from "./common";
import { PartitionLag } from "./lag";
import { MskOperationView } from "./msk-operation";
import { Blindness, TopicSummary } from "./tenants";

export const PartStateView = z.object({
  part: z.enum(PARTS),
  at: Time.nullable(),
  intervalMs: z.number(),
  stale: z.boolean(),
  problems: z.array(ProblemView),
});

export const CLUSTER_STATES = ["healthy", "degraded", "unreachable", "starting"] as const;

export const ClusterSummary = z.object({
  id: z.string(),
  name: z.string(),
  mode: z.enum(["observe", "operate"]),
  state: z.enum(CLUSTER_STATES),
  sentence: z.string(),
  brokersAlive: z.number().nullable(),
  brokersKnown: z.number().nullable(),
  topics: z.number().nullable(),
  partitions: z.number().nullable(),
  groups: z.number().nullable(),
  tenants: z.number(),
  unownedTopics: z.number().nullable(),
  unownedGroups: z.number().nullable(),
  bytesInPerSecond: ObservedNumber,
  bytesOutPerSecond: ObservedNumber,
  storageBytes: ObservedNumber,
  /** What MSK says it is; null: not an MSK cluster, or AWS has not told. */
  msk: z
    .object({
      kind: z.enum(["standard", "express", "serverless"]),
      state: z.string(),
      region: z.string(),
      instanceType: z.string().nullable(),
      kafkaVersion: z.string().nullable(),
      /** The operation under way now, as AWS names it. */
      operation: z.object({ type: z.string(), startedAt: Time }).nullable(),
    })
    .nullable(),
  /** Whether the brokers are asked, or AWS alone tells. */
  knownThrough: z.enum(["kafka", "aws", "both"]),
  /** Produce bytes/s that the cluster can take at most, with where that is from in the note. */
  capacityBytesPerSecond: ObservedNumber,
  /** Of the busiest broker, 0 to 1. */
  requestHandlerIdle: ObservedNumber,
  busiestBrokerId: z.number().nullable(),
  /** Used share of the fullest broker's disk, 0 to 1, and when it is full at the growth of the last day. */
  diskUsedShare: ObservedNumber,
  fullestBrokerId: z.number().nullable(),
  diskFullAt: Time.nullable(),
  /** Of the slowest broker. */
  produceTotalTimeMs: ObservedNumber,
  /** Without the wait for records where that is told; a note says where it is not. */
  fetchTimeMs: ObservedNumber,
  at: Time.nullable(),
});
export type ClusterSummary = z.infer<typeof ClusterSummary>;
export const ClusterList = z.object({
  clusters: z.array(ClusterSummary),
  /** Regions of accounts that could not be looked into: clusters there may be missing. */
  unseenRegions: z.array(z.object({ account: z.string(), region: z.string(), problems: z.array(ProblemView) })),
});
export type ClusterList = z.infer<typeof ClusterList>;

export const BrokerView = z.object({
  id: z.number(),
  host: z.string(),
  rack: z.string().nullable(),
  alive: z.boolean(),
  controller: z.boolean(),
  lastSeenAt: Time.nullable(),
  leaders: z.number(),
  replicas: z.number(),
  underReplicated: z.number(),
  bytesInPerSecond: ObservedNumber,
  bytesOutPerSecond: ObservedNumber,
  requestHandlerIdle: ObservedNumber,
  networkProcessorIdle: ObservedNumber,
  produceTotalTimeMs: ObservedNumber,
  /** Without the wait for records where that is told; a note says where it is not. */
  fetchTimeMs: ObservedNumber,
  storageBytes: ObservedNumber,
  /** Share of the log directories' disk in use, 0 to 1. */
  diskUsedShare: ObservedNumber,
  /** User and system time together, 0 to 1. */
  cpuUsedShare: ObservedNumber,
  instanceType: z.string().nullable(),
  /** Replicas a broker of this type should hold, and above which MSK refuses updates; null: not known for this type. */
  partitionLimit: z.object({ recommended: z.number(), max: z.number() }).nullable(),
});
export type BrokerView = z.infer<typeof BrokerView>;

/** What MSK says of a cluster beyond its summary. */
export const MskView = z.object({
  arn: z.string(),
  accountId: z.string(),
  stateMessage: z.string().nullable(),
  createdAt: Time.nullable(),
  brokerCount: z.number().nullable(),
  volumeGib: z.number().nullable(),
  volumeThroughputMibPerSecond: z.number().nullable(),
  storageMode: z.enum(["local", "tiered"]).nullable(),
  publicAccess: z.boolean(),
  monitoringLevel: z.string().nullable(),
  openMonitoring: z.object({ jmx: z.boolean(), node: z.boolean() }).nullable(),
  kmsKeyArn: z.string().nullable(),
  /** `aws`: AWS's managed key, alias/aws/kafka. null: KMS does not tell. */
  keyManager: z.enum(["aws", "customer"]).nullable(),
  clientBrokerEncryption: z.string().nullable(),
  inClusterEncryption: z.boolean().nullable(),
  authentication: z.array(z.string()),
  logDestinations: z.array(z.string()),
  configuration: z.object({ arn: z.string(), revision: z.number() }).nullable(),
  tags: z.record(z.string(), z.string()),
  zoneIds: z.array(z.string()),
  /** Newest first. */
  operations: z.array(MskOperationView).nullable(),
  /** Calls and their price of the region's adapter since the console started. */
  spending: z.object({ since: Time, calls: z.number(), seriesRequested: z.number(), dollars: z.number() }).nullable(),
});
export type MskView = z.infer<typeof MskView>;

/** A published limit of the cluster, what is used of it, and where the limit is written. */
export const LimitView = z.object({
  name: z.string(),
  used: ObservedNumber,
  limit: z.number(),
  unit: z.string(),
  source: z.string(),
});
export type LimitView = z.infer<typeof LimitView>;

export const ClusterDetail = ClusterSummary.extend({
  kafkaClusterId: z.string().nullable(),
  bootstrap: z.array(z.string()),
  authentication: z.string(),
  tls: z.boolean(),
  exporter: z.boolean(),
  brokers: z.array(BrokerView),
  mskDetail: MskView.nullable(),
  limits: z.array(LimitView),
  conditions: z.array(ConditionView).describe("The cluster's own, and the worst of its tenants as far as a page has room."),
  conditionTotal: z.int(),
  tenantNames: z.record(z.string(), z.string()).describe("By id, of the tenants that the conditions are about."),
  parts: z.array(PartStateView),
  cannotSee: z.array(Blindness),
});
export type ClusterDetail = z.infer<typeof ClusterDetail>;

export const ConfigView = z.object({
  name: z.string(),
  value: z.string().nullable(),
  source: z.enum(["topic", "dynamic-broker", "dynamic-cluster", "static-broker", "default", "unknown"]),
  sensitive: z.boolean(),
  readOnly: z.boolean(),
  synonyms: z.array(z.object({ name: z.string(), value: z.string().nullable(), source: z.string() })),
  /** What the owner's tier says about this key, where it says anything. */
  tierDefault: z.string().nullable(),
  differsFromTier: z.boolean(),
});
export type ConfigView = z.infer<typeof ConfigView>;

export const TopicDetail = TopicSummary.extend({
  clusterName: z.string(),
  internal: z.boolean(),
  tenantNames: z.array(z.object({ id: z.string(), name: z.string() })),
  partitionList: z.array(
    z.object({
      partition: z.number(),
      leaderId: z.number().nullable(),
      replicas: z.array(z.number()),
      isr: z.array(z.number()),
      startOffset: z.string().nullable(),
      endOffset: z.string().nullable(),
      sizeBytes: z.number().nullable(),
    }),
  ),
  consumers: z.array(
    z.object({
      groupId: z.string(),
      owner: Owner,
      kafkaState: z.string(),
      type: z.string(),
      recordsBehind: ObservedNumber,
      timeBehindMs: ObservedNumber,
      lostRecords: z.number(),
      partitions: z.array(PartitionLag),
    }),
  ),
  /** null: could not be read, see problems. */
  configs: z.array(ConfigView).nullable(),
  configsAt: Time.nullable(),
  /** Who is in a shared topic, estimated from random batches near its end; null: not shared, or not sampled yet. */
  shares: z
    .object({
      at: Time,
      draws: z.number(),
      rows: z.array(
        z.object({
          /** null: records without their tenant. */
          tenantId: z.string().nullable(),
          name: z.string(),
          bytes: z.number(),
          bytesError: z.number(),
          records: z.number(),
          recordsError: z.number(),
        }),
      ),
    })
    .nullable(),
  rates: z.array(z.object({ brokerId: z.number(), bytesInPerSecond: z.number(), bytesOutPerSecond: z.number() })),
  /** Why whoever asks may not look at its records, whatever is allowed for the cluster; null: nothing else is in the way. */
  recordsClosed: z.string().nullable(),
  problems: z.array(ProblemView),
  at: Time.nullable(),
});
export type TopicDetail = z.infer<typeof TopicDetail>;

/** Who is signed in. */
export const ActorView = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  kind: z.enum(ACTOR_KINDS),
  /** What the role is limited to, in words; null: nothing. */
  limited: z.string().nullable(),
  signIn: z.enum(["off", "local", "sso", "both"]),
});
export type ActorView = z.infer<typeof ActorView>;

/** What the top bar says: how old the oldest source is, and which one that is. */
export const StatusView = z.object({
  clusters: z.array(
    z.object({ id: z.string(), name: z.string(), state: z.enum(CLUSTER_STATES), parts: z.array(PartStateView), at: Time.nullable() }),
  ),
  collector: z.enum(["running", "elsewhere", "off"]),
  actor: ActorView,
  tenants: z.number(),
  now: Time,
});
export type StatusView = z.infer<typeof StatusView>;

export const SearchHit = z.object({
  kind: z.enum(["ticket", "tenant", "topic", "group", "principal", "cluster"]),
  title: z.string(),
  subtitle: z.string(),
  /** Path inside the console, ready to link. */
  href: z.string(),
  /** What can be changed of it, each with the form's address; absent: nothing, or nothing by itself. */
  actions: z.array(z.object({ label: z.string(), href: z.string() })).exactOptional(),
});
export const SearchResult = z.object({ hits: z.array(SearchHit) });
export type SearchResult = z.infer<typeof SearchResult>;

export const ConditionList = z.object({ conditions: z.array(ConditionView) });
export const ImportResult = z.object({
  tiers: z.object({ created: z.number(), updated: z.number(), unchanged: z.number() }),
  tenants: z.object({ created: z.number(), updated: z.number(), unchanged: z.number() }),
  services: z.object({ created: z.number(), updated: z.number(), unchanged: z.number() }),
});

/** Series a cluster's page draws, each broker apart. */
export const CLUSTER_SERIES = [
  "bytesInPerSecond",
  "bytesOutPerSecond",
  "requestHandlerIdle",
  "cpuUsedShare",
  "diskUsedShare",
  "produceTotalTimeMs",
  "fetchTotalTimeMs",
] as const;

/** The past of a cluster by broker. Arrays of points are aligned with `times`; null: nothing was seen then, and a chart shows a gap. */
export const ClusterHistory = z.object({
  from: Time,
  to: Time,
  stepSeconds: z.number(),
  times: z.array(Time),
  series: z.array(
    z.object({
      name: z.enum(CLUSTER_SERIES),
      unavailable: z.object({ reason: z.string(), remedy: z.string() }).nullable(),
      /** How each point is known: the console's own roll-ups are measured, CloudWatch's and Prometheus's series derived. */
      source: z.enum(["measured", "derived"]).nullable(),
      /** Broker null: all brokers together, where no more is kept. */
      brokers: z.array(z.object({ brokerId: z.number().nullable(), points: z.array(z.number().nullable()) })),
    }),
  ),
  operations: z.array(MskOperationView),
  changes: z.array(ChangeMark).exactOptional().describe("Changes on the cluster through the console in this time."),
});
export type ClusterHistory = z.infer<typeof ClusterHistory>;

/** What came of trying the way to a cluster's brokers. */
export const ConnectionCheckView = z.object({
  at: Time,
  signedIn: z.boolean().describe("An address let the console in: reached, trusted and signed in."),
  addresses: z
    .array(z.object({ address: z.string(), tookMs: z.number(), problem: ProblemView.exactOptional() }))
    .describe("Every bootstrap address, then every advertised one that is none of them."),
});
export type ConnectionCheckView = z.infer<typeof ConnectionCheckView>;
