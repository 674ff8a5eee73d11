import { QUOTA_KEYS, type QuotaRuleFact } from "@/lib/domain/facts";
import { type OwnerIndex, type Ownership, ownerOfClientId, ownerOfPrincipal } from "@/lib/domain/owner";
import type { Placement } from "@/lib/domain/placement";
import { kafkaUserOf } from "@/lib/domain/principal-name";
import type { Tenant } from "@/lib/domain/tenant";
import { matchingQuotas, type QuotaIndex } from "./effective";

/** The tenants a rule falls on: those it binds, and those it would bind if a more specific rule did not. */
export interface RuleReach {
  inForce: string[];
  shadowed: string[];
  /** A rule on everybody (a default entity) also falls on principals no tenant declares. */
  everybody: boolean;
  /** The declared owner of the named user or client-id; null for a rule on everybody. */
  named: Ownership | null;
}

/** Asks for each identity that tenants declare on the cluster whether the rule wins there, for any of the keys it sets. */
export function tenantsOfRule(
  rule: QuotaRuleFact,
  index: QuotaIndex,
  clusterId: string,
  tenants: Iterable<Tenant>,
  owners: OwnerIndex,
): RuleReach {
  const inForce = new Set<string>();
  const shadowed = new Set<string>();
  for (const { id, placements } of tenants) {
    for (const placement of placements) {
      if (placement.cluster !== clusterId) continue;
      for (const outcome of outcomes(rule, index, placement)) (outcome === "in-force" ? inForce : shadowed).add(id);
    }
  }
  const { user, clientId } = rule.entity;
  const name = user ?? clientId ?? null;
  return {
    inForce: [...inForce],
    shadowed: [...shadowed].filter((id) => !inForce.has(id)),
    everybody: name === null,
    named:
      typeof user === "string"
        ? ownerOfPrincipal(owners, clusterId, user)
        : name === null
          ? null
          : ownerOfClientId(owners, clusterId, name),
  };
}

function* outcomes(rule: QuotaRuleFact, index: QuotaIndex, placement: Placement): Generator<"in-force" | "shadowed"> {
  const users = placement.principals.map(kafkaUserOf).filter((user) => user !== null);
  const clientIds: (string | null)[] = placement.clientIds.length === 0 ? [null] : placement.clientIds;
  const entity = entityWords(rule);
  for (const user of users.length === 0 ? [null] : users) {
    for (const clientId of clientIds) {
      if (user === null && clientId === null) continue;
      for (const key of QUOTA_KEYS) {
        if (rule.values[key] === undefined) continue;
        const at = matchingQuotas(index, key, { user, clientId }).findIndex((match) => match.entity === entity);
        if (at !== -1) yield at === 0 ? "in-force" : "shadowed";
      }
    }
  }
}

/** The entity in the words of `matchingQuotas`. */
export function entityWords({ entity: { user, clientId, ip } }: Pick<QuotaRuleFact, "entity">): string {
  const words: string[] = [];
  if (user !== undefined) words.push(user === null ? "default user" : `user ${user}`);
  if (clientId !== undefined) words.push(clientId === null ? "default client-id" : `client-id ${clientId}`);
  if (ip !== undefined) words.push(ip === null ? "default address" : `address ${ip}`);
  return words.join(", ");
}
