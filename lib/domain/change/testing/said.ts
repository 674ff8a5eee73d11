import type { ConsequenceClass, Plan } from "@/lib/domain/change/plan";

const HARD_SPACES = /[\u00a0\u202f]/g;

/** The sentences of one class, with plain spaces. */
export function said({ consequences }: Pick<Plan, "consequences">, kind: ConsequenceClass): string[] {
  return consequences.filter((one) => one.class === kind).map(({ sentence }) => sentence.replace(HARD_SPACES, " "));
}

/** A sentence and its detail, with plain spaces; null: nobody says so. */
export function detailOf({ consequences }: Pick<Plan, "consequences">, words: RegExp): string | null {
  const found = consequences.find(({ sentence }) => words.test(sentence.replace(HARD_SPACES, " ")));
  return found === undefined ? null : `${found.sentence} ${found.detail ?? ""}`.replace(HARD_SPACES, " ");
}

/** Refusals as "field: reason", with plain spaces. */
export function refused({ refusals }: Pick<Plan, "refusals">): string[] {
  return refusals.map(({ field, reason }) => `${field}: ${reason}`.replace(HARD_SPACES, " "));
}

/** What is left out as "subject: reason". */
export function left({ leftOut }: Pick<Plan, "leftOut">): string[] {
  return leftOut.map(({ subject, reason }) => `${subject}: ${reason}`.replace(HARD_SPACES, " "));
}

/** Operations in short: "tighten acme.orders retention.ms 1000 → 500". */
export function written({ operations }: Pick<Plan, "operations">): string[] {
  return operations.map(({ phase, target, before, after }) => {
    const what = "topic" in target ? `${target.topic} ${"key" in target ? target.key : target.kind}` : JSON.stringify(target);
    return `${phase} ${what} ${before} → ${after}`;
  });
}
