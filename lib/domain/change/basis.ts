import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import type { TenantState } from "@/lib/domain/fleet";
import type { Registry } from "@/lib/domain/registry";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import type { PlanFacts } from "./facts";

interface Declarations {
  tenants: ReadonlyMap<string, Tenant>;
  tiers: ReadonlyMap<string, Tier>;
}

const indexes = new WeakMap<Registry, Declarations>();

/** The declarations by id, as the store has them now: what is written is compared with these. */
export function declarationsOf({ registry }: Pick<PlanFacts, "registry">): Declarations {
  const index = indexes.get(registry) ?? {
    tenants: new Map(registry.tenants.map((tenant) => [tenant.id, tenant])),
    tiers: new Map(registry.tiers.map((tier) => [tier.id, tier])),
  };
  indexes.set(registry, index);
  return index;
}

/** A tenant as plans need it: declared as of now, with the topics that the collector saw. null: it was deleted meanwhile. */
export function basisOf({ tenant, tier, topics }: TenantState, facts: Pick<PlanFacts, "registry">): QuotaBasis | null {
  const { tenants, tiers } = declarationsOf(facts);
  const declared = tenants.get(tenant.id);
  return declared === undefined ? null : { tenant: declared, tier: tiers.get(declared.tier) ?? tier, topics };
}
