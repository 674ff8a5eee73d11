import type { PlannedOperation } from "@/lib/domain/change/operation";
import { declarationName } from "./memory-change-store";
import { onTier, partitions, quota, retention } from "./plans";
import type { World } from "./world";

/** A tenant goes to another tier: a quota is raised, it is declared, its topic keeps less, and gets more partitions. */
export function everyKind(w: World, tenantId: string): PlannedOperation[] {
  const topic = `${tenantId}.orders`;
  standsAsPlanned(w, tenantId);
  return [quota(tenantId), onTier(tenantId), retention(topic), partitions(topic)];
}

/** What `everyKind` expects to find. */
function standsAsPlanned({ brokers, store }: World, tenantId: string): void {
  brokers.setQuota(tenantId, "producer_byte_rate", 1_000_000);
  brokers.setConfig(`${tenantId}.orders`, "retention.ms", "604800000");
  brokers.setPartitions(`${tenantId}.orders`, 3);
  store.declared.set(declarationName(onTier(tenantId).target), '"silver"');
}

/** What stands of `everyKind`, in its order. */
export function standing({ brokers, store }: World, tenantId: string): (string | null | undefined)[] {
  return [
    brokers.quota(tenantId, "producer_byte_rate"),
    store.declared.get(declarationName(onTier(tenantId).target)),
    brokers.config(`${tenantId}.orders`, "retention.ms"),
    String(brokers.partitions(`${tenantId}.orders`)),
  ];
}

export const BEFORE = ["1000000", '"silver"', "604800000", "3"];
export const AFTER = ["2000000", '"gold"', "86400000", "6"];
