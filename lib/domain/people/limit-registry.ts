import type { Registry } from "@/lib/domain/registry";
import { isByTenant, isWithin, type RoleLimits } from "./role-limits";

/** What is declared as somebody sees it whose role is limited: the tenants within, the tiers they are on, and services of whole clusters. */
export function limitRegistry(registry: Registry, limits: RoleLimits): Registry {
  const tenants = registry.tenants.filter((tenant) => isWithin(limits, tenant));
  const tierIds = new Set([...limits.tiers, ...tenants.map(({ tier }) => tier)]);
  const services = isByTenant(limits) ? [] : registry.services.filter(({ cluster }) => limits.clusters.includes(cluster));
  return { ...registry, tenants, tiers: registry.tiers.filter(({ id }) => tierIds.has(id)), services };
}
