import { isKnown, type Observed } from "./observed";
import type { HoldOnce } from "./same";

/** Held once where nothing is, or nothing is known: without traffic and without bytes thousands say the same of one reading. */
export function nothingOnce(observed: Observed<number>, holdOnce: HoldOnce): Observed<number> {
  return isKnown(observed) && observed.value !== 0 ? observed : holdOnce(observed);
}
