import { basisOf } from "@/lib/domain/change/basis";
import { madeOverride, type OverrideChanges, overrideOperations, withOverrides } from "@/lib/domain/change/declarations/override-change";
import { consequence, type Draft, emptyDraft } from "@/lib/domain/change/draft";
import { endingRefusals } from "@/lib/domain/change/ending";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { Consequence, LeftOut } from "@/lib/domain/change/plan";
import type { RequestOf } from "@/lib/domain/change/request";
import { noTenant, tenantsOf } from "@/lib/domain/change/resolve-scope";
import { named, nameOrCount } from "@/lib/domain/change/words";
import { DECLARED_QUOTA_KEYS, type DeclaredQuotaKey, type QuotaBasis, TENANT_QUOTA_KEYS } from "@/lib/domain/declared/declared-quotas";
import { quotaHolders } from "@/lib/domain/declared/quota-holders";
import type { TenantState } from "@/lib/domain/fleet";
import { isInForce, type Override, overrideKey } from "@/lib/domain/override";
import { overrideName } from "@/lib/domain/override-words";
import { paths } from "@/lib/domain/paths";
import { quotaAmount } from "@/lib/domain/quota/quota-words";
import type { Steps } from "@/lib/domain/steps";
import { followQuotas } from "./follow-quotas";
import { quotaConsequences } from "./quota-consequences";
import { quotaScale } from "./quota-scale";

type QuotaRequest = RequestOf<"quota">;
/** What is asked for each key: as the tier declares, none, or so much for the tenant as a whole. */
type Wanted = Map<DeclaredQuotaKey, "tier" | number | null>;

const SLICE = 50;

/**
 * Quotas of tenants as wholes. What is asked for is declared as an override, unless it is what the tier declares; every rule of the
 * tenant, on each cluster and for each user, follows from it.
 */
export function* planQuota(request: QuotaRequest, facts: PlanFacts): Steps<Draft> {
  const draft = emptyDraft();
  const wanted = wantedOf(request);
  const { items, leftOut, refusals } = tenantsOf(request.scope, facts);
  draft.leftOut.push(...leftOut);
  draft.refusals.push(...refusals, ...endingRefusals(request, facts));
  draft.title = titleOf(items, wanted);
  const blocked: LeftOut[] = [];
  for (const [position, state] of items.entries()) {
    const basis = basisOf(state, facts);
    if (basis === null) draft.refusals.push(noTenant(state.tenant.id));
    else planTenant(basis, request, wanted, { draft, blocked, facts });
    if (position % SLICE === SLICE - 1) yield;
  }
  if (blocked.length > 0 && blocked.length === items.length) draft.refusals.push(allBlocked(blocked));
  else draft.leftOut.push(...blocked);
  draft.consequences.push(...insteadOfBreach(yield* quotaConsequences(draft.operations, facts), request, wanted));
  yield;
  draft.picture = yield* quotaScale(draft.operations, facts);
  return draft;
}

function wantedOf(request: QuotaRequest): Wanted {
  const wanted: Wanted = new Map();
  for (const key of TENANT_QUOTA_KEYS) {
    const value = request[DECLARED_QUOTA_KEYS[key].promise];
    if (value !== undefined) wanted.set(key, value);
  }
  return wanted;
}

const DIRECTION_WORDS: Record<DeclaredQuotaKey, string> = {
  producer_byte_rate: "produce",
  consumer_byte_rate: "consume",
  request_percentage: "request time",
};

/** "Set quotas of Kestrel: produce 60 kB/s in total, consume as the tier declares". */
function titleOf(states: readonly TenantState[], wanted: Wanted): string {
  const names = states.map(({ tenant }) => tenant.name);
  const parts = [...wanted].map(([key, value]) => `${DIRECTION_WORDS[key]} ${wantedWords(key, value)}`);
  return `Set quotas of ${nameOrCount(names, "tenant")}: ${parts.join(", ")}`;
}

function wantedWords(key: DeclaredQuotaKey, value: "tier" | number | null): string {
  if (value === "tier") return "as the tier declares";
  if (value === null) return "without limit";
  return `${quotaAmount(key, value)} ${key === "request_percentage" ? "of a thread" : "in total"}`;
}

