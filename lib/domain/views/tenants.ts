import { z } from "zod";
import { MODELS } from "@/lib/domain/isolation";
import { Override } from "@/lib/domain/override";
import { Placement } from "@/lib/domain/placement";
import { Requirements } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { ChangeMark, ConditionView, ObservedNumber, Owner, PageInfo, ProblemView, Severity, Time } from "./common";
import { GroupSummary, LagHeadline } from "./lag";
import { MskOperationView } from "./msk-operation";
import { DirectionUse, EffectiveQuota, ListedUse, type RowUse } from "./use";

export const TENANT_MODELS = [...MODELS, "mixed", "unplaced"] as const;

/** Saved filters of the tenants list, with how many tenants each has. */
export const TENANT_VIEWS = ["all", "attention", "near-limit", "above-promise", "lag", "no-identity"] as const;
export const TENANT_SORTS = ["attention", "name", "tier", "model", "produce", "consume", "lag", "storage"] as const;

/** A tenant in a list, with everything that is known of it. */
export interface TenantRow {
  id: string;
  name: string;
  tier: string;
  model: (typeof TENANT_MODELS)[number];
  /** The distinct models of a mixed tenant; absent otherwise. */
  models?: (typeof MODELS)[number][];
  /** The worst condition, and how many more there are. null: well. */
  attention: Attention | null;
  produce: RowUse;
  consume: RowUse;
  lag: LagHeadline;
  /** Bytes of one copy; null: not known. */
  storageBytes: number | null;
  storageNote?: StorageNote;
  /** Produce rate over the range, percent of its own peak, oldest first; null: no data then. Absent: none asked for. */
  spark?: (number | null)[];
}

const Attention = z.object({ severity: Severity, label: z.string(), more: z.number() });
type Attention = z.infer<typeof Attention>;
const StorageNote = z.enum(["shared", "unknown", "atLeast"]);
type StorageNote = z.infer<typeof StorageNote>;

/** A row as it is sent. What is not known or not so is absent; texts that rows have in common stand once, in the page's `reasons`. */
export const ListedTenant = z.object({
  id: z.string(),
  name: z.string(),
  tier: z.string(),
  model: z.enum(TENANT_MODELS),
  models: z.array(z.enum(MODELS)).exactOptional().describe("The distinct models of a mixed tenant."),
  attention: Attention.exactOptional().describe("The worst condition, and how many more there are."),
  produce: ListedUse,
  consume: ListedUse,
  lag: z.object({
    state: LagHeadline.shape.state,
    groupId: z.string().exactOptional(),
    recordsBehind: z.number().exactOptional(),
    recordsAtLeast: LagHeadline.shape.recordsAtLeast,
    timeBehindMs: z.number().exactOptional(),
    timeAtLeast: LagHeadline.shape.timeAtLeast,
    reason: z.int().exactOptional().describe("An index of the page's reasons."),
  }),
  storageBytes: z.number().exactOptional().describe("Bytes of one copy."),
  storageNote: StorageNote.exactOptional(),
  spark: z
    .string()
    .exactOptional()
    .describe("Produce rate over the range asked for, oldest first, a character a step: 0 to z (base 36) of its own peak, - without data."),
});
export type ListedTenant = z.infer<typeof ListedTenant>;

/** A tier that rows name, and what it promises. */
export const ListedTier = z.object({
  id: z.string(),
  name: z.string(),
  produceBytesPerSecond: z.number().exactOptional(),
  consumeBytesPerSecond: z.number().exactOptional(),
});
export type ListedTier = z.infer<typeof ListedTier>;

export const TenantPage = z.object({
  page: PageInfo,
  counts: z.record(z.enum(TENANT_VIEWS), z.number()),
  severities: z.record(Severity, z.number()),
  tiers: z.array(ListedTier),
  reasons: z.array(z.string()),
  rows: z.array(ListedTenant),
});
export type TenantPage = z.infer<typeof TenantPage>;

/** Something about this tenant that the console cannot see, and what would change that. */
export const Blindness = z.object({ what: z.string(), reason: z.string(), remedy: z.string(), clusterId: z.string().nullable() });
export type Blindness = z.infer<typeof Blindness>;

export const TenantDetail = z.object({
  id: z.string(),
  name: z.string(),
  tier: Tier,
  model: z.enum(TENANT_MODELS),
  requirements: Requirements,
  /** What of the tier is declared otherwise for it, by whom, why and until when. */
  overrides: z.array(Override),
  /** Who changes its resources instead of the console; null: the console does. */
  managedElsewhere: z.string().nullable(),
  placements: z.array(Placement.extend({ clusterName: z.string().nullable() })),
  /** The tenant's state in one sentence. */
  sentence: z.object({ severity: Severity.nullable(), text: z.string() }),
  conditions: z.array(ConditionView),
  produce: DirectionUse,
  consume: DirectionUse,
  lag: LagHeadline,
  groups: z.array(GroupSummary),
  storageBytes: ObservedNumber,
  storageWithReplicasBytes: ObservedNumber,
  counts: z.object({ topics: z.number(), groups: z.number(), principals: z.number() }),
  cannotSee: z.array(Blindness),
  at: Time.nullable(),
});
export type TenantDetail = z.infer<typeof TenantDetail>;

