import { entityName } from "@/lib/domain/change/operation";
import type { QuotaEntity, QuotaKey } from "@/lib/domain/facts";
import { type MatchingQuota, matchingQuotas, type QuotaIndex } from "@/lib/domain/quota/effective";

/** What one rule does for one key, among all the others. */
export interface RuleEffect {
  /** Rules that win over it for everybody it names: then it never applies. Else null. */
  neverBy: MatchingQuota | null;
  /** Rules that win over it for some of those it names. */
  losesTo: string[];
  /** Rules it wins over for those it names. */
  shadows: MatchingQuota[];
}

/** `users`: of a rule on a client-id, the users that are known to use it; whoever has a user rule is not bound by a client-id's. */
export function ruleEffect(index: QuotaIndex, key: QuotaKey, entity: QuotaEntity, users: readonly string[]): RuleEffect {
  const { user, clientId } = entity;
  if (user === undefined) return clientIdEffect(index, key, clientId ?? null, users);
  const matches = matchingQuotas(index, key, { user: user ?? "", clientId: clientId ?? null });
  const step = stepOf(user, clientId);
  // What wins over it here, where no client-id is asked for, takes every client-id.
  const neverBy = matches.find((match) => match.step < step) ?? null;
  return { neverBy, losesTo: narrower(index, key, entity), shadows: matches.filter((match) => match.step > step) };
}

/** The place of a rule with a user among Kafka's eight. */
function stepOf(user: string | null, clientId: string | null | undefined): number {
  const part = clientId === undefined ? 3 : clientId === null ? 2 : 1;
  return user === null ? part + 3 : part;
}

function clientIdEffect(index: QuotaIndex, key: QuotaKey, clientId: string | null, users: readonly string[]): RuleEffect {
  const anyone = matchingQuotas(index, key, { user: "", clientId }).filter(({ step }) => step <= 6);
  const [byDefault] = anyone;
  const shadows = clientId === null ? [] : matchingQuotas(index, key, { user: null, clientId: null });
  if (byDefault !== undefined) return { neverBy: byDefault, losesTo: [], shadows: [] };
  const winning = users.map((user) => matchingQuotas(index, key, { user, clientId }).filter(({ step }) => step <= 6)[0]);
  const own = clientId === null ? clientIdsWithRule(index, key) : [];
  const losesTo = winning.filter((match) => match !== undefined);
  const [first] = losesTo;
  const never = first !== undefined && losesTo.length === users.length ? first : null;
  return { neverBy: never, losesTo: [...losesTo.map(({ entity }) => entity), ...own], shadows };
}

function clientIdsWithRule({ clients }: QuotaIndex, key: QuotaKey): string[] {
  return [...clients].filter(([, values]) => values[key] !== undefined).map(([clientId]) => `client-id ${clientId}`);
}

/** Rules on a part of those that this one names. */
function narrower(index: QuotaIndex, key: QuotaKey, { user, clientId }: QuotaEntity): string[] {
  const names: string[] = [];
  const rules = user === null || user === undefined ? index.defaultUser : index.users.get(user);
  if (clientId !== null && clientId !== undefined) return [];
  for (const [each, values] of rules?.clients ?? []) {
    if (values[key] !== undefined) names.push(entityName({ ...(user === undefined ? {} : { user }), clientId: each }));
  }
  if (user !== null) return names;
  const usersWithRule = [...index.users].filter(([, { alone, defaultClient }]) => (alone?.[key] ?? defaultClient?.[key]) !== undefined);
  return [...names, ...usersWithRule.map(([each]) => `user ${each}`)];
}

/** What limits those whom a rule names while it does not; null: nothing. */
export function fallback(index: QuotaIndex, key: QuotaKey, { user, clientId }: QuotaEntity): MatchingQuota | null {
  const identity = user === undefined ? { user: null, clientId: clientId ?? null } : { user: user ?? "", clientId: clientId ?? null };
  return matchingQuotas(index, key, identity)[0] ?? null;
}
