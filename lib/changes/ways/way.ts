import type { Problem } from "@/lib/domain/facts";
import type { WriteAnswer } from "@/lib/domain/writes";
import type { StoredOperation } from "@/lib/store";

/** What stands where an operation writes: its value, null for none of its own, or why it is not known. */
export type Seen = { value: string | null } | { problem: Problem };

/** By the operation's index. */
export type SeenValues = ReadonlyMap<number, Seen>;
export type Answers = ReadonlyMap<number, WriteAnswer>;

/** How values of one cluster are read and written. Neither rejects for what a cluster does or does not answer. */
export interface Way {
  /** Writes by the same name are made one after the other. */
  readonly name: string;
  readonly clusterId: string;
  /** A written value counts as seen after so many looks in a row. */
  readonly looks: number;
  /** true: nobody else may write by this way until what was written is seen. */
  readonly keepsTurn: boolean;
  /** How long a value that was written may not be shown yet. */
  readonly lateMs: number;
  /** Between two looks, twice as long each time. */
  readonly pauseMs: { first: number; most: number };
  read: (operations: readonly StoredOperation[]) => Promise<SeenValues>;
  write: (operations: readonly StoredOperation[]) => Promise<Answers>;
  /** Whether a value that was seen is what the operation has as `before` or `after`. */
  stands: (operation: StoredOperation, side: "before" | "after", value: string | null) => boolean;
}
