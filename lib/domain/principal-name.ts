import type { Principal } from "./principal";

/** An IAM role's session as Kafka names it: `arn:aws:sts::123456789012:assumed-role/orders/i-0abc`. */
const SESSION = /^arn:[^:]+:sts::(\d+):assumed-role\/([^/]+)(?:\/(.*))?$/;
/** A role as IAM names it; its path is not part of what sessions carry. */
const ROLE = /^arn:[^:]+:iam::(\d+):role\/(?:.*\/)?([^/]+)$/;

/** The one name of a principal under which quotas, ACLs and meters know it; null where it has many (an IAM role's sessions). */
export function kafkaUserOf(principal: Principal): string | null {
  return principal.kind === "iam-role" ? null : principal.name;
}

/** Role and session of a Kafka user that is a session of an IAM role; null: it is no session. */
export function sessionOf(kafkaUser: string): { roleKey: string; role: string; session: string } | null {
  const match = SESSION.exec(kafkaUser);
  const [, account, role, session] = match ?? [];
  if (account === undefined || role === undefined) return null;
  return { roleKey: roleKey(account, role), role, session: session ?? "" };
}

/** What identifies a principal inside a cluster: two ways to write one IAM role give the same key. */
export function principalKey(principal: Principal): string {
  if (principal.kind !== "iam-role") return principal.name;
  const [, account, role] = ROLE.exec(principal.name) ?? SESSION.exec(principal.name) ?? [];
  return account === undefined || role === undefined ? principal.name : roleKey(account, role);
}

/** The key of the principal that a Kafka user is, or is a session of. */
export function principalKeyOfUser(kafkaUser: string): string {
  return sessionOf(kafkaUser)?.roleKey ?? kafkaUser;
}

/** A principal's short name for a sentence: the role's own name instead of its ARN. */
export function shortPrincipalName(principal: Principal): string {
  if (principal.kind !== "iam-role") return principal.name;
  const [, , role] = ROLE.exec(principal.name) ?? SESSION.exec(principal.name) ?? [];
  return role ?? principal.name;
}

function roleKey(account: string, role: string): string {
  return `role ${account}/${role}`;
}
