import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { FleetMemory } from "@/lib/domain/fleet-memory";
import { eachAboveQuota } from "@/lib/domain/limit-input";
import { isKnown } from "@/lib/domain/observed";
import type { Steps } from "@/lib/domain/steps";
import type { ClusterJoin } from "./cluster-join";

/** What the next assembly has to know of this one. What is no longer so is forgotten. */
export function* nextMemory(
  memory: FleetMemory,
  fleet: FleetSnapshot,
  joins: ReadonlyMap<string, ClusterJoin>,
  nowMs: number,
): Steps<FleetMemory> {
  const aboveQuotaSinceMs = new Map<string, number>();
  const silentSinceMs = new Map<string, number>();
  const noteAbove = (key: string): void => {
    aboveQuotaSinceMs.set(key, memory.aboveQuotaSinceMs.get(key) ?? nowMs);
  };
  let done = 0;
  for (const { tenant, produce, consume } of fleet.tenants.values()) {
    eachAboveQuota("produce", produce, noteAbove);
    eachAboveQuota("consume", consume, noteAbove);
    const total = produce.bytesPerSecond;
    if (isKnown(total) && total.value === 0 && !total.atLeast) silentSinceMs.set(tenant.id, memory.silentSinceMs.get(tenant.id) ?? nowMs);
    done += 1;
    if (done % 500 === 0) yield;
  }
  const emptySince = new Map([...joins.values()].flatMap(({ groups }) => [...groups.emptySince]));
  const conditionsSince = new Map(fleet.conditions.map(({ id, since }) => [id, since]));
  const { acknowledgements, brakes } = memory;
  return { acknowledgements, brakes, conditionsSince, aboveQuotaSinceMs, emptySince, silentSinceMs };
}
