import type { ChangeStore, OpenChange } from "@/lib/changes/change-store";
import type { StoredUnit } from "@/lib/store";
import { firstUnits } from "./rollout";

export const NOTHING_FOLLOWS = "The tier could not be written, so nothing follows it.";

/**
 * The units that go next. A tier goes before the tenants that follow it and by itself, also where some of them are to be the first.
 */
export async function unitsNext(
  store: ChangeStore,
  change: OpenChange,
  { stage, count }: { stage: OpenChange["stage"]; count: number },
): Promise<StoredUnit[]> {
  const units = await store.nextUnits(change.id, { count: stage === "first" ? 1 : count });
  const [next] = units;
  if (next !== undefined && isLeading(next)) return [next];
  return stage === "first" ? store.nextUnits(change.id, { count, only: firstUnits(change) }) : units;
}

/** Whether a tier came to nothing that others of the change were to follow. It went before them, so nothing failed earlier. */
export async function isLeaderBroken(store: ChangeStore, { id, units, counts }: OpenChange): Promise<boolean> {
  if (units < 2) return false;
  for (const state of ["failed", "conflict"] as const) {
    if ((counts[state] ?? 0) === 0) continue;
    const [first] = await store.listOperations(id, { state, limit: 1 });
    if (first !== undefined && first.index === 0 && isLeading(first)) return true;
  }
  return false;
}

function isLeading({ unit }: Pick<StoredUnit, "unit">): boolean {
  return unit.startsWith("tier:");
}
