import { z } from "zod";
import { RESOURCES, VERDICTS } from "@/lib/domain/noise/noise";
import { ConditionView, SourceName, Time } from "./common";

/** An estimate with the ends of its 95 % interval; of what is reported all three are the same. */
const IntervalView = z.object({ low: z.number(), value: z.number(), high: z.number() });

/** What a pool's tenant took in an hour, of the cluster as a whole. */
export const PoolHourView = z.object({
  from: Time,
  until: Time,
  share: IntervalView,
  rateBytesPerSecond: IntervalView,
  /** Share over entitlement; null without one. */
  times: IntervalView.nullable(),
  promiseBytesPerSecond: z.number().nullable(),
  /** Above, or not above: with the whole of the interval. */
  promise: z.enum(["above", "within", "unknown", "none"]),
  /** Why it cannot be told whether it is above; null: it can. */
  because: z.string().nullable(),
  sentence: z.string(),
});
export type PoolHourView = z.infer<typeof PoolHourView>;

export const NoisyRow = z.object({
  tenantId: z.string(),
  tenantName: z.string(),
  clusterId: z.string(),
  clusterName: z.string(),
  /** null: all brokers of the cluster together, in an hour. */
  brokerId: z.number().nullable(),
  resource: z.enum(RESOURCES),
  verdict: z.enum(VERDICTS),
  /** Of what the broker takes, sends, or spends on requests; 0 to 1. */
  share: z.number(),
  /** null: nothing is promised to it. */
  entitlement: z.number().nullable(),
  /** Share over entitlement; null without one, and where it is entitled to nothing there. */
  times: z.number().nullable(),
  /** Bytes per second, or percent of a thread; null: not kept of the past. */
  rate: z.number().nullable(),
  brokerRate: z.number().nullable(),
  /** What shows that the broker is under pressure; empty: it copes. */
  signs: z.array(z.string()),
  since: Time.nullable(),
  source: SourceName.nullable(),
  /** Of a pool's tenant: the hour that is told of, and what is known of it; else null. */
  pool: PoolHourView.nullable(),
});
export type NoisyRow = z.infer<typeof NoisyRow>;

export const VictimView = z.object({
  groupId: z.string(),
  /** null: a pool's shared group. */
  tenantId: z.string().nullable(),
  tenantName: z.string(),
  beforeMs: z.number().nullable(),
  nowMs: z.number().nullable(),
  beforeRecords: z.number(),
  nowRecords: z.number(),
  objectiveMs: z.number().nullable(),
});
export type VictimView = z.infer<typeof VictimView>;

export const EpisodeView = z.object({
  row: NoisyRow,
  sentence: z.string(),
  peakShare: z.number(),
  victims: z.array(VictimView),
  mechanism: z.string().nullable(),
  /** The strongest first; empty: nothing seen explains it. */
  causes: z.array(z.object({ kind: z.string(), sentence: z.string(), href: z.string().nullable() })),
  /** What can be done: a plan that is ready to be looked at, or a page. */
  next: z.array(z.object({ label: z.string(), href: z.string() })),
});
export type EpisodeView = z.infer<typeof EpisodeView>;

/** Who was how loud when: times their entitlement on the worst broker, by step. null: not seen, or not among the loudest that are kept. */
export const NoisyHeat = z.object({
  stepMs: z.number(),
  /** How fine what is kept is: 1, 5 or 60 minutes. */
  keptMinutes: z.number(),
  times: z.array(z.number()),
  rows: z.array(
    z.object({
      tenantId: z.string(),
      name: z.string(),
      values: z.array(z.number().nullable()),
      /** It is a pool's tenant, known by the hour, of the cluster as a whole. */
      byHour: z.literal(true).exactOptional(),
    }),
  ),
  /** Tenants of pools are known by the hour alone, and steps are finer: they have no row. */
  withoutPools: z.boolean(),
  /** Tenants that were seen in this time, of whom the loudest are in the rows. */
  seen: z.number(),
  /** In some step there were more than are kept. */
  cut: z.boolean(),
});
export type NoisyHeat = z.infer<typeof NoisyHeat>;

export const NoisyView = z.object({
  from: Time,
  to: Time,
  /** Whether the ranking is of now; else it is of the last step of the range. */
  live: z.boolean(),
  momentAt: Time.nullable(),
  ranking: z.array(NoisyRow),
  rankingTotal: z.number(),
  episodes: z.array(EpisodeView),
  /** Brokers under pressure for which nobody is to blame, and episodes of the range that are over; the newest first. */
  others: z.array(ConditionView),
  heat: NoisyHeat,
  unseen: z.array(z.object({ clusterId: z.string(), clusterName: z.string(), reason: z.string() })),
  /** Clusters with pools of whose last hour nothing can be said. */
  unseenPools: z.array(z.object({ clusterId: z.string(), clusterName: z.string(), from: Time, reason: z.string() })),
  at: Time.nullable(),
});
export type NoisyView = z.infer<typeof NoisyView>;
