import type { PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { LeftOut } from "@/lib/domain/change/plan";
import { followQuotas } from "@/lib/domain/change/quotas/follow-quotas";
import type { ChangedTopic } from "@/lib/domain/change/topic-keys/topic-key-change";
import { type DeclaredQuotaKey, type QuotaBasis, TENANT_QUOTA_KEYS } from "@/lib/domain/declared/declared-quotas";
import type { TenantState } from "@/lib/domain/fleet";
import type { Registry } from "@/lib/domain/registry";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import { followTopics } from "./follow-topics";

/** A tenant declared otherwise. */
export interface Redeclared {
  state: TenantState;
  before: QuotaBasis;
  after: QuotaBasis;
}

export interface FollowedTenant {
  operations: PlannedOperation[];
  topics: ChangedTopic[];
  leftOut: LeftOut[];
}

/** What a tenant's rules and topics get when it is declared otherwise; the declaration itself is not among the operations. */
export function followTenant(
  { state, before, after }: Redeclared,
  facts: PlanFacts,
  keys: readonly DeclaredQuotaKey[] = TENANT_QUOTA_KEYS,
): FollowedTenant {
  const quotas = followQuotas(after, { keys, before }, facts);
  const { topics, leftOut } = followTopics(state, before, after, facts);
  return { operations: [...quotas.operations, ...topics.flatMap(operationsOf)], topics, leftOut: [...quotas.leftOut, ...leftOut] };
}

function operationsOf({ keys }: ChangedTopic): PlannedOperation[] {
  return [...keys.values()].flatMap(({ operation }) => (operation === null ? [] : [operation]));
}

/** The facts with other declarations, so that what follows is compared with what is promised then. */
export function declaredAs(facts: PlanFacts, tenants: readonly Tenant[], tiers: readonly Tier[] = []): PlanFacts {
  const byTenant = new Map(tenants.map((tenant) => [tenant.id, tenant]));
  const byTier = new Map(tiers.map((tier) => [tier.id, tier]));
  const known = new Set(facts.registry.tiers.map(({ id }) => id));
  const registry: Registry = {
    ...facts.registry,
    tenants: facts.registry.tenants.map((tenant) => byTenant.get(tenant.id) ?? tenant),
    tiers: [...facts.registry.tiers.map((tier) => byTier.get(tier.id) ?? tier), ...tiers.filter(({ id }) => !known.has(id))],
  };
  return { ...facts, registry };
}
