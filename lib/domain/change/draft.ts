import type { Steps } from "@/lib/domain/steps";
import type { PlanFacts } from "./facts";
import type { Consequence, Plan, PlanPicture } from "./plan";
import type { ChangeKind, RequestOf } from "./request";

/** What a planner decides; what all plans have in common is added by `planChange`. */
export interface Draft extends Pick<Plan, "title" | "operations" | "consequences" | "refusals" | "leftOut"> {
  picture: PlanPicture | null;
  /** The name to type when something is lost; null: a word of the plan itself does. */
  typeName: string | null;
  /** So much data goes, or may go, that the name is asked for although nobody is known to need it. */
  asksName: boolean;
}

/** Decides one kind of change. Pure, and quick enough to run with each key that is pressed; in steps where it may be about thousands. */
export type Planner<K extends ChangeKind> = (request: RequestOf<K>, facts: PlanFacts) => Draft | Steps<Draft>;

export function emptyDraft(): Draft {
  return { title: "", operations: [], consequences: [], refusals: [], leftOut: [], picture: null, typeName: null, asksName: false };
}

export function consequence(given: Pick<Consequence, "class" | "sentence"> & Partial<Consequence>): Consequence {
  return { detail: null, tenantId: null, clusterId: null, links: [], instead: null, ...given };
}
