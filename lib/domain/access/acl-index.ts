import type { AclFact, AclResourceType } from "@/lib/domain/facts";
import { drain, type Steps } from "@/lib/domain/steps";

/** The rules of one kind of resource, by the names they are for. */
interface RulesOfType {
  literal: Map<string, AclFact[]>;
  prefixed: Map<string, AclFact[]>;
  /** Lengths at which a prefix ends; a name is cut at these alone. */
  prefixLengths: number[];
  /** Rules for every name: a literal `*`. */
  all: AclFact[];
}

/** The ACLs of a cluster, ready to answer which of them are for a resource. */
export type AclIndex = ReadonlyMap<AclResourceType, RulesOfType>;

const SLICE = 2000;
const EVERY_NAME = "*";

export function indexAcls(acls: readonly AclFact[]): AclIndex {
  return drain(indexAclsSteps(acls));
}

/** The same in slices, for tens of thousands of rules. */
export function* indexAclsSteps(acls: readonly AclFact[]): Steps<AclIndex> {
  const types = new Map<AclResourceType, RulesOfType>();
  for (const [position, acl] of acls.entries()) {
    if (position % SLICE === SLICE - 1) yield;
    const rules: RulesOfType = types.get(acl.resourceType) ?? { literal: new Map(), prefixed: new Map(), prefixLengths: [], all: [] };
    types.set(acl.resourceType, rules);
    if (acl.patternType === "prefixed") push(rules.prefixed, acl.resourceName, acl);
    else if (acl.resourceName === EVERY_NAME) rules.all.push(acl);
    else push(rules.literal, acl.resourceName, acl);
  }
  for (const rules of types.values()) {
    rules.prefixLengths = [...new Set([...rules.prefixed.keys()].map(({ length }) => length))].toSorted((a, b) => a - b);
  }
  return types;
}

/** Every rule that is for this resource, whomever it names: a literal name, a prefix of it, or `*`. */
export function* rulesFor(index: AclIndex, type: AclResourceType, name: string): Generator<AclFact> {
  const rules = index.get(type);
  if (rules === undefined) return;
  yield* rules.all;
  yield* rules.literal.get(name) ?? [];
  for (const length of rules.prefixLengths) {
    if (length > name.length) return;
    yield* rules.prefixed.get(name.slice(0, length)) ?? [];
  }
}

function push(map: Map<string, AclFact[]>, name: string, acl: AclFact): void {
  const known = map.get(name);
  if (known === undefined) map.set(name, [acl]);
  else known.push(acl);
}
