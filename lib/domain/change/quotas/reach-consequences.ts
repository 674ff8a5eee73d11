import { consequence } from "@/lib/domain/change/draft";
import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import { entityName } from "@/lib/domain/change/operation";
import type { Consequence } from "@/lib/domain/change/plan";
import { listed, named } from "@/lib/domain/change/words";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import { formatCountOf } from "@/lib/domain/format";
import { ownerOfPrincipal } from "@/lib/domain/owner";
import { paths } from "@/lib/domain/paths";
import type { QuotaIndex } from "@/lib/domain/quota/effective";
import { MEASURE_USER } from "@/lib/domain/quota/measure-everybody";
import { tenantsOfRule } from "@/lib/domain/quota/rule-reach";
import type { Tenant } from "@/lib/domain/tenant";
import type { QuotaOperation } from "./rule-operation";

/**
 * Who else falls under rules that are no single tenant's: everybody under a default, the tenants of a service, or nobody that is known.
 * One for each entity.
 */
export function reachConsequences(
  operations: readonly QuotaOperation[],
  cluster: ClusterFacts,
  after: QuotaIndex,
  facts: PlanFacts,
): Consequence[] {
  const rules = new Map<string, { rule: QuotaRuleFact; tightens: boolean }>();
  for (const { target, after: value, phase } of operations) {
    const name = entityName(target.entity);
    const known = rules.get(name) ?? { rule: { entity: target.entity, values: {} }, tightens: false };
    rules.set(name, known);
    if (value !== null) known.rule.values[target.key] = Number(value);
    known.tightens ||= phase === "tighten";
  }
  return [...rules.values()].flatMap(({ rule, tightens }) => reachOf(rule, tightens, cluster, after, facts));
}

function reachOf(rule: QuotaRuleFact, tightens: boolean, cluster: ClusterFacts, after: QuotaIndex, facts: PlanFacts): Consequence[] {
  const { clusterId } = cluster;
  const who = named(entityName(rule.entity));
  const links = [{ label: cluster.name, href: paths.cluster(clusterId) }];
  const told = (sentence: string, worst: Consequence["class"] = "note") => [consequence({ class: worst, sentence, clusterId, links })];
  if (rule.entity.user === MEASURE_USER) {
    return told(`Nobody signs in as ${who}: the rule makes the brokers of ${named(cluster.name)} count every user, and limits none.`);
  }
  if (Object.keys(rule.values).length === 0) return [];
  const { inForce, shadowed, everybody, named: owner } = tenantsOfRule(rule, after, clusterId, facts.registry.tenants, facts.owners);
  if (everybody) {
    const names = listed(namesOf(inForce, facts));
    const bound = inForce.length === 0 ? "no tenant that is declared here" : `${formatCountOf(inForce.length, "tenant")}, ${names}`;
    const others =
      shadowed.length === 0
        ? ""
        : ` ${formatCountOf(shadowed.length, "tenant")} ${shadowed.length === 1 ? "has a narrower rule" : "have narrower rules"}.`;
    return told(`${capital(who)} falls on everybody without a rule of their own: ${bound}.${others}`, tightens ? "throttles" : "note");
  }
  const name = rule.entity.user ?? rule.entity.clientId ?? "";
  if (owner?.owner.kind === "service") {
    if (owner.owner.role === "ours") return told(`${who} is one of the platform's own: no tenant's records are held back.`);
    const served = facts.registry.tenants.filter((tenant) => isInPool(tenant, clusterId));
    const sentence = `${who} serves many tenants: ${formatCountOf(served.length, "tenant")} in the pools of ${named(cluster.name)} fall under the rule together.`;
    return told(sentence, tightens ? "throttles" : "note");
  }
  const known = owner?.tenantIds ?? [];
  if (known.length > 1) return told(`${formatCountOf(known.length, "tenant")} call ${who} theirs: ${listed(namesOf(known, facts))}.`);
  return known.length === 0 ? told(`No tenant and no service that is declared is ${who}.`) : besidesOwner(name, rule, cluster, facts, told);
}

/** A client-id can be used by anybody, and a pair is a part of a user. */
function besidesOwner(
  name: string,
  { entity }: QuotaRuleFact,
  { clusterId }: ClusterFacts,
  facts: PlanFacts,
  told: (sentence: string) => Consequence[],
): Consequence[] {
  const owner = ownerOfPrincipal(facts.owners, clusterId, name);
  if (entity.user === undefined || owner.tenantIds.length === 0) return [];
  return entity.clientId === undefined ? [] : told(`It is a part of ${named(`user ${name}`)}: its other client-ids keep their rule.`);
}

function isInPool({ placements }: Tenant, clusterId: string): boolean {
  return placements.some(({ cluster, model }) => cluster === clusterId && model === "pool");
}

function namesOf(ids: readonly string[], { tenants }: PlanFacts): string[] {
  return ids.map((id) => tenants.get(id)?.tenant.name ?? id);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
