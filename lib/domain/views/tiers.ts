import { z } from "zod";
import { DRIFT_KINDS, DriftItem } from "@/lib/domain/drift/drift-item";
import { Override } from "@/lib/domain/override";
import { Tier } from "@/lib/domain/tier";
import { PageInfo, Time } from "./common";

/** A tenant's override, with whether its time is over. */
export const TenantOverride = z.object({
  tenantId: z.string(),
  tenantName: z.string(),
  /** Names it among the tenant's overrides. */
  key: z.string(),
  override: Override,
  over: z.boolean(),
});
export type TenantOverride = z.infer<typeof TenantOverride>;

export const TierDetail = z.object({
  tier: Tier,
  counts: z.object({
    tenants: z.number(),
    /** Tenants with at least one override, with drift, under a brake, and managed elsewhere. */
    overriding: z.number(),
    drifting: z.number(),
    braked: z.number(),
    managedElsewhere: z.number(),
    /** Values that drifted, by kind; kinds without one are absent. */
    drift: z.partialRecord(z.enum(DRIFT_KINDS), z.number()),
  }),
  /** The first five hundred, by tenant. */
  overrides: z.array(TenantOverride),
  overrideCount: z.number(),
  at: Time.nullable(),
});
export type TierDetail = z.infer<typeof TierDetail>;

/** A drifted value in a list. */
export const DriftRow = DriftItem.extend({
  tenantName: z.string(),
  clusterName: z.string(),
  tierId: z.string(),
  /** Since when it is known that something of this kind differs there; null: it was only just seen. */
  since: Time.nullable(),
  /** Who changes the tenant or the cluster instead of the console; null: the console does. */
  managedElsewhere: z.string().nullable(),
});
export type DriftRow = z.infer<typeof DriftRow>;

export const DriftPage = z.object({ page: PageInfo, rows: z.array(DriftRow) });
export type DriftPage = z.infer<typeof DriftPage>;
