import type { PlanFacts } from "@/lib/domain/change/facts";
import type { LeftOut } from "@/lib/domain/change/plan";
import { type DeclaredQuota, type DeclaredQuotaKey, declaredQuotasOn, type QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import { quotaHolders } from "@/lib/domain/declared/quota-holders";
import { quotaSource } from "@/lib/domain/drift/quota-drift";
import { limitsNobody } from "@/lib/domain/quota/measure-everybody";
import { quotasRefusalOf } from "./readable";
import { currentQuota, type QuotaOperation, quotaOperation } from "./rule-operation";

export interface FollowedQuotas {
  operations: QuotaOperation[];
  leftOut: LeftOut[];
}

interface FollowOptions {
  keys: readonly DeclaredQuotaKey[];
  /**
   * How it was declared before: what neither was nor is declared is left alone. null: all of it is brought to what is declared, and what
   * is not declared goes.
   */
  before: QuotaBasis | null;
  /** Keys whose override without a value takes the rule away; else such an override lets the cluster have what it has. */
  removed?: ReadonlySet<DeclaredQuotaKey>;
}

/** Brings a tenant's rules, on all its clusters, to what is declared for it. What cannot be said or read is left out, with the reason. */
export function followQuotas(basis: QuotaBasis, options: FollowOptions, facts: PlanFacts): FollowedQuotas {
  const { tenant } = basis;
  const followed: FollowedQuotas = { operations: [], leftOut: [] };
  const reasons = new Set<string>();
  const leaveOut = (reason: string, link: LeftOut["link"] = null) => {
    if (reasons.has(reason)) return;
    reasons.add(reason);
    followed.leftOut.push({ subject: tenant.name, tenantId: tenant.id, reason, link });
  };
  for (const clusterId of new Set(quotaHolders(tenant).holders.map((holder) => holder.clusterId))) {
    const cluster = facts.clusters.get(clusterId);
    const refusal = quotasRefusalOf(clusterId, facts);
    if (cluster === undefined || refusal !== null) {
      if (refusal !== null) leaveOut(`${refusal.reason} ${refusal.wayOut}`, refusal.link);
      continue;
    }
    const before = options.before === null ? null : declaredQuotasOn(options.before, cluster.snapshot, facts.at);
    for (const quota of declaredQuotasOn(basis, cluster.snapshot, facts.at)) {
      if (!options.keys.includes(quota.key)) continue;
      if (quota.unsaid !== null) {
        leaveOut(`${quota.unsaid.reason} ${quota.unsaid.wayOut}`);
        continue;
      }
      const live = currentQuota(cluster, quota.holder.entity, quota.key);
      const after = afterOf(quota, live, before, options);
      if (after !== undefined && after !== live) followed.operations.push(operationOf(quota, basis, live, after));
    }
  }
  return followed;
}

/** undefined: it is left as it is. */
function afterOf(
  { declared, key, holder }: DeclaredQuota,
  live: string | null,
  before: readonly DeclaredQuota[] | null,
  { removed }: FollowOptions,
): string | null | undefined {
  if (declared.by === "nothing") {
    const was = before?.find((one) => one.key === key && one.holder.name === holder.name);
    const wasDeclared = before === null || (was !== undefined && was.declared.by !== "nothing");
    const limits = live !== null && !limitsNobody(key, Number(live));
    return wasDeclared && limits ? null : undefined;
  }
  if (declared.value !== null) return String(declared.value);
  return removed?.has(key) === true ? null : undefined;
}

function operationOf(quota: DeclaredQuota, basis: QuotaBasis, before: string | null, after: string | null): QuotaOperation {
  const { holder, key } = quota;
  const unit = `tenant:${basis.tenant.id}`;
  const note = after === null ? null : quotaSource(quota, basis);
  return quotaOperation({ clusterId: holder.clusterId, entity: holder.entity, key, before, after, unit, note });
}
