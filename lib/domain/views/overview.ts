import { z } from "zod";
import { ClusterSummary } from "./clusters";
import { ConditionView, ObservedNumber, Severity, Time } from "./common";
import { PostureCounts } from "./posture";

/** How many tenants of each model something has. A tenant with several models is counted once, as mixed. */
export const ModelCounts = z.object({ pool: z.number(), bridge: z.number(), silo: z.number(), mixed: z.number(), unplaced: z.number() });
export type ModelCounts = z.infer<typeof ModelCounts>;

export const OverviewCluster = ClusterSummary.extend({
  /** Produce bytes/s of list promises placed here; null: no tenant here has a promise. */
  promisedBytesPerSecond: z.number().nullable(),
  /** Placements on this cluster by model: a mixed tenant counts under each model it has here. */
  placements: z.object({ pool: z.number(), bridge: z.number(), silo: z.number() }),
});
export type OverviewCluster = z.infer<typeof OverviewCluster>;

export const OverviewTier = z.object({
  id: z.string(),
  name: z.string(),
  models: ModelCounts,
  tenants: z.number(),
  promisedProduceBytesPerSecond: z.number().nullable(),
  produceBytesPerSecond: ObservedNumber,
  needAttention: z.number(),
});
export type OverviewTier = z.infer<typeof OverviewTier>;

/** The first page: the fleet at a glance, what needs attention now, and each cluster. */
export const Overview = z.object({
  at: Time.nullable(),
  /** The state of the fleet in one line of words. */
  sentence: z.object({ severity: Severity.nullable(), text: z.string() }),
  tenants: z.object({ total: z.number(), models: ModelCounts }),
  produceBytesPerSecond: ObservedNumber,
  consumeBytesPerSecond: ObservedNumber,
  /** Sums of the tiers' list promises; null: nothing is promised. */
  promisedProduceBytesPerSecond: z.number().nullable(),
  promisedConsumeBytesPerSecond: z.number().nullable(),
  /** `unknown`: tenants of which it cannot be said, and which nobody may take for well. */
  nearOrOverQuota: z.object({ tenants: z.number(), throttled: z.number(), unknown: z.number() }),
  pastLagObjective: z.object({ tenants: z.number(), stuck: z.number(), unknown: z.number() }),
  /** Worst first; those acknowledged are apart. At most 50 of `attentionTotal`. */
  attention: z.array(ConditionView),
  attentionTotal: z.number(),
  /** Worst first, at most 50 of `acknowledgedTotal`. */
  acknowledged: z.array(ConditionView),
  acknowledgedTotal: z.number(),
  /** What is wrong by construction, by how serious it is; it is none of the above. */
  posture: PostureCounts,
  /** Names of the tenants that conditions above are about, by id. */
  tenantNames: z.record(z.string(), z.string()),
  clusters: z.array(OverviewCluster),
  tiers: z.array(OverviewTier),
});
export type Overview = z.infer<typeof Overview>;

/** Produce rate of each cluster over time. Points are aligned with `times`; null: nothing was seen then. */
export const OverviewHistory = z.object({
  from: Time,
  to: Time,
  stepMs: z.number(),
  /** Milliseconds since 1970, one for each step, oldest first. */
  times: z.array(z.number()),
  clusters: z.array(z.object({ id: z.string(), name: z.string(), bytesPerSecond: z.array(z.number().nullable()) })),
});
export type OverviewHistory = z.infer<typeof OverviewHistory>;
