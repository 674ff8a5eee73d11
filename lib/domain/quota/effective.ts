import type { QuotaEntity, QuotaKey, QuotaRuleFact } from "@/lib/domain/facts";
import type { EffectiveQuota } from "@/lib/domain/views/use";

type Values = QuotaRuleFact["values"];

/** Rules of one user (or of the default user), for it alone and together with client-ids. */
interface UserRules {
  alone: Values | null;
  clients: Map<string, Values>;
  defaultClient: Values | null;
}

/** By what a rule tells clients apart: this decides which labels the brokers' meters carry. */
export type RuleKind = "user" | "client-id" | "pair";

/** Quota rules of a cluster, ready for many lookups of eight steps each. */
export interface QuotaIndex {
  users: ReadonlyMap<string, UserRules>;
  defaultUser: UserRules;
  clients: ReadonlyMap<string, Values>;
  defaultClient: Values | null;
  kinds: ReadonlyMap<QuotaKey, ReadonlySet<RuleKind>>;
}

/** Who is asked about. `null`: not known, or any; then rules that name this part do not match. */
export interface QuotaIdentity {
  user: string | null;
  clientId: string | null;
}

export interface MatchingQuota {
  step: number;
  entity: string;
  value: number;
}

export function indexQuotas(rules: readonly QuotaRuleFact[]): QuotaIndex {
  const users = new Map<string, UserRules>();
  const defaultUser = emptyUser();
  const clients = new Map<string, Values>();
  const kinds = new Map<QuotaKey, Set<RuleKind>>();
  let defaultClient: Values | null = null;
  for (const { entity, values } of rules) {
    if (entity.ip !== undefined) continue;
    const { user, clientId } = entity;
    if (user === undefined && clientId === undefined) continue;
    const kind: RuleKind = user === undefined ? "client-id" : clientId === undefined ? "user" : "pair";
    for (const key of Object.keys(values) as QuotaKey[]) kinds.set(key, (kinds.get(key) ?? new Set()).add(kind));
    if (user === undefined) {
      if (clientId === null) defaultClient = values;
      else if (clientId !== undefined) clients.set(clientId, values);
      continue;
    }
    const own = user === null ? defaultUser : (users.get(user) ?? emptyUser());
    if (user !== null) users.set(user, own);
    if (clientId === undefined) own.alone = values;
    else if (clientId === null) own.defaultClient = values;
    else own.clients.set(clientId, values);
  }
  return { users, defaultUser, clients, defaultClient, kinds };
}

/**
 * All rules that match, the winner first, by Kafka's order: user and client-id, user and default client-id, user, default user and
 * client-id, default user and default client-id, default user, client-id, default client-id. Every kind of quota is decided by itself:
 * a rule that does not set the key does not count for it.
 */
export function matchingQuotas(index: QuotaIndex, key: QuotaKey, { user, clientId }: QuotaIdentity): MatchingQuota[] {
  const matches: MatchingQuota[] = [];
  if (user !== null) {
    const own = index.users.get(user);
    const anyone = index.defaultUser;
    if (own !== undefined) {
      if (clientId !== null) add(matches, key, 1, own.clients.get(clientId), `user ${user}, client-id `, clientId);
      add(matches, key, 2, own.defaultClient, `user ${user}, default client-id`);
      add(matches, key, 3, own.alone, "user ", user);
    }
    if (clientId !== null) add(matches, key, 4, anyone.clients.get(clientId), "default user, client-id ", clientId);
    add(matches, key, 5, anyone.defaultClient, "default user, default client-id");
    add(matches, key, 6, anyone.alone, "default user");
  }
  if (clientId !== null) add(matches, key, 7, index.clients.get(clientId), "client-id ", clientId);
  add(matches, key, 8, index.defaultClient, "default client-id");
  return matches;
}

function add(matches: MatchingQuota[], key: QuotaKey, step: number, values: Values | null | undefined, entity: string, name = ""): void {
  const value = values?.[key];
  if (value !== undefined) matches.push({ step, entity: `${entity}${name}`, value });
}

/** What the rule on exactly this entity sets; null: there is no such rule, or it is one on addresses. */
export function ruleValues(index: QuotaIndex, { user, clientId, ip }: QuotaEntity): Values | null {
  if (ip !== undefined) return null;
  if (user === undefined) return clientId === null ? index.defaultClient : (index.clients.get(clientId ?? "") ?? null);
  const own = user === null ? index.defaultUser : index.users.get(user);
  if (own === undefined) return null;
  if (clientId === undefined) return own.alone;
  return clientId === null ? own.defaultClient : (own.clients.get(clientId) ?? null);
}

/** The quota in force and what it hides; null: no rule of this kind binds the identity. */
export function effectiveQuota(index: QuotaIndex, key: QuotaKey, identity: QuotaIdentity): EffectiveQuota | null {
  return firstOf(key, matchingQuotas(index, key, identity));
}

const STEPS_OF_KIND: Record<RuleKind, ReadonlySet<number>> = {
  user: new Set([3, 6]),
  "client-id": new Set([7, 8]),
  pair: new Set([1, 2, 4, 5]),
};

/**
 * The same where the broker's own label already says which kind of rule counted. With several client-ids, what any of them would have
 * matched counts as hidden.
 */
export function effectiveQuotaOfKind(
  index: QuotaIndex,
  key: QuotaKey,
  user: string | null,
  clientIds: readonly (string | null)[],
  kind: RuleKind,
): EffectiveQuota | null {
  const ordered =
    clientIds.length < 2 ? matchingQuotas(index, key, { user, clientId: clientIds[0] ?? null }) : matchingAny(index, key, user, clientIds);
  const first = ordered.findIndex(({ step }) => STEPS_OF_KIND[kind].has(step));
  return first === -1 ? null : firstOf(key, ordered.slice(first));
}

function matchingAny(index: QuotaIndex, key: QuotaKey, user: string | null, clientIds: readonly (string | null)[]): MatchingQuota[] {
  const matches = new Map<string, MatchingQuota>();
  for (const clientId of clientIds) {
    for (const match of matchingQuotas(index, key, { user, clientId })) matches.set(match.entity, match);
  }
  return [...matches.values()].toSorted((a, b) => a.step - b.step);
}

/** By what the bucket of a quota at this step tells clients apart. */
export function kindOfStep(step: number): RuleKind {
  if (STEPS_OF_KIND.user.has(step)) return "user";
  return STEPS_OF_KIND.pair.has(step) ? "pair" : "client-id";
}

function firstOf(key: QuotaKey, [first, ...shadows]: MatchingQuota[]): EffectiveQuota | null {
  return first === undefined ? null : { key, ...first, shadows };
}

function emptyUser(): UserRules {
  return { alone: null, clients: new Map(), defaultClient: null };
}

const indexes = new WeakMap<readonly QuotaRuleFact[], QuotaIndex>();

/** The index of a snapshot's rules, made once for each reading of them. */
export function quotaIndexOf(rules: readonly QuotaRuleFact[]): QuotaIndex {
  const known = indexes.get(rules) ?? indexQuotas(rules);
  indexes.set(rules, known);
  return known;
}
