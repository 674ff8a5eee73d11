import { basisOf, declarationsOf } from "@/lib/domain/change/basis";
import { canonicalJson } from "@/lib/domain/change/canonical-json";
import { consequence, type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { Consequence, Refusal } from "@/lib/domain/change/plan";
import { quotaConsequences } from "@/lib/domain/change/quotas/quota-consequences";
import { quotaScale } from "@/lib/domain/change/quotas/quota-scale";
import type { RequestOf } from "@/lib/domain/change/request";
import { noTenant, tenantsOf } from "@/lib/domain/change/resolve-scope";
import type { ChangedTopic } from "@/lib/domain/change/topic-keys/topic-key-change";
import { listed, named, nameOrCount } from "@/lib/domain/change/words";
import type { TenantState } from "@/lib/domain/fleet";
import { formatCountOf } from "@/lib/domain/format";
import { overrideKey } from "@/lib/domain/override";
import { overrideName, overrideValue } from "@/lib/domain/override-words";
import { paths } from "@/lib/domain/paths";
import type { Steps } from "@/lib/domain/steps";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import { fitConsequences } from "./fit-consequences";
import { declaredAs, followTenant, type Redeclared } from "./follow-tenant";
import { modelNotes } from "./model-notes";
import { type OverrideChanges, overrideOperations, withOverrides } from "./override-change";
import { topicConsequences } from "./topic-consequences";

type TierRequest = RequestOf<"tier">;

const SLICE = 25;
/** Of so many tenants the overrides that stay are told one by one. */
const OVERRIDES_TOLD = 5;

/**
 * Puts tenants on a tier: what it declares for their rules and topics follows in the same change. Overrides stay in force unless they are
 * dropped; where a tenant is placed does not change.
 */
export function* planTier(request: TierRequest, facts: PlanFacts): Steps<Draft> {
  const draft = emptyDraft();
  const tier = declarationsOf(facts).tiers.get(request.tierId);
  const { items, leftOut, refusals } = tenantsOf(request.scope, facts);
  const names = items.map(({ tenant }) => tenant.name);
  draft.title = `Put ${nameOrCount(names, "tenant")} on ${named(tier?.name ?? request.tierId)}`;
  draft.leftOut.push(...leftOut);
  draft.refusals.push(...refusals);
  if (tier === undefined) {
    draft.refusals.push(noTier(request.tierId));
    return draft;
  }
  const redeclared: Redeclared[] = [];
  const topics: ChangedTopic[] = [];
  for (const [position, state] of items.entries()) {
    const one = redeclare(state, tier, request, facts);
    if (one === null) draft.refusals.push(noTenant(state.tenant.id));
    else redeclared.push(one);
    if (one !== null) topics.push(...planOne(one, draft, facts));
    if (position % SLICE === SLICE - 1) yield;
  }
  draft.refusals.push(...refusalsOf(redeclared, tier, request));
  yield* conclude(draft, redeclared, topics, facts);
  return draft;
}

export function noTier(tierId: string): Refusal {
  const link = { label: "Tiers", href: paths.tiers() };
  return { field: "tierId", reason: `There is no tier "${tierId}".`, wayOut: "Choose one of the list, or make it first.", link };
}

function redeclare(state: TenantState, tier: Tier, { dropOverrides }: TierRequest, facts: PlanFacts): Redeclared | null {
  const before = basisOf(state, facts);
  if (before === null) return null;
  const dropped = (before.tenant.overrides ?? []).map(overrideKey).filter((key) => dropOverrides === "all" || dropOverrides.includes(key));
  const changes: OverrideChanges = new Map(dropped.map((key) => [key, null]));
  const tenant: Tenant = { ...withOverrides(before.tenant, changes), tier: tier.id };
  return { state, before, after: { ...before, tenant, tier } };
}

/** The operations of one tenant: its rules and topics, and what is declared. */
function planOne(one: Redeclared, draft: Draft, facts: PlanFacts): ChangedTopic[] {
  const { before, after } = one;
  const followed = followTenant(one, facts);
  draft.leftOut.push(...followed.leftOut);
  draft.operations.push(...followed.operations, ...overrideOperations(before.tenant, after.tenant), ...tierOperation(one));
  return followed.topics;
}

function tierOperation({ before, after }: Redeclared): PlannedOperation[] {
  const { id, tier } = before.tenant;
  if (tier === after.tenant.tier) return [];
  const values = { before: canonicalJson(tier), after: canonicalJson(after.tenant.tier) };
  return [{ target: { kind: "tenant-tier", tenantId: id }, ...values, phase: "declare", unit: `tenant:${id}`, note: null }];
}

function refusalsOf(redeclared: readonly Redeclared[], tier: Tier, { dropOverrides }: TierRequest): Refusal[] {
  const refusals: Refusal[] = [];
  const moving = redeclared.filter(({ before }) => before.tenant.tier !== tier.id);
  if (tier.archived === true && moving.length > 0) {
    const link = { label: tier.name, href: paths.tier(tier.id) };
    refusals.push({
      field: "tierId",
      reason: `${tier.name} is archived: no tenant can be put on it any more.`,
      wayOut: "Choose another, or take it out of the archive.",
      link,
    });
  }
  if (dropOverrides === "all") return refusals;
  const known = new Set(redeclared.flatMap(({ before }) => (before.tenant.overrides ?? []).map(overrideKey)));
  const unknown = dropOverrides.filter((key) => !known.has(key));
  // Once they are dropped they are not there: what is asked for is so already.
  if (unknown.length > 0 && moving.length > 0) {
    const reason = `None of these tenants has the override ${listed(unknown)}.`;
    refusals.push({ field: "dropOverrides", reason, wayOut: "It may have ended meanwhile; plan again.", link: null });
  }
  return refusals;
}

function* conclude(draft: Draft, redeclared: readonly Redeclared[], topics: readonly ChangedTopic[], facts: PlanFacts): Steps<void> {
  const then = declaredAs(
    facts,
    redeclared.map(({ after }) => after.tenant),
  );
  const settings = yield* topicConsequences(topics, facts);
  yield;
  draft.consequences.push(...settings.consequences, ...(yield* quotaConsequences(draft.operations, then)));
  yield;
  draft.consequences.push(...(yield* fitConsequences(redeclared, topics, facts)));
  yield;
  draft.consequences.push(...modelNotes(redeclared), ...keptOverrides(redeclared));
  draft.refusals.push(...settings.refusals);
  draft.asksName = settings.asksName;
  draft.picture = yield* quotaScale(draft.operations, then);
  const [only] = redeclared;
  draft.typeName = only !== undefined && redeclared.length === 1 ? only.before.tenant.id : formatCountOf(redeclared.length, "tenant");
}

/** Overrides go with the tenant from tier to tier, unless they are dropped. */
function keptOverrides(redeclared: readonly Redeclared[]): Consequence[] {
  const keeping = redeclared.filter(({ after }) => (after.tenant.overrides ?? []).length > 0);
  if (keeping.length > OVERRIDES_TOLD) {
    const sentence = `${formatCountOf(keeping.length, "tenant")} keep what is declared for them alone, whatever the tier says.`;
    return [consequence({ class: "note", sentence, detail: listed(keeping.map(({ after }) => after.tenant.name)) })];
  }
  return keeping.map(({ after: { tenant } }) => {
    const overrides = tenant.overrides ?? [];
    const words = overrides.map((one) => `${overrideName(one)}: ${overrideValue(one)}, by ${one.author}`);
    const sentence = `${formatCountOf(overrides.length, "override")} of ${named(tenant.name)} ${overrides.length === 1 ? "stays" : "stay"} in force.`;
    return consequence({ class: "note", sentence, detail: words.map(named).join("; "), tenantId: tenant.id });
  });
}
