import type { ConditionView, Severity } from "./views/common";

/** The tenant's state in one sentence: the worst condition in its own words, how many more there are, or that it is well. Worst first. */
export function tenantSentence(sorted: readonly ConditionView[], unseen: boolean): { severity: Severity | null; text: string } {
  const [worst] = sorted;
  if (worst === undefined) {
    return unseen
      ? { severity: null, text: "Nothing wrong in what can be seen; a part of it cannot be seen." }
      : { severity: null, text: "Inside its promise and its quotas, and its consumers keep up." };
  }
  const more = sorted.length - 1;
  const rest = more === 0 ? "" : ` And ${more} more ${more === 1 ? "thing" : "things"} to know.`;
  return { severity: worst.severity, text: `${worst.sentence}${rest}` };
}
