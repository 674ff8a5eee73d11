import type { RolloutOptions } from "@/lib/domain/change/request";
import type { ChangeIntent } from "@/lib/store";
import { quota } from "./plans";
import type { World } from "./world";

export const tenants = (count: number): string[] => Array.from({ length: count }, (_, index) => `t${index}`);

/** A rollout of two quotas for each of so many tenants. */
export function rollout(w: World, count: number, options: RolloutOptions | null = null, more: Partial<ChangeIntent> = {}): number {
  const operations = tenants(count).flatMap((user) => {
    w.brokers.setQuota(user, "producer_byte_rate", 1_000_000);
    w.brokers.setQuota(user, "consumer_byte_rate", 1_000_000);
    return [quota(user), quota(user, "consumer_byte_rate")];
  });
  return w.plan(operations, { kind: "quota", rollout: options, ...more }).id;
}
