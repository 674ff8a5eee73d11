import { z } from "zod";
import { QUOTA_KEYS } from "@/lib/domain/facts";
import { OverrideScope, OverrideSetting } from "@/lib/domain/override";
import { Slug } from "@/lib/domain/slug";
import { Tier } from "@/lib/domain/tier";
import { MessageSize, MutationRate, QuotaRate, RequestPercent, RetentionSize, RetentionTime } from "./values";

const TopicName = z.string().min(1).max(249);

export const TopicRef = z.strictObject({ clusterId: Slug, topic: TopicName });
export type TopicRef = z.infer<typeof TopicRef>;

const TOPICS_MAX = 1_000;
const TENANTS_MAX = 20_000;

/** Tenants by id, all of a tier, or what the filter of the tenants list finds at the moment of the plan. */
export const TenantScope = z.union([
  z.strictObject({ tenantIds: z.array(Slug).min(1).max(TENANTS_MAX) }),
  z.strictObject({ tierId: Slug }),
  z.strictObject({ filter: z.string().max(500) }),
]);
export type TenantScope = z.infer<typeof TenantScope>;

/** Topics by name, or the own topics of tenants. A topic that several tenants share is only meant when it is named. */
export const TopicScope = z.union([z.strictObject({ topics: z.array(TopicRef).min(1).max(TOPICS_MAX) }), ...TenantScope.options]);
export type TopicScope = z.infer<typeof TopicScope>;

/** null: the topic's own value is taken away, and the inherited one counts. `"tier"`: what the tenant's tier and overrides declare. */
const orTier = <V extends z.ZodType>(value: V) => z.union([z.literal("tier"), value]).nullable();

/** Kafka's tools write the default entity by this name, so that a rule on a client of that name would be taken for it. */
const DEFAULT_NAME = "<default>";
const EntityName = z
  .string()
  .min(1)
  .max(512)
  .refine((name) => name !== DEFAULT_NAME, "is Kafka's name of the default entity; give null for it");

/** A quota's entity. A key that is absent is not part of it; null is Kafka's default entity. */
export const QuotaEntityInput = z
  .strictObject({
    user: EntityName.nullable().exactOptional(),
    clientId: EntityName.nullable().exactOptional(),
  })
  .refine(({ user, clientId }) => user !== undefined || clientId !== undefined, "must name a user, a client-id, or both");

const AtLeastOne = "must set at least one value";

/**
 * An override that goes with the change. By default a tenant's own value that differs from its tier is declared as an override, so that
 * it is no drift; it may end by itself.
 */
const Ending = { until: z.iso.datetime().exactOptional(), atEnd: z.enum(["report", "take-back"]).exactOptional() };

