import type { ConfigFact } from "@/lib/domain/facts";
import { derived, measured, type Observed, unavailable } from "@/lib/domain/observed";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";

type Configured = Pick<ClusterSnapshot, "configs" | "brokerConfigs" | "parts" | "at">;

/** The topic's `retention.ms`: from its own configuration, else the cluster's default, which a topic may override unseen. */
export function topicRetentionMs({ configs, brokerConfigs, parts, at }: Configured, topic: string): Observed<number> {
  const own = configs.get(topic);
  if (own !== undefined) {
    const value = numberOf(own.entries, "retention.ms");
    if (value !== null) return measured(value, own.at);
  }
  const fallback = numberOf(brokerConfigs, "log.retention.ms");
  if (fallback !== null)
    return derived(fallback, parts.configs.at ?? at, "The cluster's default; the topic's own configuration is not read yet.");
  const [problem] = parts.configs.problems;
  if (problem === undefined)
    return unavailable("The topic's configuration has not been read yet.", "It is read on demand on the topic's page.", at);
  return unavailable(problem.message, problem.remedy ?? "Allow the console's principal to DescribeConfigs on the topic.", at);
}

/** Whether time deletes records: a topic that is only compacted keeps its last records for ever. */
export function deletesByTime({ configs }: Pick<Configured, "configs">, topic: string): boolean {
  const policy = configs.get(topic)?.entries.find(({ name }) => name === "cleanup.policy")?.value;
  return policy === undefined || policy === null || policy.includes("delete");
}

/** How long Kafka keeps the commits of a group without members; null: not known. */
export function offsetsRetentionMs(brokerConfigs: readonly ConfigFact[]): number | null {
  const minutes = numberOf(brokerConfigs, "offsets.retention.minutes");
  return minutes === null ? null : minutes * 60_000;
}

function numberOf(entries: readonly ConfigFact[], name: string): number | null {
  const value = entries.find((entry) => entry.name === name)?.value;
  if (value === undefined || value === null || value === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
