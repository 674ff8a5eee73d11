import type { DeclaredTopicKey } from "@/lib/domain/change/declared-topic";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { ScopedTopic } from "@/lib/domain/change/resolve-scope";
import { effectiveAfter, limitOf, type TopicValue } from "@/lib/domain/change/topic-value";

/** One key of one topic, before and after. */
export interface TopicKeyChange {
  key: DeclaredTopicKey;
  value: TopicValue;
  /** Kafka's text; null: no value of its own. */
  after: string | null;
  /** What counts then; null: not told. */
  effectiveAfter: string | null;
  /** null: it has this value already. */
  operation: PlannedOperation | null;
}

/** A topic of the change, with the keys that are asked for. */
export interface ChangedTopic {
  scoped: ScopedTopic;
  keys: ReadonlyMap<DeclaredTopicKey, TopicKeyChange>;
}

export function topicKeyChange(
  { cluster, topic, unit }: ScopedTopic,
  key: DeclaredTopicKey,
  value: TopicValue,
  { after, note }: { after: string | null; note: string | null },
): TopicKeyChange {
  const change: TopicKeyChange = { key, value, after, effectiveAfter: effectiveAfter(value, after), operation: null };
  if (value.own === after) return change;
  change.operation = {
    target: { kind: "topic-config", clusterId: cluster.clusterId, topic, key },
    before: value.own,
    after,
    ...(value.inherited === null ? {} : { inherited: value.inherited }),
    phase: directionOf(change) === "tighter" ? "tighten" : "loosen",
    unit,
    note,
  };
  return change;
}

/** By what counts before and after: a larger limit is looser. What is not known may be tighter. */
export function directionOf({ value, effectiveAfter: after }: TopicKeyChange): "looser" | "same" | "tighter" {
  if (value.effective === after) return "same";
  const [before, then] = [limitOf(value.effective), limitOf(after)];
  if (then === Number.POSITIVE_INFINITY) return before === then ? "same" : "looser";
  if (before === null || then === null) return "tighter";
  return then < before ? "tighter" : then > before ? "looser" : "same";
}