interface Gathering {
  draft: Draft;
  /** Tenants of whom nothing at all can be set. */
  blocked: LeftOut[];
  facts: PlanFacts;
}

function planTenant(basis: QuotaBasis, request: QuotaRequest, wanted: Wanted, { draft, blocked, facts }: Gathering): void {
  const { tenant } = basis;
  const { holders, unruled } = quotaHolders(tenant);
  const leftOut = unruled.map(({ reason, wayOut, clusterId }): LeftOut => {
    const link = { label: "Its placements", href: paths.tenant(tenant.id, "access") };
    return { subject: `${tenant.name} on ${clusterId}`, tenantId: tenant.id, reason: `${reason} ${wayOut}`, link };
  });
  if (holders.length === 0) {
    blocked.push(leftOut[0] ?? nowhere(basis));
    return;
  }
  draft.leftOut.push(...leftOut);
  const after = { ...basis, tenant: withOverrides(tenant, overridesFor(basis, request, wanted, facts)) };
  const removed = new Set([...wanted].flatMap(([key, value]) => (value === null ? [key] : [])));
  const followed = followQuotas(after, { keys: [...wanted.keys()], before: null, removed }, facts);
  draft.leftOut.push(...followed.leftOut);
  const declared: PlannedOperation[] = overrideOperations(tenant, after.tenant);
  draft.operations.push(...followed.operations, ...declared);
  draft.consequences.push(...narrowerNotes(after, wanted, facts));
}

function nowhere({ tenant }: QuotaBasis): LeftOut {
  const reason = "It is placed on no cluster, so there is nothing to set a quota on. Add a placement to it.";
  return { subject: tenant.name, tenantId: tenant.id, reason, link: null };
}

/** What the whole tenant's overrides become. Those for a cluster or a user alone stay: they are narrower. */
function overridesFor({ tenant, tier }: QuotaBasis, request: QuotaRequest, wanted: Wanted, facts: PlanFacts): OverrideChanges {
  const changes = new Map<string, Override | null>();
  const { until, atEnd } = request;
  const hasSilo = quotaHolders(tenant).holders.some(({ silo }) => silo);
  for (const [key, value] of wanted) {
    const { promise, exact } = DECLARED_QUOTA_KEYS[key];
    changes.set(overrideKey({ setting: exact }), null);
    const isTiers = value === "tier" || (value === tier[promise] && until === undefined && !hasSilo);
    changes.set(overrideKey({ setting: promise }), isTiers ? null : madeOverride({ setting: promise, value, until, atEnd }, facts));
  }
  return changes;
}

function narrowerNotes({ tenant }: QuotaBasis, wanted: Wanted, { at }: PlanFacts): Consequence[] {
  const settings = new Set<string>([...wanted.keys()].flatMap((key) => Object.values(DECLARED_QUOTA_KEYS[key])));
  const narrower = (tenant.overrides ?? []).filter((one) => one.on !== undefined && settings.has(one.setting) && isInForce(one, at));
  return narrower.map((one) => {
    const sentence = `The override of the ${named(overrideName(one))} of ${named(tenant.name)} is narrower and stays in force.`;
    return consequence({ class: "note", sentence, tenantId: tenant.id });
  });
}

function allBlocked(blocked: readonly LeftOut[]): Draft["refusals"][number] {
  const [first] = blocked;
  const reason =
    blocked.length === 1 ? (first?.reason ?? "") : `None of these ${blocked.length} tenants has anything that a rule can be set on.`;
  return { field: "scope", reason, wayOut: "Quotas are set on principals and client-ids.", link: first?.link ?? null };
}

/** Below the promise the way out is the promise. */
function insteadOfBreach(consequences: readonly Consequence[], request: QuotaRequest, wanted: Wanted): Consequence[] {
  const tiers = { ...request };
  for (const [key, value] of wanted) if (value !== null) tiers[DECLARED_QUOTA_KEYS[key].promise] = "tier";
  const instead = { label: "Give what the tier promises", request: tiers };
  return consequences.map((one) => (one.class === "breach" ? { ...one, instead } : one));
}
