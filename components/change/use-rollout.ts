"use client";

import type { PlanView } from "@/lib/domain/change/plan";
import type { RolloutOptions } from "@/lib/domain/change/request";
import { NO_ROLLOUT, type RolloutDraft, type RolloutProblems, readRollout, tenantsOfPlan } from "./rollout-draft";
import { type Draft, useDraft } from "./use-draft";

export interface Rollout {
  draft: Draft<RolloutDraft>;
  /** How many are changed, each by itself. One is no rollout. */
  units: number;
  /** How many tenants are among them. */
  tenants: number;
  /** Tenants that could be first. */
  tenantIds: readonly string[];
  /** What goes with the request; undefined: the change is no rollout. */
  options: RolloutOptions | undefined;
  problems: RolloutProblems;
  /** Why it cannot be applied with what is typed. */
  problem: string | null;
}

/** How a change to many goes forward, kept with the form's draft. */
export function useRollout(draftKey: string, plan: PlanView | undefined): Rollout {
  const draft = useDraft<RolloutDraft>(`${draftKey} rollout`, NO_ROLLOUT);
  const { units = 0, tenants = 0 } = plan?.counts ?? {};
  if (plan === undefined || units < 2) return { draft, units, tenants, tenantIds: [], options: undefined, problems: {}, problem: null };
  const { options, problems } = readRollout(draft.value, plan);
  const problem = Object.keys(problems).length === 0 ? null : "How it is rolled out cannot be read: see above.";
  return { draft, units, tenants, tenantIds: tenantsOfPlan(plan), options, problems, problem };
}
