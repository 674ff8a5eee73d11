import { DECLARED_TOPIC_KEYS, type DeclaredTopicKey, declaredTopicValue } from "@/lib/domain/change/declared-topic";
import { formatSize } from "@/lib/domain/change/words";
import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import { formatSpan } from "@/lib/domain/format";
import { deletesByTime } from "@/lib/domain/lag/retention";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { DriftItem } from "./drift-item";

const KEYS = Object.keys(DECLARED_TOPIC_KEYS) as DeclaredTopicKey[];

/** The values of a tenant's own topic against what is declared. A topic that is only compacted keeps its records whatever its retention. */
export function topicDrift(
  { tenant, tier }: Pick<QuotaBasis, "tenant" | "tier">,
  topic: string,
  { clusterId, configs }: Pick<ClusterSnapshot, "clusterId" | "configs">,
  at: string,
): DriftItem[] {
  const entries = configs.get(topic)?.entries;
  if (entries === undefined) return [];
  const items: DriftItem[] = [];
  for (const key of KEYS) {
    const declared = declaredTopicValue({ tenant, tier }, { cluster: clusterId, topic }, key, at);
    if (declared.by === "nothing" || declared.value === null) continue;
    const live = entries.find(({ name }) => name === key)?.value ?? null;
    if (live === null || live === declared.value) continue;
    if (key !== "max.message.bytes" && !deletesByTime({ configs }, topic)) continue;
    const source = declared.by === "tier" ? tier.name : `override by ${declared.override.author}`;
    items.push({
      key: [tenant.id, clusterId, topic, key].join("|"),
      kind: key === "max.message.bytes" ? "message-size" : "retention",
      tenantId: tenant.id,
      clusterId,
      resource: topic,
      name: key,
      declared: declared.value,
      live,
      source,
      sentence: `${topic} ${VERBS[key]} ${topicValueWords(key, live)}; declared is ${topicValueWords(key, declared.value)} (${source}).`,
      target: { kind: "topic-config", clusterId, topic, key },
    });
  }
  return items;
}

const VERBS: Record<DeclaredTopicKey, string> = {
  "retention.ms": "keeps records for",
  "retention.bytes": "keeps of each partition",
  "max.message.bytes": "takes batches of up to",
};

/** A value as Kafka writes it, in words: "2 days", "1 MB", "unlimited". */
export function topicValueWords(key: DeclaredTopicKey, value: string): string {
  const number = Number(value);
  if (number < 0) return "unlimited";
  return key === "retention.ms" ? formatSpan(number) : formatSize(number);
}
