import { z } from "zod";
import { ObservedNumber, SourceName } from "./common";

export const DIRECTIONS = ["produce", "consume"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/**
 * The limit axis. `near`: at least 80 % of a quota. `at-limit`: throttled by its quota, demand is cut off. `throttled-below-promise`:
 * throttled although the total is inside the tier's promise: the split of the promise does not fit, our breach.
 * `not-in-force`: above the quota for minutes, so the rule does not bind this traffic. `idle`: no traffic, measured.
 */
export const LIMIT_STATES = ["free", "near", "at-limit", "throttled-below-promise", "not-in-force", "no-limit", "idle", "unknown"] as const;
export const LimitState = z.enum(LIMIT_STATES);
export type LimitState = z.infer<typeof LimitState>;

/** One bucket on one broker: the finest thing Kafka limits. */
export const BrokerUse = z.object({
  brokerId: z.number(),
  bytesPerSecond: z.number(),
  source: SourceName,
  /** null: no quota in force for this bucket. */
  quotaBytesPerSecond: z.number().nullable(),
  /** Rate over quota, 1 at the limit; null without a quota. */
  share: z.number().nullable(),
  /** Mean throttle time of throttled requests; 0: measured, none; null: not measured. */
  throttleMs: z.number().nullable(),
});
export type BrokerUse = z.infer<typeof BrokerUse>;

/** The quota in force, which of Kafka's eight steps it is, and the rules it hides. */
export const EffectiveQuota = z.object({
  key: z.string(),
  value: z.number(),
  /** 1 (user and client-id) to 8 (default client-id), the most specific first. */
  step: z.number(),
  /** "user acme", "default user, client-id app". */
  entity: z.string(),
  /** Rules that would match too but lose, as words with their value. */
  shadows: z.array(z.object({ step: z.number(), entity: z.string(), value: z.number() })),
});
export type EffectiveQuota = z.infer<typeof EffectiveQuota>;

/** One identity of the tenant with the quota in force for it, on every broker it was seen on. */
export const BucketUse = z.object({
  clusterId: z.string(),
  /** "user acme", "client-id acme-app". */
  bucket: z.string(),
  /** null: no quota applies, unless `quotaUnread` says that it is not known. */
  quota: EffectiveQuota.nullable(),
  quotaUnread: z.literal(true).exactOptional(),
  brokers: z.array(BrokerUse),
});
export type BucketUse = z.infer<typeof BucketUse>;

/** A tenant's traffic in one direction against its quota and its tier's promise. */
export const DirectionUse = z.object({
  state: LimitState,
  /** Total over all placements. */
  bytesPerSecond: ObservedNumber,
  /** The worst broker: highest share of a quota; null where there is no quota or no rate. */
  worst: BrokerUse.extend({ clusterId: z.string(), bucket: z.string() }).nullable(),
  buckets: z.array(BucketUse),
  /** false: throttling cannot be seen (topic series alone, or no exporter). */
  throttleVisible: z.boolean(),
  promise: z.object({ bytesPerSecond: z.number(), share: z.number().nullable(), state: z.enum(["within", "above", "unknown"]) }).nullable(),
  /** Why the state is what it is, in one sentence, where it needs one. */
  note: z.string().nullable(),
});
export type DirectionUse = z.infer<typeof DirectionUse>;

/** The same for a row of a list: only what the bar, the percentage and the figure beside it need. */
export interface RowUse {
  state: LimitState;
  /** null: unknown. */
  bytesPerSecond: number | null;
  source: z.infer<typeof SourceName> | "unavailable";
  atLeast?: true;
  /** Half width of the 95 % interval, as a fraction of the rate; estimates only. */
  error?: number;
  /** Rate over quota on the worst broker. */
  share: number | null;
  worstBytesPerSecond: number | null;
  brokerId: number | null;
  throttleMs: number | null;
  /** Total over the tier's promise; null: nothing promised, or not known. */
  promiseShare: number | null;
  reason?: string;
}

const unlessUnknown = z.number().exactOptional();

/** A row's use as a list sends it, with five significant digits: what is not known is absent, never zero. */
export const ListedUse = z.object({
  state: LimitState,
  source: z
    .enum([...SourceName.exclude(["measured"]).options, "unavailable"])
    .exactOptional()
    .describe("Absent: measured."),
  bytesPerSecond: unlessUnknown,
  atLeast: z.literal(true).exactOptional(),
  error: unlessUnknown.describe("Half width of the 95 % interval, as a fraction of the rate; estimates only."),
  share: unlessUnknown.describe("Rate over quota on the worst broker."),
  worstBytesPerSecond: unlessUnknown,
  brokerId: unlessUnknown,
  throttleMs: unlessUnknown.describe("0: measured, none. Absent: not measured."),
  promiseShare: z
    .number()
    .nullable()
    .exactOptional()
    .describe("Total over what is promised. Absent: the total over the promise of the page's tier, not known where either is not."),
  reason: z.int().exactOptional().describe("Why something is not known: an index of the page's reasons."),
});
export type ListedUse = z.infer<typeof ListedUse>;