export const TopicSummary = z.object({
  clusterId: z.string(),
  topic: z.string(),
  owner: Owner,
  /** null: cannot be seen. */
  partitions: z.number().nullable(),
  replicationFactor: z.number().nullable(),
  leaderless: z.number(),
  underReplicated: z.number(),
  bytesInPerSecond: ObservedNumber,
  bytesOutPerSecond: ObservedNumber,
  recordsInPerSecond: ObservedNumber,
  /** One copy: the leaders' logs. */
  sizeBytes: ObservedNumber,
  sizeWithReplicasBytes: ObservedNumber,
  /** From the last reading of configurations; -1 is Kafka's word for unlimited. */
  retentionMs: ObservedNumber,
  groupCount: z.number(),
});
export type TopicSummary = z.infer<typeof TopicSummary>;

export const TopicPage = z.object({ page: PageInfo, rows: z.array(TopicSummary) });
export type TopicPage = z.infer<typeof TopicPage>;

export const AclView = z.object({
  resourceType: z.string(),
  resourceName: z.string(),
  patternType: z.enum(["literal", "prefixed"]),
  host: z.string(),
  operation: z.string(),
  permission: z.enum(["allow", "deny"]),
});

export const PrincipalAccess = z.object({
  clusterId: z.string(),
  kind: z.string(),
  name: z.string(),
  /** The user name Kafka's quotas and ACLs know this principal by; null where it has many (IAM sessions). */
  kafkaUser: z.string().nullable(),
  share: z.number().nullable(),
  owner: Owner,
  /** Whether the credential exists on the cluster; null: cannot be seen. */
  exists: z.boolean().nullable(),
  /** null: quotas could not be read. An empty list: no quota binds this principal. */
  quotas: z.array(EffectiveQuota).nullable(),
  clientIds: z.array(z.string()),
  /** null: ACLs could not be read, or say nothing here (IAM). */
  acls: z.array(AclView).nullable(),
  note: z.string().nullable(),
});
export type PrincipalAccess = z.infer<typeof PrincipalAccess>;

export const TenantAccess = z.object({ principals: z.array(PrincipalAccess), problems: z.array(ProblemView), at: Time.nullable() });
export type TenantAccess = z.infer<typeof TenantAccess>;

/** One line of a chart. `values` and the optional band are aligned with the history's `times`; null is a gap. */
export const HistorySeries = z.object({
  key: z.string(),
  name: z.string(),
  clusterId: z.string(),
  brokerId: z.number().nullable(),
  values: z.array(z.number().nullable()),
  /** Highest value inside each step, when a step covers more than one reading. */
  max: z.array(z.number().nullable()).exactOptional(),
  /** The quota at each time; it steps where it was changed. */
  quota: z.array(z.number().nullable()).exactOptional(),
});
export type HistorySeries = z.infer<typeof HistorySeries>;

export const TenantHistory = z.object({
  from: Time,
  to: Time,
  stepMs: z.number(),
  /** Milliseconds since 1970, one for each step, oldest first. */
  times: z.array(z.number()),
  produce: z.array(HistorySeries),
  consume: z.array(HistorySeries),
  produceThrottleMs: z.array(HistorySeries),
  consumeThrottleMs: z.array(HistorySeries),
  /** Worst group with members. */
  lagRecords: z.array(z.number().nullable()),
  lagMs: z.array(z.number().nullable()),
  storageBytes: z.array(z.number().nullable()),
  /** Earliest time the console has kept anything for this tenant; null: nothing yet. */
  since: Time.nullable(),
  source: z.enum(["measured", "derived", "mixed", "none"]),
  operations: z
    .array(MskOperationView.extend({ clusterName: z.string() }))
    .exactOptional()
    .describe("What MSK did to the tenant's clusters in this time."),
  changes: z.array(ChangeMark).exactOptional().describe("Changes of the tenant through the console in this time."),
});
export type TenantHistory = z.infer<typeof TenantHistory>;

export const TierView = Tier.extend({
  tenantCount: z.number(),
  /** Of them: tenants with at least one override, and tenants of which something live differs from what is declared. */
  overridingCount: z.number(),
  driftingCount: z.number(),
});
export type TierView = z.infer<typeof TierView>;
export const TierList = z.object({ tiers: z.array(TierView) });
export type TierList = z.infer<typeof TierList>;
