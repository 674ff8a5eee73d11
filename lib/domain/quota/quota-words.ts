import type { QuotaKey } from "@/lib/domain/facts";
import { formatSetPercent, formatSetRate } from "@/lib/domain/format";

/** What a key of Kafka's limits, in words: "produce quota". */
export const QUOTA_NAMES: Record<QuotaKey, string> = {
  producer_byte_rate: "produce quota",
  consumer_byte_rate: "consume quota",
  request_percentage: "request quota",
  controller_mutation_rate: "quota of topic changes",
  connection_creation_rate: "quota of new connections",
};

/** A value of a rule without what it holds for: "50 kB/s", "50 %", "10 changes/s". */
export function quotaAmount(key: QuotaKey, value: number): string {
  if (key === "request_percentage") return formatSetPercent(value);
  if (key === "producer_byte_rate" || key === "consumer_byte_rate") return formatSetRate(value);
  return `${value} ${key === "controller_mutation_rate" ? "changes" : "connections"}/s`;
}

/** A value of a rule as Kafka takes it: "50 kB/s a broker", "50 % of a thread a broker", "10 changes/s". */
export function quotaWords(key: QuotaKey, value: number): string {
  const amount = quotaAmount(key, value);
  if (key === "request_percentage") return `${amount} of a thread a broker`;
  // What creates and deletes topics is counted at the controller, so once for the cluster.
  return key === "controller_mutation_rate" ? amount : `${amount} a broker`;
}
