import { isInForce } from "@/lib/domain/override";
import type { PlanFacts } from "./facts";
import type { Refusal } from "./plan";

/** How long what is declared holds, and what follows then. */
export interface Ending {
  until?: string;
  atEnd?: "report" | "take-back";
}

/** An override that is over already would never count. */
export function endingRefusals({ until }: Ending, { at }: Pick<PlanFacts, "at">): Refusal[] {
  if (until === undefined || isInForce({ until }, at)) return [];
  return [{ field: "until", reason: `${until} is over already.`, wayOut: "Choose a later time, or none.", link: null }];
}
