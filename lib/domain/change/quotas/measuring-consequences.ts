import { consequence } from "@/lib/domain/change/draft";
import type { ClusterFacts } from "@/lib/domain/change/facts";
import { entityName } from "@/lib/domain/change/operation";
import type { Consequence } from "@/lib/domain/change/plan";
import { named } from "@/lib/domain/change/words";
import type { QuotaKey } from "@/lib/domain/facts";
import { paths } from "@/lib/domain/paths";
import { principalKeyOfUser } from "@/lib/domain/principal-name";
import { type QuotaIndex, quotaIndexOf, type RuleKind } from "@/lib/domain/quota/effective";
import { MEASURE_USER } from "@/lib/domain/quota/measure-everybody";
import { QUOTA_NAMES } from "@/lib/domain/quota/quota-words";
import type { QuotaOperation } from "./rule-operation";

/**
 * What brokers count clients by follows from the kinds of rules there are: the last one of a key that goes takes the rates with it, and
 * the first one on a client-id hides users that have no rule of their own.
 */
export function measuringConsequences(operations: readonly QuotaOperation[], cluster: ClusterFacts, after: QuotaIndex): Consequence[] {
  const before = quotaIndexOf(cluster.quotas ?? []);
  const about = { clusterId: cluster.clusterId, links: [{ label: cluster.name, href: paths.cluster(cluster.clusterId) }] };
  const keys = [...new Set(operations.map(({ target }) => target.key))];
  return keys.flatMap((key) => {
    const sentence = kindsWords(key, before.kinds.get(key), after.kinds.get(key), cluster);
    return sentence === null ? [] : [consequence({ class: sentence.worse ? "unseen" : "note", sentence: sentence.text, ...about })];
  });
}

type Kinds = ReadonlySet<RuleKind> | undefined;

function kindsWords(key: QuotaKey, before: Kinds, after: Kinds, { name }: ClusterFacts): { text: string; worse: boolean } | null {
  const [quota, where] = [QUOTA_NAMES[key], named(name)];
  if (before !== undefined && after === undefined) {
    return { text: `No ${quota} is left on ${where}: its brokers then publish no client's rate of this kind.`, worse: true };
  }
  if (after === undefined) return null;
  const mixed = after.size > 1 || after.has("client-id");
  const wasMixed = before !== undefined && (before.size > 1 || before.has("client-id"));
  if (mixed && !wasMixed) {
    const text = `With rules of several kinds on ${where}, users without a ${quota} of their own are counted by their client-id only.`;
    return { text, worse: before !== undefined };
  }
  if (before === undefined) return { text: `The brokers of ${where} begin to count every user for the ${quota}.`, worse: false };
  return null;
}

/** Names of certificates and of IAM are no SCRAM users' names. */
function mayBeScram(user: string): boolean {
  return !user.includes("=") && !user.startsWith("arn:");
}

/** A rule on a user that nobody has: it may be a slip of the pen. */
export function unusedConsequences(operations: readonly QuotaOperation[], cluster: ClusterFacts): Consequence[] {
  const users = new Set(operations.filter(({ after }) => after !== null).map(({ target }) => target.entity.user));
  const { scramUsers, meters } = cluster.snapshot;
  const seen = new Set<string>();
  for (const { clients } of meters.values()) for (const { user } of clients) if (user !== undefined) seen.add(principalKeyOfUser(user));
  return [...users].flatMap((user) => {
    if (typeof user !== "string" || user === MEASURE_USER || seen.has(principalKeyOfUser(user))) return [];
    const who = named(entityName({ user }));
    const missing = scramUsers !== null && mayBeScram(user) && !scramUsers.some(({ name }) => name === user);
    // Where brokers publish no user at all, that this one is not seen says nothing.
    if (!missing && seen.size === 0) return [];
    const credentials = missing ? `, and ${named(cluster.name)} has no SCRAM user of that name` : "";
    const sentence = `No traffic of ${who} is seen now${credentials}: the rule does nothing until somebody signs in by that name.`;
    return [consequence({ class: missing ? "note" : "unseen", sentence, clusterId: cluster.clusterId })];
  });
}