/** Everything that can be changed. Each form, script and rollout sends one of these. */
export const ChangeRequest = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("retention"),
      scope: TopicScope,
      retentionMs: orTier(RetentionTime).exactOptional(),
      retentionBytes: orTier(RetentionSize).exactOptional(),
      ...Ending,
    })
    .refine(({ retentionMs, retentionBytes }) => retentionMs !== undefined || retentionBytes !== undefined, AtLeastOne),
  z.strictObject({ kind: z.literal("message-size"), scope: TopicScope, maxMessageBytes: orTier(MessageSize), ...Ending }),
  z.strictObject({ kind: z.literal("partitions"), clusterId: Slug, topic: TopicName, count: z.int().min(1).max(1_000_000) }),
  /** For the tenant as a whole; what each rule is set to follows from it as from a promise. null: no quota. */
  z
    .strictObject({
      kind: z.literal("quota"),
      scope: TenantScope,
      produceBytesPerSecond: orTier(QuotaRate).exactOptional(),
      consumeBytesPerSecond: orTier(QuotaRate).exactOptional(),
      requestPercent: orTier(RequestPercent).exactOptional(),
      ...Ending,
    })
    .refine(
      ({ produceBytesPerSecond, consumeBytesPerSecond, requestPercent }) =>
        produceBytesPerSecond !== undefined || consumeBytesPerSecond !== undefined || requestPercent !== undefined,
      AtLeastOne,
    ),
  /** One rule as Kafka has it: bytes per second and per broker, percent of one thread, mutations per second. null: the key is removed. */
  z.strictObject({
    kind: z.literal("quota-rule"),
    clusterId: Slug,
    entity: QuotaEntityInput,
    values: z
      .strictObject({
        producer_byte_rate: QuotaRate.nullable().exactOptional(),
        consumer_byte_rate: QuotaRate.nullable().exactOptional(),
        request_percentage: RequestPercent.nullable().exactOptional(),
        controller_mutation_rate: MutationRate.nullable().exactOptional(),
      })
      .refine((values) => Object.keys(values).length > 0, AtLeastOne),
  }),
  /** One rule with a huge value on a name that nobody uses, so that brokers count every user and limit nobody. */
  z.strictObject({
    kind: z.literal("measure"),
    clusterId: Slug,
    keys: z.array(z.enum(QUOTA_KEYS).extract(["producer_byte_rate", "consumer_byte_rate", "request_percentage"])).min(1),
  }),
  /** Puts tenants on a tier, with quotas, retention and message sizes as it declares. Overrides stay but for those named. */
  z.strictObject({
    kind: z.literal("tier"),
    scope: TenantScope,
    tierId: Slug,
    /** Keys of overrides that end with this change; "all" of them. */
    dropOverrides: z.union([z.literal("all"), z.array(z.string().max(1_000)).max(200)]).default([]),
  }),
  /** Writes a tier: a new one, or another promise. `rollOut`: what its tenants have follows. */
  z.strictObject({ kind: z.literal("tier-definition"), tier: Tier, rollOut: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal("tier-archive"), tierId: Slug, archived: z.boolean().default(true) }),
  /** Caps a tenant on each broker for some minutes; it takes itself back. */
  z
    .strictObject({
      kind: z.literal("brake"),
      tenantId: Slug,
      produceBytesPerSecond: QuotaRate.exactOptional(),
      consumeBytesPerSecond: QuotaRate.exactOptional(),
      minutes: z.int().min(1).max(1_440),
    })
    .refine(
      ({ produceBytesPerSecond, consumeBytesPerSecond }) => produceBytesPerSecond !== undefined || consumeBytesPerSecond !== undefined,
      AtLeastOne,
    ),
  z.strictObject({ kind: z.literal("brake-release"), tenantId: Slug }),
  /** Brings the cluster back to what is declared: everything that drifted, or the items named. */
  z.strictObject({ kind: z.literal("bring-back"), scope: TenantScope, items: z.array(z.string().max(1_500)).max(5_000).exactOptional() }),
  /** Declares what the cluster has, as overrides. */
  z.strictObject({ kind: z.literal("adopt"), scope: TenantScope, items: z.array(z.string().max(1_500)).max(5_000).exactOptional() }),
  /** Ends overrides of a tenant: its tier counts again. */
  z.strictObject({
    kind: z.literal("override-end"),
    tenantId: Slug,
    overrides: z
      .array(z.strictObject({ setting: OverrideSetting, on: OverrideScope.exactOptional() }))
      .min(1)
      .max(200),
  }),
  z.strictObject({ kind: z.literal("managed-elsewhere"), tenantId: Slug, by: z.string().trim().min(1).max(120).nullable() }),
  /** The inverse of a change that was applied. */
  z.strictObject({ kind: z.literal("revert"), changeId: z.int().positive() }),
]);
export type ChangeRequest = z.infer<typeof ChangeRequest>;
export type ChangeKind = ChangeRequest["kind"];
export type RequestOf<K extends ChangeKind> = Extract<ChangeRequest, { kind: K }>;

/** How a change to many tenants goes forward. */
export const RolloutOptions = z.strictObject({
  /** These tenants first; then it waits for a person to let the rest follow. */
  first: z.array(Slug).max(1_000).exactOptional(),
  /** Tenants a minute at the most; absent: as fast as it goes. */
  tenantsPerMinute: z.int().min(1).max(100_000).exactOptional(),
  /** It pauses when so many tenants have failed. A conflict is a failure of that tenant. */
  stopAfterFailures: z.int().min(1).max(100_000).exactOptional(),
});
export type RolloutOptions = z.infer<typeof RolloutOptions>;
