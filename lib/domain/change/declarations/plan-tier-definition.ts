import { basisOf, declarationsOf } from "@/lib/domain/change/basis";
import { canonicalJson } from "@/lib/domain/change/canonical-json";
import { consequence, type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { Consequence, Refusal } from "@/lib/domain/change/plan";
import { quotaConsequences } from "@/lib/domain/change/quotas/quota-consequences";
import type { RequestOf } from "@/lib/domain/change/request";
import { TOPIC_SETTINGS } from "@/lib/domain/change/topic-keys/settings";
import type { ChangedTopic } from "@/lib/domain/change/topic-keys/topic-key-change";
import { listed, named } from "@/lib/domain/change/words";
import type { TenantState } from "@/lib/domain/fleet";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { reservedId } from "@/lib/domain/reserved-ids";
import type { Steps } from "@/lib/domain/steps";
import type { Tier } from "@/lib/domain/tier";
import { fitConsequences } from "./fit-consequences";
import { declaredAs, followTenant, type Redeclared } from "./follow-tenant";
import { topicConsequences } from "./topic-consequences";

type DefinitionRequest = RequestOf<"tier-definition">;

const SLICE = 25;

/**
 * Writes a tier, a new one or another promise. Rolled out, the rules and topics of all its tenants follow, one tenant after the other;
 * else they differ from what is declared from then on, and show as drift.
 */
export function* planTierDefinition(request: DefinitionRequest, facts: PlanFacts): Steps<Draft> {
  const draft = emptyDraft();
  const { tier, rollOut } = request;
  const before = declarationsOf(facts).tiers.get(tier.id);
  draft.title = titleOf(request, before);
  draft.refusals.push(...idRefusals(tier), ...boundRefusals(tier));
  draft.operations.push(...tierOperation(before, tier));
  const redeclared: Redeclared[] = [];
  const topics: ChangedTopic[] = [];
  const changing: TenantState[] = [];
  for (const [position, state] of statesOf(tier.id, facts).entries()) {
    const basis = basisOf(state, facts);
    if (basis !== null) {
      const one = { state, before: basis, after: { ...basis, tier } };
      const followed = followTenant(one, facts);
      redeclared.push(one);
      const isSpared = facts.spared?.has(`tenant:${state.tenant.id}`) === true;
      if (followed.operations.length > 0 && !isSpared) changing.push(state);
      if (rollOut && !isSpared) {
        draft.operations.push(...followed.operations);
        draft.leftOut.push(...followed.leftOut);
        topics.push(...followed.topics);
      }
    }
    if (position % SLICE === SLICE - 1) yield;
  }
  const then = declaredAs(facts, [], [tier]);
  const settings = yield* topicConsequences(topics, facts);
  yield;
  draft.consequences.push(...settings.consequences, ...(yield* quotaConsequences(draft.operations, then)));
  yield;
  draft.consequences.push(
    ...changingNotes(request, changing, redeclared),
    ...(yield* fitConsequences(redeclared, topics, facts)),
    ...skewNotes(tier),
  );
  draft.refusals.push(...settings.refusals);
  draft.asksName = settings.asksName;
  draft.typeName = tier.id;
  return draft;
}

function titleOf({ tier, rollOut }: DefinitionRequest, before: Tier | undefined): string {
  const what = before === undefined ? `Make the tier ${named(tier.name)}` : `Change what ${named(tier.name)} declares`;
  return rollOut && before !== undefined ? `${what}, and roll it out` : what;
}

/** The tenants of a tier as the store has them now, in the order of their ids. */
function statesOf(tierId: string, facts: PlanFacts): TenantState[] {
  const { tenants } = declarationsOf(facts);
  const states = [...facts.tenants.values()].filter(({ tenant }) => tenants.get(tenant.id)?.tier === tierId);
  return states.toSorted((a, b) => (a.tenant.id < b.tenant.id ? -1 : 1));
}

function tierOperation(before: Tier | undefined, tier: Tier): PlannedOperation[] {
  const values = { before: before === undefined ? null : canonicalJson(before), after: canonicalJson(tier) };
  if (values.before === values.after) return [];
  return [{ target: { kind: "tier", tierId: tier.id }, ...values, phase: "declare", unit: `tier:${tier.id}`, note: null }];
}

function idRefusals({ id }: Tier): Refusal[] {
  const reserved = reservedId("tier", id);
  if (reserved === null) return [];
  return [{ field: "tier.id", reason: `${capital(reserved)}.`, wayOut: "Its name can be any.", link: null }];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function boundRefusals({ retentionMs, maxMessageBytes }: Tier): Refusal[] {
  const above = (field: "retentionMs" | "maxMessageBytes", given: { default?: number; max?: number } | undefined): Refusal[] => {
    if (given?.default === undefined || given.max === undefined || given.default <= given.max) return [];
    const { format, noun } = TOPIC_SETTINGS[field === "retentionMs" ? "retention.ms" : "max.message.bytes"];
    const reason = `The default ${noun}, ${format(given.default)}, is above the bound, ${format(given.max)}.`;
    return [{ field: `tier.${field}.default`, reason, wayOut: "Raise the bound, or lower the default.", link: null }];
  };
  return [...above("retentionMs", retentionMs), ...above("maxMessageBytes", maxMessageBytes)];
}

function changingNotes({ tier, rollOut }: DefinitionRequest, changing: readonly TenantState[], all: readonly Redeclared[]): Consequence[] {
  if (all.length === 0) return [consequence({ class: "fine", sentence: `No tenant is on ${named(tier.name)} yet.` })];
  const links = [{ label: `Tenants of ${tier.name}`, href: paths.tenants({ q: `tier:${tier.id}` }) }];
  const of = `of ${formatCountOf(all.length, "tenant")} on ${named(tier.name)}`;
  if (changing.length === 0) {
    return [consequence({ class: "fine", sentence: `Nothing that the clusters have changes for any ${of}.`, links })];
  }
  const names = listed(changing.map(({ tenant }) => tenant.name));
  if (rollOut) {
    return [
      consequence({
        class: "note",
        sentence: `${changing.length} ${of} ${changing.length === 1 ? "changes" : "change"}: ${names}.`,
        links,
      }),
    ];
  }
  const sentence = `${changing.length} ${of} then ${changing.length === 1 ? "differs" : "differ"} from what is declared, and ${changing.length === 1 ? "shows" : "show"} as drift until it is brought back or adopted: ${names}.`;
  return [consequence({ class: "note", sentence, links })];
}

function skewNotes({ name, skewAllowance }: Tier): Consequence[] {
  if (skewAllowance > 1) return [];
  const sentence = `${named(name)} leaves no room for an uneven spread: whoever sends more through one broker than through others is throttled below the promise.`;
  return [consequence({ class: "note", sentence })];
}
