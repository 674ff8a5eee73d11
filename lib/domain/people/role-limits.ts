import { z } from "zod";
import type { Tenant } from "@/lib/domain/tenant";

const Ids = z.array(z.string().trim().min(1).max(100)).max(500).default([]);

/**
 * What a role is limited to. Tenants and tiers add up: a tenant is within when it is named or its tier is. Clusters narrow: a tenant is
 * within when it stands on these and nowhere else. A list that is empty limits nothing.
 */
export const RoleLimits = z.strictObject({ tenants: Ids, tiers: Ids, clusters: Ids });
export type RoleLimits = z.infer<typeof RoleLimits>;

/** null: nothing is limited. */
export function limitsOrNull(limits: RoleLimits | null | undefined): RoleLimits | null {
  if (limits === null || limits === undefined) return null;
  const { tenants, tiers, clusters } = limits;
  if (tenants.length + tiers.length + clusters.length === 0) return null;
  return { tenants: ordered(tenants), tiers: ordered(tiers), clusters: ordered(clusters) };
}

function ordered(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}

export function isByTenant({ tenants, tiers }: RoleLimits): boolean {
  return tenants.length + tiers.length > 0;
}

export function isWithin(limits: RoleLimits, { id, tier, placements }: Pick<Tenant, "id" | "tier" | "placements">): boolean {
  const named = !isByTenant(limits) || limits.tenants.includes(id) || limits.tiers.includes(tier);
  const placed = limits.clusters.length === 0 || placements.every(({ cluster }) => limits.clusters.includes(cluster));
  return named && placed;
}

/** In words: "tenants acme, kestrel; clusters shared-1". */
export function limitWords(limits: RoleLimits | null): string {
  if (limits === null) return "everything";
  const parts = (["tenants", "tiers", "clusters"] as const).filter((kind) => limits[kind].length > 0);
  return parts.map((kind) => `${kind} ${limits[kind].join(", ")}`).join("; ");
}
