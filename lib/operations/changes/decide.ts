import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Plan } from "@/lib/domain/change/plan";
import { planChangeSteps } from "@/lib/domain/change/plan-change";
import type { ChangeRequest } from "@/lib/domain/change/request";
import type { Context } from "@/lib/operations/context";
import { paced } from "@/lib/operations/pauses";

/** Decides a request on facts, in slices: a plan for ten thousand tenants must not keep others waiting. */
export async function decide(context: Context, request: ChangeRequest, facts: PlanFacts, reason: string): Promise<Plan> {
  const declaring = { author: context.actor.name, reason: reason === "" ? "no reason given" : reason, at: facts.at };
  return paced(planChangeSteps(request, { ...facts, declaring }));
}
