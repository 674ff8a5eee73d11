import type { GroupState, GroupType } from "@/lib/domain/facts";

const TYPES: readonly GroupType[] = ["classic", "consumer", "share", "streams"];
const STATES: readonly GroupState[] = [
  "Stable",
  "PreparingRebalance",
  "CompletingRebalance",
  "Assigning",
  "Reconciling",
  "NotReady",
  "Empty",
  "Dead",
];

/** A group without a type comes from a broker older than 3.8, where all are classic. */
export function typeOf(type: string | null): GroupType {
  if (!type) return "classic";
  return TYPES.find((known) => known === type.toLowerCase()) ?? "unknown";
}

export function stateOf(state: string): GroupState {
  return STATES.find((known) => known.toLowerCase() === state.toLowerCase()) ?? "Unknown";
}
