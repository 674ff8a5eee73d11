import type { PlanView } from "@/lib/domain/change/plan";
import type { RolloutOptions } from "@/lib/domain/change/request";

/** How a change to many goes forward, as it is typed. Empty: all at once, as fast as it goes, whatever fails. */
export interface RolloutDraft {
  /** Ids of tenants, with spaces or commas between them. */
  first: string;
  tenantsPerMinute: string;
  stopAfterFailures: string;
}

export const NO_ROLLOUT: RolloutDraft = { first: "", tenantsPerMinute: "", stopAfterFailures: "" };

export type RolloutProblems = Partial<Record<keyof RolloutDraft, string>>;

export interface ReadRollout {
  options: RolloutOptions;
  problems: RolloutProblems;
}

const MOST = 100_000;

/** The tenants that a plan changes, in the order in which it lists them. */
export function tenantsOfPlan({ operations }: Pick<PlanView, "operations">): string[] {
  const units = new Set(operations.map(({ unit }) => unit));
  return [...units].filter((unit) => unit.startsWith("tenant:")).map((unit) => unit.slice("tenant:".length));
}

/** What is typed as options, and what is wrong with it by field. A tenant that the plan does not change is no first one. */
export function readRollout(draft: RolloutDraft, plan: Pick<PlanView, "operations" | "counts">): ReadRollout {
  const read: ReadRollout = { options: {}, problems: {} };
  const first = [...new Set(draft.first.split(/[\s,]+/).filter((id) => id !== ""))];
  const wrong = first.filter((id) => !isPartOf(plan, id));
  if (wrong.length > 0) read.problems.first = `Not part of this change: ${wrong.slice(0, 5).join(", ")}.`;
  else if (first.length > 1000) read.problems.first = "At most 1,000 tenants can be first.";
  else if (first.length > 0) read.options.first = first;
  for (const field of ["tenantsPerMinute", "stopAfterFailures"] as const) {
    const text = draft[field].trim();
    if (text === "") continue;
    const count = /^\d+$/.test(text) ? Number(text) : 0;
    if (count < 1 || count > MOST) read.problems[field] = `“${text.slice(0, 20)}” is not a whole number from 1 to 100,000.`;
    else read.options[field] = count;
  }
  return read;
}

/** Of a large plan only the first operations are listed: what is not among them may be part of it. */
function isPartOf(plan: Pick<PlanView, "operations" | "counts">, id: string): boolean {
  if (plan.counts.operations > plan.operations.length) return /^[a-z0-9][a-z0-9-]{0,62}$/.test(id);
  return tenantsOfPlan(plan).includes(id);
}
