import type { DeclaredTopicKey } from "@/lib/domain/change/declared-topic";
import { limitOf } from "@/lib/domain/change/topic-value";
import { formatSize } from "@/lib/domain/change/words";
import { formatSpan } from "@/lib/domain/format";
import type { Tier } from "@/lib/domain/tier";

/** What is to be known of a topic's key to change it: its field in a request, what bounds it, and its words. */
export interface TopicSetting {
  field: "retentionMs" | "retentionBytes" | "maxMessageBytes";
  /** "retention". */
  noun: string;
  /** What a tier declares where no override does; undefined: nothing. */
  declaredBy: (tier: Tier) => number | undefined;
  boundOf: (tier: Tier) => number | undefined;
  /** A value in words, "unlimited" for Kafka's -1. */
  format: (value: number) => string;
}

export const TOPIC_SETTINGS: Record<DeclaredTopicKey, TopicSetting> = {
  "retention.ms": {
    field: "retentionMs",
    noun: "retention",
    declaredBy: (tier) => tier.retentionMs?.default,
    boundOf: (tier) => tier.retentionMs?.max,
    format: (value) => formatSpan(finite(value)),
  },
  "retention.bytes": {
    field: "retentionBytes",
    noun: "retention size",
    declaredBy: () => undefined,
    boundOf: () => undefined,
    format: (value) => (finite(value) < 0 ? "unlimited" : `${formatSize(value)} a partition`),
  },
  "max.message.bytes": {
    field: "maxMessageBytes",
    noun: "message size",
    declaredBy: (tier) => tier.maxMessageBytes?.default,
    boundOf: (tier) => tier.maxMessageBytes?.max,
    format: formatSize,
  },
};

function finite(value: number): number {
  return Number.isFinite(value) ? value : -1;
}

/** A value as Kafka writes it, in words; "what the broker has" where it is not told. */
export function inWords(key: DeclaredTopicKey, text: string | null): string {
  const value = limitOf(text);
  return value === null ? "what the broker has" : TOPIC_SETTINGS[key].format(value);
}
