import { DECLARED_TOPIC_KEYS, type Declared, type DeclaredTopicKey, declaredTopicValue } from "@/lib/domain/change/declared-topic";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { LeftOut } from "@/lib/domain/change/plan";
import { ownTopicsOf, type ScopedTopic } from "@/lib/domain/change/resolve-scope";
import { inWords } from "@/lib/domain/change/topic-keys/settings";
import { type ChangedTopic, type TopicKeyChange, topicKeyChange } from "@/lib/domain/change/topic-keys/topic-key-change";
import { type TopicValue, topicValue } from "@/lib/domain/change/topic-value";
import { joined, listed, NAMED_MAX, named } from "@/lib/domain/change/words";
import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import type { TenantState } from "@/lib/domain/fleet";
import { paths } from "@/lib/domain/paths";

export interface FollowedTopics {
  topics: ChangedTopic[];
  leftOut: LeftOut[];
}

type Declaration = Pick<QuotaBasis, "tenant" | "tier">;

const KEYS = Object.keys(DECLARED_TOPIC_KEYS) as DeclaredTopicKey[];

/**
 * What a tenant's own topics get when it is declared otherwise: those that had what was declared get what is declared now. A topic that
 * differed already is left alone, and so is what nothing is declared for any more.
 */
export function followTopics(state: TenantState, before: Declaration, after: Declaration, facts: PlanFacts): FollowedTopics {
  const followed: FollowedTopics = { topics: [], leftOut: [] };
  const drifted: string[] = [];
  const unread: string[] = [];
  for (const scoped of ownTopicsOf(state, facts)) {
    const keys = new Map<DeclaredTopicKey, TopicKeyChange>();
    for (const key of KEYS) {
      const outcome = followKey(scoped, key, before, after, facts.at);
      if (outcome === "drifted")
        drifted.push(`${named(scoped.topic)} (${inWords(key, topicValue(scoped.cluster, scoped.topic, key)?.effective ?? null)})`);
      else if (outcome === "unread") unread.push(scoped.topic);
      else if (outcome !== null) keys.set(key, outcome);
    }
    if (keys.size > 0) followed.topics.push({ scoped, keys });
  }
  const { id, name } = state.tenant;
  const link = { label: "Its topics", href: paths.tenant(id, "topics") };
  if (drifted.length > 0) {
    const reason = `What differs from what was declared already stays as it is, and shows as drift: ${joined(drifted.slice(0, NAMED_MAX), drifted.length - NAMED_MAX)}.`;
    followed.leftOut.push({ subject: name, tenantId: id, reason, link });
  }
  if (unread.length > 0) {
    const reason = `The configuration of ${listed([...new Set(unread)])} could not be read. Try again in a moment.`;
    followed.leftOut.push({ subject: name, tenantId: id, reason, link });
  }
  return followed;
}

/** null: nothing is to be written. */
function followKey(
  scoped: ScopedTopic,
  key: DeclaredTopicKey,
  before: Declaration,
  after: Declaration,
  at: string,
): TopicKeyChange | "drifted" | "unread" | null {
  const place = { cluster: scoped.cluster.clusterId, topic: scoped.topic };
  const was = declaredText(declaredTopicValue(before, place, key, at));
  const declared = declaredTopicValue(after, place, key, at);
  const is = declaredText(declared);
  if (is === null || is === was || keepsAnyway(scoped, key)) return null;
  const value = topicValue(scoped.cluster, scoped.topic, key);
  if (value === null) return "unread";
  if (value.effective === is) return null;
  if (was !== null && !has(value, was)) return "drifted";
  const note = declared.by === "override" ? `Override: ${declared.override.reason}` : `${after.tier.name} default`;
  return topicKeyChange(scoped, key, value, { after: is, note });
}

function has({ effective }: TopicValue, declared: string): boolean {
  return effective === declared;
}

function declaredText(declared: Declared<string>): string | null {
  return declared.by === "nothing" ? null : declared.value;
}

/** A topic that is only compacted keeps its last records whatever its retention is. */
function keepsAnyway({ cluster, topic }: ScopedTopic, key: DeclaredTopicKey): boolean {
  return key !== "max.message.bytes" && topicValue(cluster, topic, "cleanup.policy")?.effective === "compact";
}
