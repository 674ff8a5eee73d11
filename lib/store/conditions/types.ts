import type { ConditionView } from "@/lib/domain/views/common";

/** Something that was found to be so. Its id is the same at each finding; `since` counts only when it is new. */
export type FoundCondition = Omit<ConditionView, "until" | "acknowledged">;

/** What a reconciliation may close: conditions of these rules on this cluster (null: those of no cluster). */
export interface ConditionScope {
  clusterId: string | null;
  /** Only the rules that were really evaluated this time. */
  rules: readonly string[];
  /** Ids of the conditions that were judged this time; what is open beside them is neither read nor closed. Absent: all of the rules. */
  only?: readonly string[];
}

export interface StoredCondition extends ConditionView {
  /** Tells one occurrence from the next of the same id. */
  episode: number;
}
