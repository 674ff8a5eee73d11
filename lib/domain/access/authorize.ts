import type { AclFact, AclResourceType } from "@/lib/domain/facts";
import { type AclIndex, rulesFor } from "./acl-index";

/** What the brokers' own configuration adds to the ACLs. */
export interface AuthorizerSettings {
  /** As Kafka writes them: "User:admin". They may do everything, whatever a rule says. */
  superUsers: ReadonlySet<string>;
  /** `allow.everyone.if.no.acl.found`: a resource that no rule is for is open to everybody. */
  allowEveryone: boolean;
}

export interface AccessQuestion {
  /** "User:acme". */
  principal: string;
  host: string;
  /** Kafka's own word in lower case with dashes. */
  operation: string;
  resourceType: AclResourceType;
  resourceName: string;
}

export interface AccessAnswer {
  allowed: boolean;
  /** The rule that decided; or why none had to: the principal is a super user, no rule is for the resource, or none of them fits. */
  by: AclFact | "super-user" | "no-rule-for-resource" | "no-rule-fits";
}

/** Rules that allow these also allow to look (KIP-11); a rule that denies them denies nothing else. */
const IMPLY: Record<string, readonly string[]> = {
  describe: ["describe", "read", "write", "delete", "alter"],
  "describe-configs": ["describe-configs", "alter-configs"],
};

/** A rule for this principal is for everybody. */
export const EVERYBODY = "User:*";
const EVERY_HOST = "*";

/**
 * What Kafka's StandardAuthorizer answers (KRaft, 3.x and 4.x): a super user may; else one rule that denies is enough, whatever allows;
 * else one that allows; a resource that has rules but none for the asker is closed, one without any rule is as the cluster says.
 */
export function authorize(index: AclIndex, question: AccessQuestion, { superUsers, allowEveryone }: AuthorizerSettings): AccessAnswer {
  if (superUsers.has(question.principal)) return { allowed: true, by: "super-user" };
  let allows: AclFact | null = null;
  let isRuled = false;
  for (const acl of rulesFor(index, question.resourceType, question.resourceName)) {
    isRuled = true;
    if (!isFor(acl, question) || !covers(acl, question.operation)) continue;
    if (acl.permission === "deny") return { allowed: false, by: acl };
    allows ??= acl;
  }
  if (allows !== null) return { allowed: true, by: allows };
  return isRuled ? { allowed: false, by: "no-rule-fits" } : { allowed: allowEveryone, by: "no-rule-for-resource" };
}

function isFor({ principal, host }: AclFact, question: AccessQuestion): boolean {
  return (principal === question.principal || principal === EVERYBODY) && (host === EVERY_HOST || host === question.host);
}

function covers({ operation, permission }: AclFact, asked: string): boolean {
  if (operation === "all" || operation === asked) return true;
  return permission === "allow" && (IMPLY[asked]?.includes(operation) ?? false);
}
