import { basisOf } from "@/lib/domain/change/basis";
import { consequence, type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import { entityName } from "@/lib/domain/change/operation";
import type { Consequence } from "@/lib/domain/change/plan";
import type { RequestOf } from "@/lib/domain/change/request";
import { named } from "@/lib/domain/change/words";
import { declaredQuotasOn } from "@/lib/domain/declared/declared-quotas";
import { quotaSource } from "@/lib/domain/drift/quota-drift";
import { QUOTA_KEYS } from "@/lib/domain/facts";
import { paths } from "@/lib/domain/paths";
import { QUOTA_NAMES, quotaWords } from "@/lib/domain/quota/quota-words";
import type { Steps } from "@/lib/domain/steps";
import { quotaConsequences } from "./quota-consequences";
import { quotaScale } from "./quota-scale";
import { noCluster, quotasRefusal } from "./readable";
import { type OwnRuleChange, ruleChanges, type TenantRules } from "./rule-changes";
import { currentQuota, type QuotaOperation, quotaOperation } from "./rule-operation";

/** One rule as Kafka has it, on any entity. What it does to whom is looked up; nothing is declared by it. */
export function* planQuotaRule(request: RequestOf<"quota-rule">, facts: PlanFacts): Steps<Draft> {
  const draft = emptyDraft();
  const { clusterId, entity } = request;
  const cluster = facts.clusters.get(clusterId);
  draft.title = titleOf(request);
  if (cluster === undefined) {
    draft.refusals.push(noCluster(clusterId, "clusterId"));
    return draft;
  }
  const refusal = quotasRefusal(cluster);
  if (refusal !== null) {
    draft.refusals.push(refusal);
    return draft;
  }
  const operations = operationsOf(request, cluster);
  draft.operations = operations;
  draft.consequences = [...(yield* quotaConsequences(operations, facts)), ...(yield* driftNotes(operations, facts))];
  draft.picture = yield* quotaScale(operations, facts);
  draft.typeName = entityName(entity);
  return draft;
}

function operationsOf({ clusterId, entity, values }: RequestOf<"quota-rule">, cluster: ClusterFacts): QuotaOperation[] {
  return QUOTA_KEYS.flatMap((key) => {
    const value = values[key as keyof typeof values];
    if (value === undefined) return [];
    const before = currentQuota(cluster, entity, key);
    const after = value === null ? null : String(value);
    return before === after ? [] : [quotaOperation({ clusterId, entity, key, before, after, unit: `cluster:${clusterId}` })];
  });
}

function titleOf({ entity, values }: RequestOf<"quota-rule">): string {
  const who = named(entityName(entity));
  const given = QUOTA_KEYS.flatMap((key) => {
    const value = values[key as keyof typeof values];
    return value === undefined ? [] : [{ key, value }];
  });
  const [only] = given;
  if (only === undefined || given.length > 1) return `Change the quotas of ${who}`;
  const { key, value } = only;
  return value === null ? `Remove the ${QUOTA_NAMES[key]} of ${who}` : `Set the ${QUOTA_NAMES[key]} of ${who} to ${quotaWords(key, value)}`;
}

/** A rule that is set by hand on a tenant's principal differs from what is declared: that is drift from then on. */
function* driftNotes(operations: readonly QuotaOperation[], facts: PlanFacts): Steps<Consequence[]> {
  const { tenants } = yield* ruleChanges(operations, facts);
  return tenants.flatMap((tenant) => tenant.changes.flatMap((change) => driftNote(tenant, change, facts)));
}

function driftNote({ state }: TenantRules, { holder, operation, cluster, after }: OwnRuleChange, facts: PlanFacts): Consequence[] {
  const basis = basisOf(state, facts);
  const quota = basis === null ? undefined : declaredFor(basis, cluster, operation, holder.name, facts.at);
  if (basis === null || quota === undefined || quota.unsaid !== null) return [];
  const { declared } = quota;
  const value = declared.by === "nothing" ? null : declared.value;
  if (value === after || (declared.by === "override" && value === null)) return [];
  const says =
    value === null ? `${basis.tier.name} declares none` : `declared is ${quotaWords(quota.key, value)} (${quotaSource(quota, basis)})`;
  const sentence = `For the ${QUOTA_NAMES[quota.key]} of ${named(holder.name)} ${says}: what is set here shows as drift until it is adopted or brought back.`;
  const { id } = basis.tenant;
  const links = [{ label: "The quotas of the tenant as a whole", href: paths.changeTenant(id, "quota") }];
  return [consequence({ class: "note", sentence, tenantId: id, clusterId: cluster.clusterId, links })];
}

function declaredFor(
  basis: NonNullable<ReturnType<typeof basisOf>>,
  { snapshot }: ClusterFacts,
  { target }: QuotaOperation,
  name: string,
  at: string,
) {
  return declaredQuotasOn(basis, snapshot, at).find(({ holder, key }) => holder.name === name && key === target.key);
}
