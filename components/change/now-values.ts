import type { PlannedOperation } from "@/lib/domain/change/operation";
import { configWords } from "@/lib/domain/change/operation-words";
import type { TopicRef } from "@/lib/domain/change/request";
import { topicKey } from "./topic-operations";

/** The values that topics have for a key now, each once, smallest first, in Kafka's text. Unlimited (-1) is the largest. */
export function nowTexts(
  operations: readonly PlannedOperation[],
  key: string,
  topics: readonly TopicRef[],
  lastRead: (topic: TopicRef, key: string) => string | null,
  /** What a topic has that a plan leaves as it is, because it has the value already; null: not known. */
  wanted: string | null = null,
): string[] {
  const live = new Map<string, string | null>();
  for (const { target, before, inherited } of operations) {
    if (target.kind === "topic-config" && target.key === key) live.set(topicKey(target), before ?? inherited?.value ?? null);
  }
  const texts = topics.map((topic) => live.get(topicKey(topic)) ?? lastRead(topic, key) ?? wanted);
  const size = (text: string) => (Number(text) < 0 ? Number.POSITIVE_INFINITY : Number(text));
  return [...new Set(texts.filter((text) => text !== null))].toSorted((a, b) => size(a) - size(b));
}

/** "7 days", "1 day to 7 days" where topics differ; null: not known. */
export function nowWords(key: string, texts: readonly string[]): string | null {
  const [least] = texts;
  const most = texts.at(-1);
  if (least === undefined || most === undefined) return null;
  return least === most ? configWords(key, least) : `${configWords(key, least)} to ${configWords(key, most)}`;
}
