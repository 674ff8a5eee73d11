import type { ConditionView } from "@/lib/domain/views/common";

/** Something that was found to be so. Its id is the same at each finding; `since` counts only when it is new. */
export type FoundCondition = Omit<ConditionView, "until" | "acknowledged">;

/** What a reconciliation may close: conditions of these rules on this cluster (null: those of no cluster). */
export interface ConditionScope {
  clusterId: string | null;
  /** Only the rules that were really evaluated this time. */
  rules: readonly string[];
  /** Ids of conditions that could not be judged this time, because a reading was missing; the open ones among them stay open. */
  unjudged?: readonly string[];
}

export interface StoredCondition extends ConditionView {
  /** Tells one occurrence from the next of the same id. */
  episode: number;
}
