import { DECLARED_TOPIC_KEYS, type DeclaredTopicKey } from "@/lib/domain/change/declared-topic";
import { consequence } from "@/lib/domain/change/draft";
import type { Ending } from "@/lib/domain/change/ending";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import { OVERRIDES_MAX, type OverridePlan, overrideOperations, type PlacedValue } from "@/lib/domain/change/override-operations";
import type { Consequence, Refusal } from "@/lib/domain/change/plan";
import { dayOf, minuteOf, named } from "@/lib/domain/change/words";
import type { TenantState } from "@/lib/domain/fleet";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { eachInSlices, type Steps } from "@/lib/domain/steps";
import type { Tier } from "@/lib/domain/tier";
import type { WantedKeys } from "./plan-topic-keys";
import { onlyTenant } from "./resolve-value";
import { inWords, TOPIC_SETTINGS } from "./settings";
import type { ChangedTopic, TopicKeyChange } from "./topic-key-change";

export interface Declarations {
  operations: PlannedOperation[];
  consequences: Consequence[];
  refusals: Refusal[];
}

const SLICE = 50;

interface Input {
  wanted: WantedKeys;
  ending: Ending;
  wholeTenants: boolean;
}

/** What has to be declared with new values, so that they are no drift. What tier and overrides declare already needs nothing. */
export function* declarations(topics: readonly ChangedTopic[], input: Input, facts: PlanFacts): Steps<Declarations> {
  const made: Declarations = { operations: [], consequences: [], refusals: [] };
  for (const key of Object.keys(DECLARED_TOPIC_KEYS) as DeclaredTopicKey[]) {
    const wanted = input.wanted[key];
    if (wanted === undefined || wanted === "tier") continue;
    const plans: { state: TenantState; plan: OverridePlan }[] = [];
    yield* eachInSlices(valuesByTenant(topics, key), SLICE, ([state, values]) => {
      const plan = overrideOperations({ state, key, values, wholeTenant: input.wholeTenants, ending: input.ending, facts });
      made.operations.push(...plan.operations);
      if (plan.count > OVERRIDES_MAX) made.refusals.push(tooMany(state, plan.count));
      plans.push({ state, plan });
    });
    made.consequences.push(...writtenNotes(plans, key), ...endedNotes(plans, key));
    const unended = endlessOf(plans, topics, key, input.ending);
    if (unended !== null) made.refusals.push(unended);
  }
  return made;
}

function valuesByTenant(topics: readonly ChangedTopic[], key: DeclaredTopicKey): Map<TenantState, PlacedValue[]> {
  const byTenant = new Map<TenantState, PlacedValue[]>();
  for (const { scoped, keys } of topics) {
    const state = onlyTenant(scoped);
    const change = keys.get(key);
    if (state === null || change === undefined) continue;
    const value = { cluster: scoped.cluster.clusterId, topic: scoped.topic, value: change.after, fitsTier: fitsTier(change, state.tier) };
    const known = byTenant.get(state);
    if (known === undefined) byTenant.set(state, [value]);
    else known.push(value);
  }
  return byTenant;
}

/** Where a tier declares nothing, no value of its own is what fits it. */
function fitsTier({ key, after, effectiveAfter }: TopicKeyChange, tier: Tier): boolean {
  const declared = TOPIC_SETTINGS[key].declaredBy(tier);
  if (after === null) return declared === undefined || effectiveAfter === String(declared);
  return declared !== undefined && after === String(declared);
}

function tooMany({ tenant }: TenantState, count: number): Refusal {
  return {
    field: "scope",
    reason: `${named(tenant.name)} would have ${formatCount(count)} overrides; ${OVERRIDES_MAX} are the most.`,
    wayOut: "Set the value for the tenant as a whole, or for fewer topics.",
    link: { label: tenant.name, href: paths.tenant(tenant.id, "topics") },
  };
}

type Planned = readonly { state: TenantState; plan: OverridePlan }[];

function writtenNotes(plans: Planned, key: DeclaredTopicKey): Consequence[] {
  const some = plans.filter(({ plan }) => plan.written.length > 0);
  const [first] = some;
  const override = first?.plan.written[0];
  if (first === undefined || override === undefined) return [];
  const { tenant, tier } = first.state;
  const isOne = some.length === 1;
  const value =
    override.value === null ? "whatever the cluster has" : inWords(key, String(override.value === "unlimited" ? -1 : override.value));
  const declared = TOPIC_SETTINGS[key].declaredBy(tier);
  const tiers =
    declared === undefined
      ? `${tier.name} declares no ${TOPIC_SETTINGS[key].noun}`
      : `${tier.name} declares ${TOPIC_SETTINGS[key].format(declared)}`;
  const sentence = isOne
    ? `${tiers}; ${value} is declared for ${named(tenant.name)} as an override.`
    : `${value} is declared as an override for ${formatCountOf(some.length, "tenant")}, whose tiers declare otherwise.`;
  const about = isOne ? { tenantId: tenant.id } : {};
  return [consequence({ class: "note", sentence: capital(sentence), detail: endOf(override), ...about })];
}

function endOf({ until, atEnd }: OverridePlan["written"][number]): string | null {
  if (until === undefined) return null;
  const then = atEnd === "take-back" ? "a change then takes it back" : "it is then reported, and the value stays until somebody changes it";
  return `It ends on ${minuteOf(until)}: ${then}.`;
}

function endedNotes(plans: Planned, key: DeclaredTopicKey): Consequence[] {
  const some = plans.filter(({ plan }) => plan.ended.length > 0 && plan.written.length === 0);
  const [first] = some;
  const override = first?.plan.ended[0];
  if (first === undefined || override === undefined) return [];
  const { tenant, tier } = first.state;
  const count = some.reduce((sum, { plan }) => sum + plan.ended.length, 0);
  const default_ =
    TOPIC_SETTINGS[key].declaredBy(tier) === undefined ? `what ${tier.name} says, which is nothing` : `the ${tier.name} default`;
  const back = some.every(({ state }) => state.tier.id === tier.id) ? `Back to ${default_}` : "Back to what the tiers declare";
  const what =
    count === 1 ? `the override of ${dayOf(override.at)} (“${named(override.reason)}”) ends` : `${formatCountOf(count, "override")} end`;
  const about = some.length === 1 ? { tenantId: tenant.id } : {};
  return [consequence({ class: "fine", sentence: `${back}: ${what}.`, ...about })];
}

/** An end was asked for, and nothing is declared that could end. */
function endlessOf(plans: Planned, topics: readonly ChangedTopic[], key: DeclaredTopicKey, { until }: Ending): Refusal | null {
  if (until === undefined || topics.length === 0) return null;
  if (plans.length === 0) {
    const reason = "Topics that no tenant or several tenants use have no override, so there is nothing that could end.";
    return { field: "until", reason, wayOut: "Leave the end out, and change it back by hand.", link: null };
  }
  const declares = plans.some(
    ({ state, plan }) => plan.written.length > 0 || (state.tenant.overrides ?? []).some((one) => one.until === until),
  );
  if (declares) return null;
  const reason = `The tier declares this ${TOPIC_SETTINGS[key].noun} itself, so nothing is declared that could end.`;
  return { field: "until", reason, wayOut: "Leave the end out.", link: null };
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
