import { formatBytes, formatCountOf, formatSpan } from "@/lib/domain/format";
import { topicValue } from "./config-values";
import type { PlaceAnswer, PlaceQuestion } from "./in-force";

type Key = "retention.ms" | "max.message.bytes";

const WORDS: Record<Key, { name: string; format: (value: number) => string }> = {
  "retention.ms": { name: "retention", format: formatSpan },
  "max.message.bytes": { name: "size limit", format: formatBytes },
};

/** Whether the tenant's topics set a value of their own, or have the cluster's. */
export function settingInForce({ place: { cluster, topics } }: PlaceQuestion, key: Key): PlaceAnswer {
  const { name, format } = WORDS[key];
  if (topics.length === 0) return { state: "could", sentence: `It has no topic here yet; a topic of its own can set its ${name}.` };
  const values = topics.map(({ topic }) => (cluster === null ? null : topicValue(cluster, topic, key)));
  const known = values.filter((value) => value !== null);
  if (known.length === 0)
    return { state: "unseen", sentence: `The configurations of its topics have not been read, so its ${name} is not known.` };
  const own = known.filter(({ isOwn }) => isOwn);
  const range = rangeOf(
    known.map(({ value }) => value),
    format,
  );
  const unread = values.length - known.length;
  const rest = unread > 0 ? ` ${formatCountOf(unread, "topic")} not read.` : "";
  return own.length === 0
    ? { state: "could", sentence: `Inherited from the cluster: ${range} on ${formatCountOf(known.length, "topic")}.${rest}` }
    : { state: "has", sentence: `Set on ${own.length} of ${formatCountOf(known.length, "topic")}: ${range}.${rest}` };
}

/** "3 days", "30 min to 14 days"; -1 is Kafka's word for unlimited, and the largest. */
export function rangeOf(values: readonly number[], format: (value: number) => string): string {
  const sorted = values.toSorted((a, b) => sizeOf(a) - sizeOf(b));
  const low = format(sorted[0] ?? 0);
  const high = format(sorted.at(-1) ?? 0);
  return low === high ? low : `${low} to ${high}`;
}

function sizeOf(value: number): number {
  return value < 0 ? Number.POSITIVE_INFINITY : value;
}
