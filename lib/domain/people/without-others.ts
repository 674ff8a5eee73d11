import type { FleetSnapshot } from "@/lib/domain/fleet";
import { ownerOfPrincipal } from "@/lib/domain/owner";
import type { Owner } from "@/lib/domain/views/common";
import { OTHER_TENANT } from "./other-tenant";

/** Takes names of tenants that are outside of somebody's limits, and of what is theirs, out of a text. */
export type WithoutOthers = (text: string, where: Place) => string;

/** `prose`: any word may be a name. `value`: only what looks like one, because a single word may be one of the console's own. */
export type Place = "prose" | "value";

const WORD = /[\p{L}\p{N}]+/gu;
/** A name of Kafka's, or an id: words that a delimiter holds together. */
const NAME = /[\p{L}\p{N}]+(?:[._-]+[\p{L}\p{N}]+)*/gu;
const CHUNK = /[^\s"'`“”‘’()|;]+/g;
const TIME = /^\d{4}-\d\d-\d\dT/;
const DELIMITER = /[._-]/g;
const TENANT_LINK = /^\/(?:tenants|noisy|isolation|clusters|changes)\b/;

interface Name {
  text: string;
  /** Signs before its first word. */
  lead: number;
  isOutside: boolean;
}

/** `seen` is what is within of `whole`. */
export function withoutOthers(whole: FleetSnapshot, seen: FleetSnapshot): WithoutOthers {
  const names = namesByWord(whole, seen);
  const isOutside = outsideOf(whole, seen);
  const known = new Map<string, boolean>();
  const outside = (name: string): boolean => {
    let answer = known.get(name);
    if (answer === undefined) {
      answer = isOutside(name);
      known.set(name, answer);
    }
    return answer;
  };
  const inName = (name: string, place: Place): string =>
    (place === "value" && !/[._-]/.test(name)) || !/\p{L}/u.test(name) || !outside(name) ? name : OTHER_TENANT;
  const plain = (text: string, place: Place): string => {
    const named = place === "prose" ? takeOut(text, names) : text;
    const users = named.replaceAll(CHUNK, (chunk) => (/[:=/]/.test(chunk) && outside(chunk.replace(/[.,:]+$/, "")) ? OTHER_TENANT : chunk));
    return users.replaceAll(NAME, (name) => inName(name, place));
  };
  return (text, place) => {
    if (TIME.test(text) || text === OTHER_TENANT) return text;
    if (!TENANT_LINK.test(text)) return plain(text, place);
    // A link to somebody else's leads nowhere.
    const words = decoded(text);
    return plain(words, "prose") === words ? text : "/tenants";
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What tenants are called, by the first word of it; of equal names the one within counts. */
function namesByWord(whole: FleetSnapshot, seen: FleetSnapshot): ReadonlyMap<string, readonly Name[]> {
  const byText = new Map<string, boolean>();
  for (const { tenant } of whole.tenants.values()) {
    if (byText.get(tenant.name) !== false) byText.set(tenant.name, !isVisible(seen, tenant.id, tenant.placements));
  }
  const byWord = new Map<string, Name[]>();
  for (const [text, isOutside] of byText) {
    const [word] = text.matchAll(WORD);
    if (word === undefined) continue;
    const list = byWord.get(word[0]) ?? [];
    list.push({ text, lead: word.index, isOutside });
    byWord.set(word[0], list);
  }
  for (const list of byWord.values()) list.sort((a, b) => b.text.length - a.text.length);
  return byWord;
}

/** A role limited to clusters alone sees who else is on them. */
function isVisible(seen: FleetSnapshot, tenantId: string, placements: readonly { cluster: string }[]): boolean {
  return seen.tenants.has(tenantId) || (seen.within === "clusters" && placements.some(({ cluster }) => seen.clusters.has(cluster)));
}

function takeOut(text: string, names: ReadonlyMap<string, readonly Name[]>): string {
  let made = "";
  let from = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (index < from) continue;
    const name = names.get(word)?.find((one) => stands(text, one, index));
    if (name === undefined) continue;
    const start = index - name.lead;
    made += text.slice(from, start) + (name.isOutside ? OTHER_TENANT : name.text);
    from = start + name.text.length;
  }
  return made + text.slice(from);
}

/** Whether a name stands there whole: not as the beginning or the end of a longer one. */
function stands(text: string, name: Name, index: number): boolean {
  const start = index - name.lead;
  const end = start + name.text.length;
  if (start < 0 || !text.startsWith(name.text, start)) return false;
  return !/[\p{L}\p{N}][._-]?$/u.test(text.slice(Math.max(0, start - 2), start)) && !/^[._-]?[\p{L}\p{N}]/u.test(text.slice(end, end + 2));
}

function outsideOf(whole: FleetSnapshot, seen: FleetSnapshot): (name: string) => boolean {
  const own = new Set<string>(seen.tiers.keys());
  for (const { name } of seen.tiers.values()) own.add(name);
  for (const { id, name } of seen.summaries.values()) own.add(id).add(name);
  for (const { tenant } of seen.tenants.values()) own.add(tenant.id).add(tenant.name);
  const isTenantOutside = (tenantId: string): boolean => {
    const state = whole.tenants.get(tenantId);
    return state !== undefined && !isVisible(seen, tenantId, state.tenant.placements);
  };
  const isOutsideOwner = (owner: Owner): boolean => {
    if (owner.kind === "tenant") return isTenantOutside(owner.tenantId);
    return owner.kind === "shared" && owner.tenantIds.every(isTenantOutside);
  };
  const isIn = (rows: FleetSnapshot["topics"] | FleetSnapshot["groups"], name: string) => [...rows.values()].some((of) => of.has(name));
  const ownersIn = (rows: FleetSnapshot["topics"] | FleetSnapshot["groups"], name: string) =>
    [...rows.values()].flatMap((of) => of.get(name)?.owner ?? []);
  return (name) => {
    if (own.has(name) || isIn(seen.topics, name) || isIn(seen.groups, name)) return false;
    if (whole.tenants.has(name)) return isTenantOutside(name);
    const owners = [...ownersIn(whole.topics, name), ...ownersIn(whole.groups, name)];
    for (const clusterId of whole.clusters.keys()) owners.push(ownerOfPrincipal(whole.owners, clusterId, name).owner);
    const held = owners.filter(({ kind }) => kind === "tenant" || kind === "shared");
    if (held.length > 0) return held.every(isOutsideOwner);
    // What is unknown now, as a topic that was deleted, is whose it begins with.
    return [...name.matchAll(DELIMITER)].some(({ index }) => isTenantOutside(name.slice(0, index)));
  };
}
