import type { ClusterFacts } from "@/lib/domain/change/facts";
import { type ChangedTopic, directionOf } from "@/lib/domain/change/topic-keys/topic-key-change";
import { brokerNumber, limitOf, topicNumber, topicValue } from "@/lib/domain/change/topic-value";

/** How long and how much of each partition is kept; infinite where nothing limits it, null where it is not known. */
export interface Limits {
  ms: number | null;
  bytes: number | null;
}

/** `compact`: the last record of each key stays for ever, and retention deletes nothing. `both`: it does as well. */
export type CleanupPolicy = "delete" | "compact" | "both";

/** Kafka's defaults, where neither topic nor broker tells. */
const SEGMENT_BYTES = 1_073_741_824;
const CHECK_INTERVAL_MS = 300_000;

export function limitsNow({ scoped: { cluster, topic } }: ChangedTopic): Limits {
  const effective = (key: string) => limitOf(topicValue(cluster, topic, key)?.effective ?? null);
  return { ms: effective("retention.ms"), bytes: effective("retention.bytes") };
}

export function limitsAfter(changed: ChangedTopic): Limits {
  const now = limitsNow(changed);
  const [ms, bytes] = [changed.keys.get("retention.ms"), changed.keys.get("retention.bytes")];
  return {
    ms: ms === undefined ? now.ms : limitOf(ms.effectiveAfter),
    bytes: bytes === undefined ? now.bytes : limitOf(bytes.effectiveAfter),
  };
}

export function tightens({ keys }: ChangedTopic): boolean {
  return [...keys.values()].some((change) => change.operation !== null && directionOf(change) === "tighter");
}

export function loosens({ keys }: ChangedTopic): boolean {
  return [...keys.values()].some((change) => change.operation !== null && directionOf(change) === "looser");
}

export function cleanupPolicy({ scoped: { cluster, topic } }: ChangedTopic): CleanupPolicy {
  const policy = topicValue(cluster, topic, "cleanup.policy")?.effective ?? "delete";
  if (!policy.includes("compact")) return "delete";
  return policy.includes("delete") ? "both" : "compact";
}

/** Whether old segments are moved to tiered storage. */
export function isTiered({ scoped: { cluster, topic } }: ChangedTopic): boolean {
  return topicValue(cluster, topic, "remote.storage.enable")?.effective === "true";
}

/** The most a segment holds before the next one begins. */
export function segmentBytes({ scoped: { cluster, topic } }: ChangedTopic): number {
  return topicNumber(cluster, topic, "segment.bytes") ?? brokerNumber(cluster, "log.segment.bytes") ?? SEGMENT_BYTES;
}

/** How often brokers look for what is past its retention, and whether they said so. */
export function checkInterval(cluster: ClusterFacts): { ms: number; isRead: boolean } {
  const read = brokerNumber(cluster, "log.retention.check.interval.ms");
  return { ms: read ?? CHECK_INTERVAL_MS, isRead: read !== null };
}
