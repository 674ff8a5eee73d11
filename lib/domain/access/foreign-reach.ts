import type { AclFact } from "@/lib/domain/facts";
import type { Ownership } from "@/lib/domain/owner";
import type { Steps } from "@/lib/domain/steps";
import type { TenantSet } from "@/lib/domain/tenant-sets";
import { type Covered, coveredBeside, coveredPast, NAMED_MAX, NOTHING, type Summary, summaryOf } from "./coverage";
import { type Land, type Stretch, stretchUnder } from "./land";
import { createShutOut, type ShutOut } from "./shut-out";

/** Kinds of resources that hold a tenant's data, or decide who gets it. */
export const OWNED_TYPES = ["topic", "group", "transactional-id"] as const;
export type OwnedType = (typeof OWNED_TYPES)[number];

export interface ReachInput {
  acls: readonly AclFact[];
  /** The names tenants have, by kind. */
  lands: Record<OwnedType, Land>;
  /** Whose a principal is, by the name behind `User:`. */
  ownerOf: (kafkaUser: string) => Ownership;
  /** Whose a name is that does not exist yet; null: nobody's. */
  claimOf: (type: OwnedType, name: string) => TenantSet | null;
  /** They need no rule, and are told apart. */
  superUsers: ReadonlySet<string>;
  /** Counts what is looked at, for a test that says how the work grows. */
  onWork?: (steps: number) => void;
}

/** A rule by which a principal gets at what other tenants have. */
export interface ForeignReach extends Covered {
  acl: AclFact;
  kafkaUser: string;
  who: Ownership;
  /** Of the rule's operations those that no rule denies on all of it: "read", "write". */
  operations: string[];
}

/** What can be done to data, or to who gets it, by kind of resource. */
const OPERATIONS: Record<OwnedType, readonly string[]> = {
  topic: ["read", "write", "delete", "alter", "alter-configs"],
  group: ["read", "delete"],
  "transactional-id": ["write"],
};
const SLICE = 100;

/** One answer for all rules that ask the same of the same stretch. */
interface Kept {
  shutOut: ShutOut;
  stretches: Map<string, Stretch>;
  summaries: Map<string, Summary>;
  covered: Map<string, Covered>;
  work: (steps: number) => void;
}

/**
 * The rules that open what tenants have to somebody else: by a name, by a prefix that goes too far, or by `*`; after what other rules deny.
 * Each rule is looked at once, and each stretch of names once for each distinct pattern: never each pair of principals.
 */
export function* foreignReachSteps(input: ReachInput): Steps<ForeignReach[]> {
  const found: ForeignReach[] = [];
  const work = input.onWork ?? (() => undefined);
  const kept: Kept = { shutOut: createShutOut(input.acls), stretches: new Map(), summaries: new Map(), covered: new Map(), work };
  let done = 0;
  for (const acl of input.acls) {
    const reach = reachOf(acl, input, kept);
    if (reach !== null) found.push(reach);
    done += 1;
    if (done % SLICE === 0) yield;
  }
  return found;
}

function reachOf(acl: AclFact, input: ReachInput, kept: Kept): ForeignReach | null {
  kept.work(1);
  if (acl.permission === "deny" || input.superUsers.has(acl.principal)) return null;
  const type = OWNED_TYPES.find((each) => each === acl.resourceType);
  const operations = type === undefined ? [] : OPERATIONS[type].filter((one) => acl.operation === "all" || acl.operation === one);
  if (type === undefined || operations.length === 0) return null;
  const kafkaUser = acl.principal.replace(/^User:/, "");
  const who = input.ownerOf(kafkaUser);
  if (who.owner.kind === "service") return null;
  const left = operations.filter((operation) => !kept.shutOut.fromAll(acl, operation));
  if (left.length === 0) return null;
  const covered = coveredBy({ acl, type, who, operations: left }, input, kept);
  return covered.tenantCount === 0 ? null : { acl, kafkaUser, who, operations: left, ...covered };
}

interface Question {
  acl: AclFact;
  type: OwnedType;
  who: Ownership;
  operations: readonly string[];
}

function coveredBy(question: Question, input: ReachInput, kept: Kept): Covered {
  const { acl, type, who } = question;
  const isEvery = acl.patternType === "literal" && acl.resourceName === "*";
  if (acl.patternType === "literal" && !isEvery) return coverOne(question, input, kept);
  const land = input.lands[type];
  const pattern = isEvery ? "" : acl.resourceName;
  const stretch = remember(kept.stretches, `${type}\n${pattern}`, () => stretchUnder(land, pattern));
  if (stretch.from === stretch.to) return isEvery ? NOTHING : coverOne(question, input, kept);
  const ownSets = setsOf(land, who);
  if (kept.shutOut.mayApply(acl)) {
    return coveredPast(land, stretch, ownSets, (at) => deniedTo(at, question, land, kept), kept.work);
  }
  const summary = remember(kept.summaries, `${type}\n${pattern}`, () => summaryOf(land, stretch, kept.work));
  const own = [...ownSets].map(({ id }) => id).join();
  return remember(kept.covered, `${type}\n${pattern}\n${own}`, () => coveredBeside(land, stretch, summary, ownSets, kept.work));
}

/** What a tenant shares with others, in a pool, is its own as well. */
function setsOf(land: Land, { tenantIds }: Ownership): Set<TenantSet> {
  return new Set(tenantIds.flatMap((id) => land.setsOf.get(id) ?? []));
}

/** One name, or a prefix under which there is nothing yet but which lies inside what another tenant claims. */
function coverOne({ acl, type, who, operations }: Question, { claimOf }: ReachInput, { shutOut }: Kept): Covered {
  const name = acl.resourceName;
  const tenants = claimOf(type, name);
  if (tenants === null || who.tenantIds.some((id) => tenants.tenantIds.includes(id))) return NOTHING;
  if (operations.every((operation) => shutOut.at(acl, operation, name) !== null)) return NOTHING;
  return { tenantIds: tenants.tenantIds.slice(0, NAMED_MAX), tenantCount: tenants.tenantIds.length, names: [name], nameCount: 1 };
}

/** Where the stretch ends in which every operation of the rule is denied; null: at this name one is not. */
function deniedTo(at: number, { acl, type, operations }: Question, land: Land, kept: Kept): number | null {
  let end = Number.POSITIVE_INFINITY;
  for (const operation of operations) {
    const prefix = kept.shutOut.at(acl, operation, land.plots[at]?.name ?? "");
    if (prefix === null) return null;
    const to = prefix.isWhole ? at + 1 : remember(kept.stretches, `${type}\n${prefix.prefix}`, () => stretchUnder(land, prefix.prefix)).to;
    end = Math.min(end, to);
  }
  return end;
}

function remember<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
