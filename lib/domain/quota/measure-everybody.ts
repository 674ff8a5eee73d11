import type { QuotaKey } from "@/lib/domain/facts";

/**
 * Nobody signs in by this name. A rule on it with values that nobody reaches makes the brokers count every user and limits none: Kafka
 * publishes rates by user only while a rule of that kind exists.
 */
export const MEASURE_USER = "tenant-console-measures-everyone";

export type MeasuredKey = Extract<QuotaKey, "producer_byte_rate" | "consumer_byte_rate" | "request_percentage">;

/** Kafka holds quotas as doubles; these are written exactly, and are far above any broker. */
export const MEASURE_VALUES: Record<MeasuredKey, number> = {
  producer_byte_rate: 1e15,
  consumer_byte_rate: 1e15,
  request_percentage: 1e6,
};

/** From here on a value is no limit: a terabyte a second, ten thousand threads. Rules like it are set so that brokers count somebody. */
const LIMITS_NOBODY: Partial<Record<QuotaKey, number>> = {
  producer_byte_rate: 1e12,
  consumer_byte_rate: 1e12,
  request_percentage: 1e6,
};

export function limitsNobody(key: QuotaKey, value: number): boolean {
  return value >= (LIMITS_NOBODY[key] ?? Number.POSITIVE_INFINITY);
}
