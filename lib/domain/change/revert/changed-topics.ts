import { DECLARED_TOPIC_KEYS, type DeclaredTopicKey } from "@/lib/domain/change/declared-topic";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import { scopedTopic } from "@/lib/domain/change/resolve-scope";
import { type ChangedTopic, directionOf, type TopicKeyChange } from "@/lib/domain/change/topic-keys/topic-key-change";
import { effectiveAfter, topicValue } from "@/lib/domain/change/topic-value";

/** Topics whose settings the operations change, as plans of topics look at them. The phase of an operation is set by what it does. */
export function changedTopics(operations: readonly PlannedOperation[], facts: PlanFacts): ChangedTopic[] {
  const topics = new Map<string, { changed: ChangedTopic; keys: Map<DeclaredTopicKey, TopicKeyChange> }>();
  for (const operation of operations) {
    const { target, after } = operation;
    if (target.kind !== "topic-config" || !isDeclaredKey(target.key)) continue;
    const cluster = facts.clusters.get(target.clusterId);
    const value = cluster === undefined ? null : topicValue(cluster, target.topic, target.key);
    if (cluster === undefined || value === null) continue;
    const id = `${target.clusterId} ${target.topic}`;
    const keys = topics.get(id)?.keys ?? new Map<DeclaredTopicKey, TopicKeyChange>();
    const change = { key: target.key, value, after, effectiveAfter: effectiveAfter(value, after), operation };
    operation.phase = directionOf(change) === "tighter" ? "tighten" : "loosen";
    keys.set(target.key, change);
    topics.set(id, { changed: { scoped: scopedTopic(cluster, target.topic, facts), keys }, keys });
  }
  return [...topics.values()].map(({ changed }) => changed);
}

function isDeclaredKey(key: string): key is DeclaredTopicKey {
  return Object.hasOwn(DECLARED_TOPIC_KEYS, key);
}
