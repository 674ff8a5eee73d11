import { type AclFact, QUOTA_KEYS } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { Placement } from "@/lib/domain/placement";
import type { PlacedPrincipal } from "@/lib/domain/principal";
import { kafkaUserOf, principalKey, principalKeyOfUser } from "@/lib/domain/principal-name";
import { effectiveQuota, quotaIndexOf } from "@/lib/domain/quota/effective";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { PrincipalAccess } from "@/lib/domain/views/tenants";
import type { EffectiveQuota } from "@/lib/domain/views/use";

/** One principal of a tenant on one cluster: whether it exists, the quotas in force for it, and what ACLs let it do. */
export function principalAccess(fleet: FleetSnapshot, tenantId: string, placement: Placement, principal: PlacedPrincipal): PrincipalAccess {
  const snapshot = fleet.clusters.get(placement.cluster);
  const kafkaUser = kafkaUserOf(principal);
  const users = kafkaUser === null ? sessionsSeen(snapshot, principal) : [kafkaUser];
  const clientIds = clientIdsOf(snapshot, users, placement);
  return {
    clusterId: placement.cluster,
    kind: principal.kind,
    name: principal.name,
    kafkaUser,
    share: principal.share ?? null,
    // An import refuses a principal of two tenants, and one that is a service.
    owner: { kind: "tenant", tenantId, by: "principal" },
    exists: existsOn(snapshot, principal),
    quotas: quotasOf(snapshot, users, clientIds),
    clientIds,
    acls: kafkaUser === null ? null : aclsOf(snapshot, kafkaUser),
    note: noteOf(snapshot, principal, users),
  };
}

/** Users the exporters saw lately that are sessions of this role. */
function sessionsSeen(snapshot: ClusterSnapshot | undefined, principal: PlacedPrincipal): string[] {
  const key = principalKey(principal);
  const users = new Set<string>();
  for (const { clients } of snapshot?.meters.values() ?? []) {
    for (const { user } of clients) if (user !== undefined && principalKeyOfUser(user) === key) users.add(user);
  }
  return [...users].toSorted();
}

function clientIdsOf(snapshot: ClusterSnapshot | undefined, users: readonly string[], placement: Placement): string[] {
  const ids = new Set(placement.clientIds);
  for (const { clients } of snapshot?.meters.values() ?? []) {
    for (const { user, clientId } of clients) if (user !== undefined && clientId !== undefined && users.includes(user)) ids.add(clientId);
  }
  return [...ids].toSorted();
}

/** Only SCRAM credentials can be seen from outside; null: cannot be said. */
function existsOn(snapshot: ClusterSnapshot | undefined, principal: PlacedPrincipal): boolean | null {
  if (principal.kind !== "scram" || !snapshot?.scramUsers) return null;
  return snapshot.scramUsers.some(({ name }) => name === principal.name);
}

function quotasOf(snapshot: ClusterSnapshot | undefined, users: readonly string[], clientIds: readonly string[]): EffectiveQuota[] | null {
  if (!snapshot?.quotas || users.length === 0) return null;
  const index = quotaIndexOf(snapshot.quotas);
  const found = new Map<string, EffectiveQuota>();
  for (const user of users) {
    for (const clientId of clientIds.length === 0 ? [null] : clientIds) {
      for (const key of QUOTA_KEYS) {
        const quota = effectiveQuota(index, key, { user, clientId });
        if (quota !== null) found.set(`${key}\n${quota.entity}`, quota);
      }
    }
  }
  return [...found.values()];
}

function aclsOf(snapshot: ClusterSnapshot | undefined, kafkaUser: string): PrincipalAccess["acls"] {
  if (!snapshot?.acls) return null;
  return snapshot.acls.filter(({ principal }) => principal === `User:${kafkaUser}`).map(viewOf);
}

function viewOf({ resourceType, resourceName, patternType, host, operation, permission }: AclFact) {
  return { resourceType, resourceName, patternType, host, operation, permission };
}

function noteOf(snapshot: ClusterSnapshot | undefined, principal: PlacedPrincipal, users: readonly string[]): string | null {
  if (snapshot === undefined) return "The console has no connection to this cluster.";
  if (principal.kind === "iam-role" && users.length === 0) {
    return "Kafka knows an IAM role by its sessions; none of them has been seen lately, so no quota can be named. Its permissions are IAM policies.";
  }
  if (principal.kind === "iam-role")
    return `Kafka knows an IAM role by its sessions: ${users.join(", ")}. Its permissions are IAM policies.`;
  if (principal.kind === "iam-user") return "Its permissions are IAM policies, which Kafka does not show.";
  const everybody = snapshot.acls?.filter((acl) => acl.principal === "User:*").length ?? 0;
  if (everybody === 0) return null;
  return `${everybody} more ${everybody === 1 ? "ACL applies" : "ACLs apply"} to every user.`;
}
