import { basisOf } from "@/lib/domain/change/basis";
import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import { leadingBrokers } from "@/lib/domain/declared/leading-brokers";
import { type QuotaHolder, quotaHolders } from "@/lib/domain/declared/quota-holders";
import type { QuotaEntity, QuotaKey } from "@/lib/domain/facts";
import type { TenantState } from "@/lib/domain/fleet";
import { ownerOfClientId, ownerOfPrincipal } from "@/lib/domain/owner";
import { eachInSlices, type Steps } from "@/lib/domain/steps";
import { currentQuota, isQuotaOperation, type QuotaOperation } from "./rule-operation";

/** A tenant's own rules that a plan changes. */
export interface TenantRules {
  state: TenantState;
  basis: QuotaBasis;
  changes: OwnRuleChange[];
}

/** A value of a rule, before and after, of someone who is a tenant's alone. */
export interface OwnRuleChange {
  operation: QuotaOperation;
  cluster: ClusterFacts;
  holder: QuotaHolder;
  /** Brokers that lead partitions of the topics its traffic goes through; null: not known. */
  brokersLeading: number | null;
  before: number | null;
  after: number | null;
}

export interface RuleChanges {
  tenants: TenantRules[];
  /** On entities that are no single tenant's: services, defaults, names that nobody declares. */
  others: { operation: QuotaOperation; cluster: ClusterFacts }[];
}

const SLICE = 100;

/** Whose rules the operations change. */
export function* ruleChanges(operations: readonly PlannedOperation[], facts: PlanFacts): Steps<RuleChanges> {
  const tenants = new Map<string, TenantRules>();
  const others: RuleChanges["others"] = [];
  yield* eachInSlices(operations, SLICE, (operation) => {
    if (!isQuotaOperation(operation)) return;
    const cluster = facts.clusters.get(operation.target.clusterId);
    if (cluster === undefined) return;
    const state = tenantOf(operation, facts);
    const basis = state === null ? null : basisOf(state, facts);
    const holder = basis === null ? undefined : holderOf(basis, operation);
    if (state === null || basis === null || holder === undefined) {
      others.push({ operation, cluster });
      return;
    }
    const rules = tenants.get(state.tenant.id) ?? { state, basis, changes: [] };
    tenants.set(state.tenant.id, rules);
    const [before, after] = [numberOf(operation.before), numberOf(operation.after)];
    rules.changes.push({ operation, cluster, holder, brokersLeading: leadingOf(basis, holder, cluster), before, after });
  });
  return { tenants: [...tenants.values()], others };
}

function tenantOf({ unit, target }: QuotaOperation, { tenants, owners }: PlanFacts): TenantState | null {
  if (unit.startsWith("tenant:")) return tenants.get(unit.slice("tenant:".length)) ?? null;
  const { user, clientId } = target.entity;
  const { tenantIds } =
    typeof user === "string"
      ? ownerOfPrincipal(owners, target.clusterId, user)
      : typeof clientId === "string"
        ? ownerOfClientId(owners, target.clusterId, clientId)
        : { tenantIds: [] };
  const [only] = tenantIds;
  return only !== undefined && tenantIds.length === 1 ? (tenants.get(only) ?? null) : null;
}

function holderOf({ tenant }: QuotaBasis, { target }: QuotaOperation): QuotaHolder | undefined {
  const { clusterId, entity } = target;
  return quotaHolders(tenant).holders.find((holder) => holder.clusterId === clusterId && isSame(holder.entity, entity));
}

function isSame(own: QuotaHolder["entity"], { user, clientId }: QuotaEntity): boolean {
  return "user" in own ? own.user === user && clientId === undefined : own.clientId === clientId && user === undefined;
}

/** Brokers that lead partitions of the topics a holder's traffic goes through; null: not known. */
export function leadingOf({ topics }: QuotaBasis, holder: QuotaHolder, { snapshot }: Pick<ClusterFacts, "snapshot">): number | null {
  const { metadata } = snapshot;
  return metadata === null ? null : (leadingBrokers(topics, holder.clusterId, metadata)?.[holder.through] ?? null);
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

export interface ClusterLimit {
  /** Of all the tenant's rules on one cluster together, for each broker. null: one of them has no limit. */
  before: number | null;
  after: number | null;
  /** How many rules it is made of. */
  rules: number;
}

/** What a tenant may take on each broker of a cluster, over all of its rules there, before and after. */
export function clusterLimit({ basis, changes }: TenantRules, cluster: ClusterFacts, key: QuotaKey): ClusterLimit {
  const limit: ClusterLimit = { before: 0, after: 0, rules: 0 };
  for (const { clusterId, entity } of quotaHolders(basis.tenant).holders) {
    if (clusterId !== cluster.clusterId) continue;
    const change = changes.find(({ operation }) => operation.target.key === key && sameTarget(operation, clusterId, entity));
    const live = numberOf(currentQuota(cluster, entity, key));
    limit.before = plus(limit.before, live);
    limit.after = plus(limit.after, change === undefined ? live : change.after);
    limit.rules += 1;
  }
  return limit;
}

function sameTarget({ target }: QuotaOperation, clusterId: string, entity: QuotaHolder["entity"]): boolean {
  return target.clusterId === clusterId && isSame(entity, target.entity);
}

function plus(sum: number | null, value: number | null): number | null {
  return sum === null || value === null ? null : sum + value;
}
