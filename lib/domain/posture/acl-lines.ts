import type { ForeignReach } from "@/lib/domain/access/foreign-reach";
import type { AclFact } from "@/lib/domain/facts";
import type { NamePattern, Placement } from "@/lib/domain/placement";
import { kafkaUserOf } from "@/lib/domain/principal-name";
import { aclLine, type TenantAcl } from "@/lib/domain/tool-lines";
import type { PostureInput } from "./posture";

type Where = Pick<PostureInput, "fleet" | "cluster">;

/** Rules and tenants that lines are written for; whoever has more sees by these how it goes. */
const RULES_MAX = 5;
const TENANTS_MAX = 3;

/**
 * The lines of kafka-acls.sh that replace rules which reach too far by rules on what is the tenant's own, the narrow ones first, so that
 * its clients go on meanwhile. A principal of nobody, or everybody, has nothing of its own: its rules are taken away.
 */
export function narrowingLines(reaches: readonly ForeignReach[], where: Where): string {
  const wide = reaches.slice(0, RULES_MAX).flatMap(({ acl, who }) => (isTenants(acl) ? [{ acl, tenantIds: who.tenantIds }] : []));
  const narrow = wide.flatMap(({ acl, tenantIds }) => tenantIds.slice(0, TENANTS_MAX).flatMap((id) => narrowed(acl, id, where)));
  return [...new Set([...narrow.map((acl) => aclLine("add", acl)), ...wide.map(({ acl }) => aclLine("remove", acl))])].join("\n");
}

/** What lets each tenant's own principals read and write its own topics; null: none of them has a principal that a rule can name. */
export function ownRuleLines(tenantIds: readonly string[], where: Where): string | null {
  const lines = tenantIds.slice(0, TENANTS_MAX).flatMap((id) =>
    placementsOf(id, where).flatMap(({ principals, topics }) =>
      principals.flatMap((principal) => {
        const user = kafkaUserOf(principal);
        const names = user === null ? [] : topics.flatMap(named);
        return names.flatMap((name) =>
          ["read", "write"].map((operation) =>
            aclLine("add", { ...name, principal: `User:${user}`, host: "*", operation, permission: "allow", resourceType: "topic" }),
          ),
        );
      }),
    ),
  );
  return lines.length === 0 ? null : lines.join("\n");
}

function isTenants(acl: AclFact): acl is TenantAcl {
  return acl.resourceType === "topic" || acl.resourceType === "group" || acl.resourceType === "transactional-id";
}

/** The same permission on each name of the tenant that the rule covers. */
function narrowed(acl: TenantAcl, tenantId: string, where: Where): TenantAcl[] {
  const own = placementsOf(tenantId, where).flatMap(({ topics, groups }) => (acl.resourceType === "group" ? groups : topics));
  return own
    .flatMap(named)
    .filter(({ resourceName }) => isUnder(resourceName, acl))
    .map((name) => ({ ...acl, ...name }));
}

function isUnder(name: string, { patternType, resourceName }: AclFact): boolean {
  if (patternType === "prefixed") return name.startsWith(resourceName);
  return resourceName === "*" || resourceName === name;
}

/** A glob or an expression cannot be said as a rule. */
function named(pattern: NamePattern): Pick<AclFact, "resourceName" | "patternType">[] {
  if ("name" in pattern) return [{ resourceName: pattern.name, patternType: "literal" }];
  return "prefix" in pattern ? [{ resourceName: pattern.prefix, patternType: "prefixed" }] : [];
}

function placementsOf(tenantId: string, { fleet, cluster }: Where): Placement[] {
  return fleet.tenants.get(tenantId)?.tenant.placements.filter((one) => one.cluster === cluster.clusterId) ?? [];
}
