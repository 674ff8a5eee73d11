import { targetWords } from "@/lib/changes/batch/words";
import type { ChangeState } from "@/lib/domain/change/operation";
import type { OperationCounts } from "@/lib/domain/views/changes";
import type { StoredOperation } from "@/lib/store";

/** What a change has come to, from what its operations have come to. `isCancelled`: the rest of it was not to be attempted any more. */
export function endState(counts: OperationCounts, isCancelled: boolean): ChangeState {
  const { applied = 0, unverified = 0, failed = 0, conflict = 0 } = counts;
  const written = applied + unverified;
  const left = sum(counts) - written;
  if (left === 0) return unverified > 0 ? "unverified" : "applied";
  if (written > 0) return "partly";
  return isCancelled && left > failed + conflict ? "cancelled" : "failed";
}

function sum(counts: OperationCounts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** The first of the operations that came to nothing, with its own sentence, and how many more there are. */
export function endSentence(first: StoredOperation | undefined, counts: OperationCounts): string | null {
  if (first === undefined) return null;
  const { failed = 0, conflict = 0, unverified = 0 } = counts;
  const more = failed + conflict + unverified - 1;
  const others = more > 0 ? ` (and ${more} more)` : "";
  return `${targetWords(first.target)}${others}: ${first.message ?? "it came to nothing."}`;
}
