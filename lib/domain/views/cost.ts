import { z } from "zod";
import { COST_KINDS } from "@/lib/domain/cost/cost";
import { ObservedNumber, Time } from "./common";

const Unpriced = z.object({ what: z.string(), reason: z.string(), remedy: z.string(), clusterId: z.string() });

/** A number of dollars a month, and how it came about. */
export const CostLineView = z.object({
  clusterId: z.string(),
  clusterName: z.string(),
  kind: z.enum(COST_KINDS),
  of: z.enum(["used", "reserved", "idle", "all"]),
  dollars: z.number(),
  arithmetic: z.string(),
});
export type CostLineView = z.infer<typeof CostLineView>;

/** US dollars a month at the present state. */
export const TenantCostView = z.object({
  perMonth: ObservedNumber,
  /** What its tier is sold for; null: not declared. */
  pricePerMonth: z.number().nullable(),
  lines: z.array(CostLineView),
  /** What of it has no number. */
  unpriced: z.array(Unpriced),
  at: Time.nullable(),
});
export type TenantCostView = z.infer<typeof TenantCostView>;

const ByKind = z.partialRecord(z.enum(COST_KINDS), z.number());

export const TierCost = z.object({
  tierId: z.string(),
  tenants: z.number(),
  /** Tenants of which something has a number. */
  known: z.number(),
  perMonth: ObservedNumber,
  byKind: ByKind,
  /** Its tenants' lines, those for the same thing on the same cluster added up. */
  lines: z.array(CostLineView),
  /** What the tenants' tier is sold for, all of them together; null: the tier has no price. */
  revenue: z.number().nullable(),
});
export type TierCost = z.infer<typeof TierCost>;

/** What is paid for and is no tenant's: idle capacity, pools that cannot be told apart, topics of nobody, and the rest. */
export const UNSHARED = ["shared", "others", "idle", "rest"] as const;

/** The whole bill of the fleet: its tiers and what no tenant is given add up to it. */
export const FleetCostView = z.object({
  perMonth: ObservedNumber,
  tiers: z.array(TierCost),
  unshared: z.array(z.object({ holder: z.enum(UNSHARED), dollars: z.number(), byKind: ByKind, lines: z.array(CostLineView) })),
  unpriced: z.array(Unpriced),
  /** Clusters of one tenant that are larger than they need to be, or of which that cannot be told. */
  silos: z.array(
    z.object({
      clusterId: z.string(),
      tenantId: z.string(),
      verdict: z.enum(["over", "unknown"]),
      saves: z.number().nullable(),
      sentence: z.string(),
    }),
  ),
  /** When AWS's public figures were read that stand where nothing is set. */
  asOf: z.string(),
  at: Time.nullable(),
});
export type FleetCostView = z.infer<typeof FleetCostView>;

export const PriceRegion = z.object({
  region: z.string(),
  clusters: z.number(),
  items: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      unit: z.string(),
      /** US dollars; null: no price set. */
      dollars: z.number().nullable(),
      from: z.enum(["aws", "set"]).nullable(),
      /** AWS's own figure, where the console has one. */
      listed: z.number().nullable(),
      /** The figure was not confirmed on AWS's own page. */
      unconfirmed: z.boolean(),
      /** A cluster of the fleet is billed by it. */
      used: z.boolean(),
    }),
  ),
  /** Who set prices, when and why, the newest first. */
  set: z.array(z.object({ by: z.string(), at: Time, reason: z.string() })),
});
export type PriceRegion = z.infer<typeof PriceRegion>;

export const PriceList = z.object({ asOf: z.string(), source: z.string(), regions: z.array(PriceRegion) });
export type PriceList = z.infer<typeof PriceList>;
