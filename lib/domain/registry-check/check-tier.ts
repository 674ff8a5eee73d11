import type { LocatedIssue } from "@/lib/domain/issues";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import type { DeclaredRegistry } from "./check-registry";

/** The tiers as they will be, and those of them that are there already. */
export interface TierSet {
  byId: ReadonlyMap<string, Tier>;
  existing: ReadonlySet<string>;
}

export function tierSet(existing: readonly Tier[], file: DeclaredRegistry["tiers"]): TierSet {
  return { byId: new Map([...existing, ...file].map((tier) => [tier.id, tier])), existing: new Set(existing.map(({ id }) => id)) };
}

/**
 * A tenant is on a tier that there is, and is not put on an archived one. It stays on one that is archived, and comes with one that the
 * same file brings: so an empty console can take over what another one wrote out.
 */
export function checkTier(tenant: Tenant, before: Tenant | undefined, path: readonly PropertyKey[], tiers: TierSet): LocatedIssue[] {
  const tier = tiers.byId.get(tenant.tier);
  if (tier === undefined) {
    return [{ path: [...path, "tier"], message: `there is no tier "${tenant.tier}", neither in this file nor imported before` }];
  }
  const stays = before?.tier === tier.id || !tiers.existing.has(tier.id);
  if (tier.archived !== true || stays) return [];
  return [{ path: [...path, "tier"], message: `the tier "${tier.id}" is archived: no tenant can be put on it` }];
}
