import { clusterOf, type PlannedOperation } from "@/lib/domain/change/operation";
import { brakeEndKey } from "@/lib/domain/change/own-keys";
import { AppError } from "@/lib/domain/errors";
import type { Context } from "@/lib/operations/context";
import { decide } from "./decide";
import { gatherFacts } from "./gather-facts";
import { storePlan } from "./store-plan";

/** Clusters of an account are found again some time after a start, so that one that is missing once may come back: after half an hour it has not. */
const ATTEMPTS_WITHOUT_CLUSTER = 6;

/**
 * Takes a brake back whose time is over, without a person. The same attempt, from 1, is never made twice. What somebody has changed
 * meanwhile is left as it is; then there may be nothing to do, and that is on the record too. Throws AppError `unavailable` when what is
 * to be taken back cannot be read, `not_found` when all of it is on clusters that nothing can be written to any more and the record says so already,
 * `conflict` when it cannot be taken back for another reason.
 */
export async function submitRevert(context: Context, changeId: number, why: string, attempt: number): Promise<void> {
  const request = { kind: "revert" as const, changeId };
  const { facts, problems } = await gatherFacts(context, request);
  const plan = await decide(context, request, facts, why);
  const [refusal] = plan.refusals;
  if (refusal !== undefined) {
    throw new AppError(problems.length > 0 ? "unavailable" : "conflict", `Change ${changeId} cannot be taken back: ${refusal.reason}`);
  }
  const isGone = ({ target }: PlannedOperation) => facts.unconnected?.has(clusterOf(target) ?? "") === true;
  if (attempt > ATTEMPTS_WITHOUT_CLUSTER && plan.operations.length > 0 && plan.operations.every(isGone)) {
    throw new AppError("not_found", `What is left of change ${changeId} is on clusters that are no longer connected to be written to.`);
  }
  await storePlan(context, plan, facts, { reason: why, idempotencyKey: brakeEndKey(changeId, attempt) });
}
