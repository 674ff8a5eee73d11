import type { ClusterSnapshot } from "@/lib/domain/snapshot";

/** A topic's value of a configuration, and whether the topic sets it; null: not read. */
export interface TopicValue {
  value: number;
  isOwn: boolean;
}

export function topicValue({ configs }: Pick<ClusterSnapshot, "configs">, topic: string, key: string): TopicValue | null {
  const entry = configs.get(topic)?.entries.find(({ name }) => name === key);
  if (entry === undefined || entry.value === null) return null;
  const value = Number(entry.value);
  return Number.isFinite(value) ? { value, isOwn: entry.source === "topic" } : null;
}
