import type { TopicFact } from "@/lib/domain/facts";
import { derived, type Known, measured, type Observed, unavailable } from "@/lib/domain/observed";
import type { MeteredBrokers } from "@/lib/domain/quota/meters";
import type { Hidden } from "@/lib/domain/quota/visibility";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";

/** What is beside every rate that CloudWatch stands in for. */
export const CLOUD_NOTE = "CloudWatch, mean of one minute. Throttling cannot be seen this way.";

export type TopicRate = "bytesInPerSecond" | "bytesOutPerSecond" | "recordsInPerSecond";

/** Why no meter of a cluster tells about now. */
export function metersUnread({ parts, meters }: Pick<ClusterSnapshot, "parts" | "meters">): Hidden {
  const [problem] = parts.exporter.problems;
  if (problem !== undefined) {
    return { reason: problem.message, remedy: problem.remedy ?? "Check that the console reaches the exporter's port on every broker." };
  }
  if (meters.size > 0) return { reason: "The brokers' exporters have not answered lately.", remedy: "They are asked again by themselves." };
  return {
    reason: "The brokers' exporters have not been read.",
    remedy: "Turn on open monitoring with the JMX exporter (port 11001) and add `exporter` to the connection.",
  };
}

/** A topic's rate added up over brokers. What a broker counts, it counts for the partitions it leads and the fetches it answers. */
export interface RateSum {
  value: number;
  /** Brokers that should tell and do not. */
  missing: boolean;
  /** Whether any broker told. */
  told: boolean;
}

/**
 * Adds a topic's rate over the brokers that tell about now. A broker that tells about its traffic and not about this topic had none of
 * it. The brokers that lead its partitions must tell; those that could serve fetches as followers must tell what goes out.
 */
export function sumTopicRate(topic: TopicFact, rate: TopicRate, { fresh, missing, topicsHidden }: MeteredBrokers): RateSum {
  const sum: RateSum = { value: 0, missing: false, told: false };
  if (topicsHidden !== null) return sum;
  for (const { topics, broker } of fresh.values()) {
    const value = topics.get(topic.name)?.[rate];
    if (value !== undefined) sum.value += value;
    if (value !== undefined || broker[rate] !== undefined) sum.told = true;
  }
  for (const { leader, replicas } of topic.partitions) {
    if (leader !== null && !fresh.has(leader)) sum.missing = true;
    else if (rate === "bytesOutPerSecond" && missing.length > 0 && replicas.some((id) => missing.includes(id))) sum.missing = true;
    if (sum.missing) break;
  }
  return sum;
}

export function observedRate({ value, missing, told }: RateSum, brokers: MeteredBrokers, unread: Hidden, at: string): Observed<number> {
  if (brokers.at === null) return unavailable(unread.reason, unread.remedy, at);
  if (brokers.topicsHidden !== null) return unavailable(brokers.topicsHidden.reason, brokers.topicsHidden.remedy, at);
  if (!told) {
    return unavailable("The exporters publish no rate of topics.", "Let kafka.server:type=BrokerTopicMetrics through the exporter.", at);
  }
  const known: Known<number> = brokers.derived ? derived(value, brokers.at, CLOUD_NOTE) : measured(value, brokers.at);
  return missing ? { ...known, atLeast: true } : known;
}
