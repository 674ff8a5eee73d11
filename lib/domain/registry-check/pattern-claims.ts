import type { LocatedIssue } from "@/lib/domain/issues";
import type { NamePattern, Placement } from "@/lib/domain/placement";

interface Claim {
  text: string;
  tenantId: string;
  isPool: boolean;
  /** null: declared before, not in this file. */
  path: PropertyKey[] | null;
}

export interface PatternClaims {
  add: (placement: Placement, tenantId: string, patterns: readonly NamePattern[], path: PropertyKey[] | null) => void;
  /** Two tenants that would own the same name. Tenants of a pool share its names, so among themselves they do not conflict. */
  conflicts: (what: string) => LocatedIssue[];
}

/** Gathers the names and prefixes that tenants claim on each cluster. An exact name inside another's prefix is no conflict: it wins. */
export function createPatternClaims(): PatternClaims {
  const names = new Map<string, Claim[]>();
  const prefixes = new Map<string, Claim[]>();
  return {
    add({ cluster, model }, tenantId, patterns, path) {
      for (const [at, pattern] of patterns.entries()) {
        const place = (key: string) => (path === null ? null : [...path, at, key]);
        const isPool = model === "pool";
        if ("name" in pattern) push(names, cluster, { text: pattern.name, tenantId, isPool, path: place("name") });
        else if ("prefix" in pattern) push(prefixes, cluster, { text: pattern.prefix, tenantId, isPool, path: place("prefix") });
      }
    },
    conflicts: (what) => [
      ...[...names.values()].flatMap((claims) => overlaps(claims, what, (a, b) => a === b)),
      ...[...prefixes.values()].flatMap((claims) => overlaps(claims, what, (outer, inner) => inner.startsWith(outer))),
    ],
  };
}

function push(claims: Map<string, Claim[]>, cluster: string, claim: Claim): void {
  const known = claims.get(cluster);
  if (known === undefined) claims.set(cluster, [claim]);
  else known.push(claim);
}

/** Sorted by text, everything that a text covers comes right after it: one pass with the covering texts on a stack finds all pairs. */
function overlaps(claims: Claim[], what: string, covers: (outer: string, inner: string) => boolean): LocatedIssue[] {
  const sorted = claims.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const issues: LocatedIssue[] = [];
  let open: Claim[] = [];
  for (const claim of sorted) {
    open = open.filter((outer) => covers(outer.text, claim.text));
    const conflict = open.find((outer) => outer.tenantId !== claim.tenantId && !(outer.isPool && claim.isPool));
    if (conflict !== undefined) issues.push(...conflictOf(conflict, claim, what));
    if (!open.some((outer) => outer.text === claim.text && outer.tenantId === claim.tenantId && outer.isPool === claim.isPool)) {
      open = keepFew(open, claim);
    }
  }
  return issues;
}

/** Of many claims to one text two tenants are enough to find every conflict: one of them differs from any third. */
function keepFew(open: Claim[], claim: Claim): Claim[] {
  const alike = open.filter((outer) => outer.text === claim.text && outer.isPool === claim.isPool);
  return alike.length >= 2 ? open : [...open, claim];
}

function conflictOf(outer: Claim, inner: Claim, what: string): LocatedIssue[] {
  const [here, other] = inner.path === null ? [outer, inner] : [inner, outer];
  if (here.path === null) return [];
  const relation = here.text === other.text ? "is also claimed by" : `overlaps with "${other.text}" of`;
  return [{ path: here.path, message: `"${here.text}" ${relation} the tenant "${other.tenantId}": both would own the same ${what}` }];
}
