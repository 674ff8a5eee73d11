import { consequence } from "@/lib/domain/change/draft";
import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import { entityName } from "@/lib/domain/change/operation";
import type { Consequence } from "@/lib/domain/change/plan";
import { joined, listed, NAMED_MAX, named } from "@/lib/domain/change/words";
import type { QuotaEntity } from "@/lib/domain/facts";
import { ownerOfClientId } from "@/lib/domain/owner";
import { paths } from "@/lib/domain/paths";
import { kafkaUserOf } from "@/lib/domain/principal-name";
import type { MatchingQuota, QuotaIndex } from "@/lib/domain/quota/effective";
import { QUOTA_NAMES, quotaWords } from "@/lib/domain/quota/quota-words";
import { fallback, ruleEffect } from "./rule-effect";
import type { QuotaOperation } from "./rule-operation";

/** The rule in force before and after: what a rule wins over, what wins over it, and what counts once it is gone. */
export function effectConsequences(
  operations: readonly QuotaOperation[],
  cluster: ClusterFacts,
  after: QuotaIndex,
  facts: PlanFacts,
): Consequence[] {
  return operations.flatMap((operation) => {
    const sentence = operation.after === null ? removedWords(operation, after) : setWords(operation, after, facts);
    const links = [{ label: cluster.name, href: paths.cluster(cluster.clusterId) }];
    return sentence === null ? [] : [consequence({ class: "note", sentence, clusterId: cluster.clusterId, links })];
  });
}

function removedWords({ target: { key, entity } }: QuotaOperation, after: QuotaIndex): string {
  const who = named(entityName(entity));
  const then = fallback(after, key, entity);
  if (then === null) return `No ${QUOTA_NAMES[key]} is left for ${who}: nothing limits it.`;
  return `For ${who} the rule on ${named(then.entity)} counts then: ${quotaWords(key, then.value)}.`;
}

function setWords({ target: { key, entity, clusterId } }: QuotaOperation, after: QuotaIndex, facts: PlanFacts): string | null {
  const who = named(entityName(entity));
  const { neverBy, losesTo, shadows } = ruleEffect(after, key, entity, usersOf(entity, clusterId, facts));
  if (neverBy !== null) {
    return `The ${QUOTA_NAMES[key]} of ${who} never applies: the rule on ${named(neverBy.entity)} wins, ${quotaWords(key, neverBy.value)}.`;
  }
  const hidden = [...shadows, ...hiddenClientIds(entity, key, after, clusterId, facts)];
  const wins = hidden.length === 0 ? [] : [`wins over ${matchesWords(hidden, key)}`];
  const loses = losesTo.length === 0 ? [] : [`does not count for ${listed(losesTo)}, which have rules of their own`];
  const parts = [...wins, ...loses];
  return parts.length === 0 ? null : `The ${QUOTA_NAMES[key]} of ${who} ${parts.join(", and ")}.`;
}

function matchesWords(matches: readonly MatchingQuota[], key: QuotaOperation["target"]["key"]): string {
  const shown = matches.slice(0, NAMED_MAX).map(({ entity, value }) => `${named(entity)} (${quotaWords(key, value)})`);
  return joined(shown, matches.length - shown.length);
}

/** Users that are known to come with a client-id: those of the tenant that calls it its own. */
function usersOf({ user, clientId }: QuotaEntity, clusterId: string, { owners, tenants }: PlanFacts): string[] {
  if (user !== undefined || typeof clientId !== "string") return [];
  return ownerOfClientId(owners, clusterId, clientId).tenantIds.flatMap((id) =>
    (tenants.get(id)?.tenant.placements ?? [])
      .filter(({ cluster, clientIds }) => cluster === clusterId && clientIds.includes(clientId))
      .flatMap(({ principals }) => principals.map(kafkaUserOf).filter((name) => name !== null)),
  );
}

/** Rules on client-ids over which one on a user wins: of the user's own tenant, and under a default for users all there are. */
function hiddenClientIds(
  { user, clientId }: QuotaEntity,
  key: QuotaOperation["target"]["key"],
  after: QuotaIndex,
  clusterId: string,
  { tenants, owners }: PlanFacts,
): MatchingQuota[] {
  if (user === undefined || clientId !== undefined) return [];
  const rule = (each: string, value: number | undefined) => (value === undefined ? [] : [{ step: 7, entity: `client-id ${each}`, value }]);
  if (user === null) return [...after.clients].flatMap(([each, values]) => rule(each, values[key]));
  const ids = owners.clusters.get(clusterId)?.principals.get(user)?.tenantIds ?? [];
  const clientIds = ids.flatMap((id) =>
    (tenants.get(id)?.tenant.placements ?? []).filter(({ cluster }) => cluster === clusterId).flatMap((placement) => placement.clientIds),
  );
  return [...new Set(clientIds)].flatMap((each) => rule(each, after.clients.get(each)?.[key]));
}
