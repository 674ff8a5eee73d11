import type { PlanFacts } from "@/lib/domain/change/facts";
import { type ChangedTopic, directionOf } from "@/lib/domain/change/topic-keys/topic-key-change";
import { limitOf } from "@/lib/domain/change/topic-value";
import { isKnown, type Observed, unavailable } from "@/lib/domain/observed";

/**
 * What a batch of one record takes beside key, value and headers: 61 bytes of the batch's head and at most 19 of the record's own.
 * Source: Kafka's record batch format, version 2.
 */
export const BATCH_OVERHEAD_BYTES = 80;

/** A topic whose limit changes. */
export interface SizedTopic {
  changed: ChangedTopic;
  now: number | null;
  after: number | null;
  direction: ReturnType<typeof directionOf>;
  /** Of the sample. */
  largest: Observed<number>;
}

export function sizedTopics(topics: readonly ChangedTopic[], facts: Pick<PlanFacts, "largestRecords" | "at">): SizedTopic[] {
  return topics.flatMap((changed) => {
    const change = changed.keys.get("max.message.bytes");
    if (change === undefined || change.operation === null) return [];
    const [now, after] = [limitOf(change.value.effective), limitOf(change.effectiveAfter)];
    return [{ changed, now, after, direction: directionOf(change), largest: largestOf(changed, facts) }];
  });
}

export function largestOf(
  { scoped: { cluster, topic } }: ChangedTopic,
  { largestRecords, at }: Pick<PlanFacts, "largestRecords" | "at">,
): Observed<number> {
  const seen = largestRecords.get(`${cluster.clusterId} ${topic}`);
  return seen ?? unavailable("No records of the topic were looked at.", "Plan it for fewer topics, or let the console read a sample.", at);
}

/** Whether the largest record seen fits in a batch of its own; null: none was seen, or the limit is not known. */
export function largestFits({ largest, after }: Pick<SizedTopic, "largest" | "after">): boolean | null {
  if (!isKnown(largest) || after === null) return null;
  return largest.value + BATCH_OVERHEAD_BYTES <= after;
}
