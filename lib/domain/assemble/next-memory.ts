import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { FleetMemory } from "@/lib/domain/fleet-memory";
import { eachAboveQuota } from "@/lib/domain/limit-input";
import { isKnown } from "@/lib/domain/observed";
import { eachInSlices, type Steps } from "@/lib/domain/steps";
import type { ClusterJoin } from "./cluster-join";

const SLICE = 500;

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
  yield* eachInSlices(fleet.tenants.values(), SLICE, ({ tenant, produce, consume }) => {
    eachAboveQuota("produce", produce, noteAbove);
    eachAboveQuota("consume", consume, noteAbove);
    const total = produce.bytesPerSecond;
    if (isKnown(total) && total.value === 0 && !total.atLeast) silentSinceMs.set(tenant.id, memory.silentSinceMs.get(tenant.id) ?? nowMs);
  });
  const emptySince: ClusterJoin["groups"]["emptySince"] = new Map();
  for (const { groups } of joins.values()) {
    yield* eachInSlices(groups.emptySince, SLICE, ([key, since]) => {
      emptySince.set(key, since);
    });
  }
  const conditionsSince = new Map<string, string>();
  yield* eachInSlices(fleet.conditions, SLICE, ({ id, since }) => {
    conditionsSince.set(id, since);
  });
  const { acknowledgements, brakes } = memory;
  return { acknowledgements, brakes, conditionsSince, aboveQuotaSinceMs, emptySince, silentSinceMs };
}
