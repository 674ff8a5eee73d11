import { indexOwnersSteps, type OwnerIndex, type Ownership } from "@/lib/domain/owner";
import { shortPrincipalName } from "@/lib/domain/principal-name";
import type { Registry } from "@/lib/domain/registry";
import type { Steps } from "@/lib/domain/steps";
import type { TenantSet } from "@/lib/domain/tenant-sets";
import type { Tier } from "@/lib/domain/tier";

/** What follows from the declarations alone. */
export interface RegistryIndex {
  tiers: Map<string, Tier>;
  owners: OwnerIndex;
  /** The strictest lag objective among the tenants of something; null: none has one. */
  objectiveOf: (ownership: Ownership) => number | null;
  /** How many tenants are placed on each cluster. */
  tenantCounts: ReadonlyMap<string, number>;
  /** Names of the services that serve many tenants, by cluster. */
  services: ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<Registry, RegistryIndex>();

/** Worked out once for each version of the registry. */
export function* registryIndexOf(registry: Registry): Steps<RegistryIndex> {
  const known = indexes.get(registry) ?? (yield* indexRegistry(registry));
  indexes.set(registry, known);
  return known;
}

function* indexRegistry(registry: Registry): Steps<RegistryIndex> {
  const tiers = new Map(registry.tiers.map((tier) => [tier.id, tier]));
  const owners = yield* indexOwnersSteps(registry);
  const objectiveOf = objectives(registry, tiers);
  yield;
  return { tiers, owners, objectiveOf, tenantCounts: countTenants(registry), services: servicesOf(registry) };
}

function objectives(registry: Registry, tiers: ReadonlyMap<string, Tier>): RegistryIndex["objectiveOf"] {
  const ofTenant = new Map(registry.tenants.map(({ id, tier }) => [id, tiers.get(tier)?.lagObjectiveMs ?? null]));
  const ofSet = new Map<TenantSet, number | null>();
  return ({ set }) => {
    if (set === null) return null;
    let objective = ofSet.get(set);
    if (objective === undefined) {
      objective = null;
      for (const id of set.tenantIds) {
        const own = ofTenant.get(id) ?? null;
        if (own !== null && (objective === null || own < objective)) objective = own;
      }
      ofSet.set(set, objective);
    }
    return objective;
  };
}

function countTenants(registry: Registry): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { placements } of registry.tenants) {
    for (const cluster of new Set(placements.map((placement) => placement.cluster))) counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
  }
  return counts;
}

function servicesOf(registry: Registry): Map<string, string[]> {
  const services = new Map<string, string[]>();
  for (const { cluster, principal, role } of registry.services) {
    if (role === "service") services.set(cluster, [...(services.get(cluster) ?? []), shortPrincipalName(principal)]);
  }
  return services;
}
