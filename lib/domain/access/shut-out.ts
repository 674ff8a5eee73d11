import type { AclFact } from "@/lib/domain/facts";
import { EVERYBODY } from "./authorize";

/** How far a denial goes: a whole name, or everything that begins so. */
export type Denied = { isWhole: true } | { isWhole: false; prefix: string };

/** What rules that deny take away from rules that allow, wherever a client may come from. */
export interface ShutOut {
  /** Whether any rule could take something from this one; where none could, nothing has to be looked at name by name. */
  mayApply: (allow: AclFact) => boolean;
  /** Whether an operation is denied on every name under the pattern of the rule. */
  fromAll: (allow: AclFact, operation: string) => boolean;
  /** The denial of an operation on one name that goes furthest; null: it is not denied. */
  at: (allow: AclFact, operation: string, name: string) => Denied | null;
}

const NONE: readonly AclFact[] = [];

export function createShutOut(acls: readonly AclFact[]): ShutOut {
  const byPrincipal = new Map<string, AclFact[]>();
  for (const acl of acls) {
    if (acl.permission !== "deny") continue;
    const known = byPrincipal.get(acl.principal);
    if (known === undefined) byPrincipal.set(acl.principal, [acl]);
    else known.push(acl);
  }
  const deniesFor = (allow: AclFact): readonly AclFact[] => {
    if (byPrincipal.size === 0) return NONE;
    const own = byPrincipal.get(allow.principal) ?? NONE;
    const everybodys = allow.principal === EVERYBODY ? NONE : (byPrincipal.get(EVERYBODY) ?? NONE);
    if (own.length + everybodys.length === 0) return NONE;
    return [...own, ...everybodys].filter((deny) => deny.resourceType === allow.resourceType && isWherever(deny, allow));
  };
  return {
    mayApply: (allow) => deniesFor(allow).length > 0,
    fromAll: (allow, operation) => deniesFor(allow).some((deny) => denies(deny, operation) && isAround(deny, allow)),
    at(allow, operation, name) {
      const fitting = deniesFor(allow).filter((deny) => denies(deny, operation) && isUnder(name, deny));
      const prefixes = fitting.filter(({ patternType }) => patternType === "prefixed").map(({ resourceName }) => resourceName);
      const shortest = prefixes.toSorted((a, b) => a.length - b.length)[0];
      if (shortest !== undefined) return { isWhole: false, prefix: shortest };
      return fitting.length > 0 ? { isWhole: true } : null;
    },
  };
}

/** A denial from one host leaves the others; a permission for one host is taken away by a denial from there. */
function isWherever(deny: AclFact, allow: AclFact): boolean {
  return deny.host === "*" || deny.host === allow.host;
}

function denies(deny: AclFact, operation: string): boolean {
  return deny.operation === "all" || deny.operation === operation;
}

function isUnder(name: string, { patternType, resourceName }: AclFact): boolean {
  if (patternType === "prefixed") return name.startsWith(resourceName);
  return resourceName === "*" || resourceName === name;
}

/** Whether the pattern of a denial covers everything that the other pattern does. */
function isAround(deny: AclFact, allow: AclFact): boolean {
  if (deny.patternType === "literal") {
    return deny.resourceName === "*" || (allow.patternType === "literal" && allow.resourceName === deny.resourceName);
  }
  const isEvery = allow.patternType === "literal" && allow.resourceName === "*";
  return !isEvery && allow.resourceName.startsWith(deny.resourceName);
}
