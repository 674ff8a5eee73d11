import { basisOf } from "@/lib/domain/change/basis";
import { consequence, type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import { quotaConsequences } from "@/lib/domain/change/quotas/quota-consequences";
import { quotaScale } from "@/lib/domain/change/quotas/quota-scale";
import type { RequestOf } from "@/lib/domain/change/request";
import { noTenant } from "@/lib/domain/change/resolve-scope";
import { listed, named } from "@/lib/domain/change/words";
import { DECLARED_QUOTA_KEYS, type DeclaredQuotaKey, TENANT_QUOTA_KEYS } from "@/lib/domain/declared/declared-quotas";
import { formatCountOf } from "@/lib/domain/format";
import { overrideKey } from "@/lib/domain/override";
import { overrideName } from "@/lib/domain/override-words";
import { paths } from "@/lib/domain/paths";
import type { Steps } from "@/lib/domain/steps";
import type { Tenant } from "@/lib/domain/tenant";
import { declaredAs, followTenant } from "./follow-tenant";
import { overrideOperations, withOverrides } from "./override-change";
import { topicConsequences } from "./topic-consequences";
import { unreadRefusals } from "./unread-refusals";

/** Ends overrides of a tenant: its tier, or a wider override, counts again, and what followed the override follows that. */
export function* planOverrideEnd({ tenantId, overrides }: RequestOf<"override-end">, facts: PlanFacts): Steps<Draft> {
  const draft = emptyDraft();
  const state = facts.tenants.get(tenantId);
  const before = state === undefined ? null : basisOf(state, facts);
  draft.title = `End ${formatCountOf(overrides.length, "override")} of ${named(before?.tenant.name ?? tenantId)}`;
  if (state === undefined || before === null) {
    draft.refusals.push({ ...noTenant(tenantId), field: "tenantId" });
    return draft;
  }
  const [only] = overrides;
  if (only !== undefined && overrides.length === 1)
    draft.title = `End the override of the ${overrideName(only)} of ${named(before.tenant.name)}`;
  const known = new Set((before.tenant.overrides ?? []).map(overrideKey));
  const missing = overrides.filter((one) => !known.has(overrideKey(one)));
  if (missing.length > 0) {
    const reason = `${before.tenant.name} has no override of ${listed(missing.map(overrideName))}.`;
    const link = { label: before.tenant.name, href: paths.tenant(tenantId) };
    draft.refusals.push({ field: "overrides", reason, wayOut: "It may have ended meanwhile.", link });
    return draft;
  }
  const after = { ...before, tenant: withOverrides(before.tenant, new Map(overrides.map((one) => [overrideKey(one), null]))) };
  const endless = { ...before, tenant: withoutEnds(before.tenant, overrides) };
  const followed = followTenant({ state, before: endless, after }, facts, keysOf(overrides));
  const then = declaredAs(facts, [after.tenant]);
  const settings = yield* topicConsequences(followed.topics, facts);
  const ended = overrideOperations(before.tenant, after.tenant);
  draft.operations = [...followed.operations, ...ended];
  draft.leftOut = followed.leftOut;
  draft.refusals.push(...unreadRefusals(state, overrides, facts), ...settings.refusals);
  draft.consequences = [...settings.consequences, ...(yield* quotaConsequences(draft.operations, then))];
  if (followed.operations.length === 0) {
    const sentence = `Nothing that the clusters have changes: ${named(before.tier.name)} and what else is declared say the same, or nothing.`;
    draft.consequences.push(consequence({ class: "fine", sentence, tenantId }));
  }
  draft.picture = yield* quotaScale(draft.operations, then);
  draft.typeName = tenantId;
  draft.asksName = settings.asksName;
  return draft;
}

/** One that is over already is still what topics have: they follow when it is taken away. */
function withoutEnds(tenant: Tenant, ending: RequestOf<"override-end">["overrides"]): Tenant {
  const keys = new Set(ending.map(overrideKey));
  const overrides = (tenant.overrides ?? []).map((one) => {
    if (!keys.has(overrideKey(one))) return one;
    const { until: _, ...endless } = one;
    return endless;
  });
  return { ...tenant, overrides };
}

/** Quota keys that the overrides are about; the others are not looked at. */
function keysOf(overrides: RequestOf<"override-end">["overrides"]): DeclaredQuotaKey[] {
  const settings = new Set<string>(overrides.map(({ setting }) => setting));
  return TENANT_QUOTA_KEYS.filter((key) => Object.values(DECLARED_QUOTA_KEYS[key]).some((setting) => settings.has(setting)));
}
