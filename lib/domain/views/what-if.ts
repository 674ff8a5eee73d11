import { z } from "zod";
import { Time } from "./common";
import { DIRECTIONS } from "./use";

/** Bytes per second of a direction; null: not known, or nothing. */
const Side = z.object({
  capacity: z.number().nullable(),
  /** With one of so many brokers down. */
  capacityOneDown: z.number().nullable(),
});

/** A cluster with another number of brokers. */
export const BrokerSize = z.object({
  brokers: z.number(),
  isNow: z.boolean(),
  /** null: whether MSK takes this number is not known. */
  isTaken: z.boolean().nullable(),
  produce: Side,
  consume: Side,
  /** The cluster's bill in US dollars; null: a part of it that depends on the number has no price. */
  dollarsPerMonth: z.number().nullable(),
  /** Tenants whose highest minute would be above what their rules let through; with one broker down besides. */
  throttled: z.number(),
  throttledOneDown: z.number(),
});
export type BrokerSize = z.infer<typeof BrokerSize>;

/** A tenant's highest minute in one direction against what its rules let through, by the sizes in their order. */
export const SizedTenant = z.object({
  tenantId: z.string(),
  tenantName: z.string(),
  direction: z.enum(DIRECTIONS),
  peakBytesPerSecond: z.number(),
  /** It was throttled in this time, so that it wanted at least this. */
  isCutOff: z.boolean(),
  /** Its rules on each broker together. */
  quotaBytesPerSecond: z.number(),
  partitions: z.number(),
  bySize: z.array(
    z.object({
      brokersLeading: z.number(),
      /** Highest minute over what its rules let through; `hottest`: by its hottest broker, `even`: spread evenly. */
      share: z.number(),
      by: z.enum(["hottest", "even"]),
      shareOneDown: z.number(),
    }),
  ),
});
export type SizedTenant = z.infer<typeof SizedTenant>;

/** One broker more or less on a cluster: promise against capacity, who would be throttled, money. Nothing of it is written. */
export const BrokerWhatIf = z.object({
  clusterId: z.string(),
  clusterName: z.string(),
  /** Why nothing can be said; null: the sizes say it. */
  reason: z.string().nullable(),
  sizes: z.array(BrokerSize),
  /** Promised on the cluster, and of it what quotas hold tenants to. */
  promised: z.object({ produce: z.number().nullable(), consume: z.number().nullable() }),
  bound: z.object({ produce: z.number().nullable(), consume: z.number().nullable() }),
  /** The cluster's highest minute. */
  peak: z.object({ produce: z.number().nullable(), consume: z.number().nullable() }),
  tenants: z.array(SizedTenant),
  tenantsTotal: z.number(),
  /** Tenants with a quota there of whom nothing was seen in this time. */
  unseen: z.number(),
  /** What the numbers rest on, and what they leave out. */
  notes: z.array(z.string()),
  from: Time,
  to: Time,
});
export type BrokerWhatIf = z.infer<typeof BrokerWhatIf>;
