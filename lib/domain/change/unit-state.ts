import type { OperationState } from "./operation";

/** The states of a unit's operations, the one that says most of the unit first. */
export const TELLING: readonly OperationState[] = ["conflict", "failed", "unverified", "started", "pending", "not-attempted", "applied"];

/** What a unit as a whole has come to. */
export function stateOfUnit(counts: Partial<Record<OperationState, number>>): OperationState {
  return TELLING.find((state) => (counts[state] ?? 0) > 0) ?? "pending";
}
