import { ROLES, type Role } from "@/lib/domain/people/roles";

/** Which group of the identity provider is which role; null: whoever is in none of them may not enter. */
export type GroupRoles = ReadonlyMap<string, Role>;

/** The highest role that one of the groups gives. A claim is a list, or one text. */
export function roleOfGroups(claim: unknown, mapping: GroupRoles): Role | null {
  const groups = Array.isArray(claim) ? claim : typeof claim === "string" ? [claim] : [];
  const given = new Set(groups.map((group) => mapping.get(String(group))));
  return ROLES.findLast((role) => given.has(role)) ?? null;
}
