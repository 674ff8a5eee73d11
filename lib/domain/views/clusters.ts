import { z } from "zod";
import { PARTS } from "@/lib/domain/snapshot";
import { ConditionView, ObservedNumber, Owner, ProblemView, Time } from "./common";
import { PartitionLag } from "./lag";
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
  at: Time.nullable(),
});
export type ClusterSummary = z.infer<typeof ClusterSummary>;
export const ClusterList = z.object({ clusters: z.array(ClusterSummary) });
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
  fetchTotalTimeMs: ObservedNumber,
  storageBytes: ObservedNumber,
  /** Share of the log directories' disk in use, 0 to 1. */
  diskUsedShare: ObservedNumber,
});
export type BrokerView = z.infer<typeof BrokerView>;

export const ClusterDetail = ClusterSummary.extend({
  kafkaClusterId: z.string().nullable(),
  bootstrap: z.array(z.string()),
  authentication: z.string(),
  tls: z.boolean(),
  exporter: z.boolean(),
  brokers: z.array(BrokerView),
  conditions: z.array(ConditionView),
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
      recordsBehind: z.number().nullable(),
      timeBehindMs: z.number().nullable(),
      lostRecords: z.number(),
      partitions: z.array(PartitionLag),
    }),
  ),
  /** null: could not be read, see problems. */
  configs: z.array(ConfigView).nullable(),
  configsAt: Time.nullable(),
  rates: z.array(z.object({ brokerId: z.number(), bytesInPerSecond: z.number(), bytesOutPerSecond: z.number() })),
  problems: z.array(ProblemView),
  at: Time.nullable(),
});
export type TopicDetail = z.infer<typeof TopicDetail>;

/** What the top bar says: how old the oldest source is, and which one that is. */
export const StatusView = z.object({
  clusters: z.array(
    z.object({ id: z.string(), name: z.string(), state: z.enum(CLUSTER_STATES), parts: z.array(PartStateView), at: Time.nullable() }),
  ),
  collector: z.enum(["running", "elsewhere", "off"]),
  actor: z.object({ name: z.string(), role: z.enum(["product", "support", "operator"]) }),
  tenants: z.number(),
  now: Time,
});
export type StatusView = z.infer<typeof StatusView>;

export const SearchHit = z.object({
  kind: z.enum(["tenant", "topic", "group", "principal", "cluster"]),
  title: z.string(),
  subtitle: z.string(),
  /** Path inside the console, ready to link. */
  href: z.string(),
});
export const SearchResult = z.object({ hits: z.array(SearchHit) });
export type SearchResult = z.infer<typeof SearchResult>;

export const ConditionList = z.object({ conditions: z.array(ConditionView) });
export const ImportResult = z.object({
  tiers: z.object({ created: z.number(), updated: z.number(), unchanged: z.number() }),
  tenants: z.object({ created: z.number(), updated: z.number(), unchanged: z.number() }),
  services: z.object({ created: z.number(), updated: z.number(), unchanged: z.number() }),
});
