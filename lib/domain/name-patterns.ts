import { compileExpression } from "./name-expression";
import { matchesGlob } from "./name-glob";
import type { NamePattern } from "./placement";
import type { Steps } from "./steps";
import type { TenantSet, TenantSets } from "./tenant-sets";

/** Patterns of many tenants, ready to answer whose a name is. */
export interface PatternIndex {
  /** Tenants with an explicit pattern (name, glob or expression) that fits; null: none. */
  explicit: (name: string) => TenantSet | null;
  /** Tenants that give exactly this name. */
  exact: (name: string) => TenantSet | null;
  /** Tenants of the longest prefix that fits; null: none. */
  longestPrefix: (name: string) => TenantSet | null;
}

export interface TenantPattern {
  tenantId: string;
  pattern: NamePattern;
}

interface Matcher {
  matches: (name: string) => boolean;
  tenants: TenantSet;
}

const SLICE = 1000;

/** In slices, because thousands of tenants have tens of thousands of patterns. */
export function* indexPatterns(patterns: readonly TenantPattern[], sets: TenantSets): Steps<PatternIndex> {
  const names = new Map<string, string[]>();
  const prefixes = new Map<string, string[]>();
  const globs = new Map<string, string[]>();
  const expressions = new Map<string, string[]>();
  for (const [position, { tenantId, pattern }] of patterns.entries()) {
    if (position % SLICE === SLICE - 1) yield;
    if ("name" in pattern) add(names, pattern.name, tenantId);
    else if ("prefix" in pattern) add(prefixes, pattern.prefix, tenantId);
    else if ("glob" in pattern) add(globs, pattern.glob, tenantId);
    else add(expressions, pattern.expression, tenantId);
  }
  const exact = yield* internSets(names, sets);
  const matchers = [...globMatchers(yield* internSets(globs, sets)), ...expressionMatchers(yield* internSets(expressions, sets))];
  const prefixed = yield* internSets(prefixes, sets);
  return {
    exact: (name) => exact.get(name) ?? null,
    explicit(name) {
      let found = exact.get(name) ?? null;
      for (const { matches, tenants } of matchers) {
        if (found !== tenants && matches(name)) found = found === null ? tenants : sets.union(found, tenants);
      }
      return found;
    },
    longestPrefix: prefixLookup(prefixed),
  };
}

function add(map: Map<string, string[]>, key: string, tenantId: string): void {
  const ids = map.get(key);
  if (ids === undefined) map.set(key, [tenantId]);
  else if (ids.at(-1) !== tenantId) ids.push(tenantId);
}

export function* internSets(map: ReadonlyMap<string, readonly string[]>, sets: TenantSets): Steps<Map<string, TenantSet>> {
  const interned = new Map<string, TenantSet>();
  for (const [key, ids] of map) {
    interned.set(key, sets.of(ids));
    if (interned.size % SLICE === 0) yield;
  }
  return interned;
}

function globMatchers(globs: Map<string, TenantSet>): Matcher[] {
  return [...globs].map(([glob, tenants]) => ({ matches: (name) => matchesGlob(glob, name), tenants }));
}

function expressionMatchers(expressions: Map<string, TenantSet>): Matcher[] {
  return [...expressions].flatMap(([source, tenants]) => {
    const expression = compileExpression(source);
    return expression === null ? [] : [{ matches: (name: string) => expression.test(name), tenants }];
  });
}

/** Tries only the lengths at which some prefix ends, and only where the name has a character there on which such a prefix ends. */
function prefixLookup(prefixes: Map<string, TenantSet>): (name: string) => TenantSet | null {
  const lastsByLength = new Map<number, Set<number>>();
  for (const prefix of prefixes.keys()) {
    const lasts = lastsByLength.get(prefix.length) ?? new Set<number>();
    lastsByLength.set(prefix.length, lasts.add(prefix.charCodeAt(prefix.length - 1)));
  }
  const ends = [...lastsByLength].toSorted(([a], [b]) => b - a);
  return (name) => {
    for (const [length, lasts] of ends) {
      if (length > name.length || !lasts.has(name.charCodeAt(length - 1))) continue;
      const tenants = prefixes.get(name.slice(0, length));
      if (tenants !== undefined) return tenants;
    }
    return null;
  };
}
