import { AppError } from "@/lib/domain/errors";
import type { Context } from "@/lib/operations/context";
import { decide } from "./decide";
import { gatherFacts } from "./gather-facts";
import { storePlan } from "./store-plan";

/**
 * Takes a change back without a person: a brake whose time is over. The same key never does it twice. What somebody has changed
 * meanwhile is left as it is; then there may be nothing to do, and that is on the record too. Throws AppError `unavailable` when what is
 * to be taken back cannot be read, `conflict` when it cannot be taken back for another reason.
 */
export async function submitRevert(context: Context, changeId: number, why: string, idempotencyKey: string): Promise<void> {
  const request = { kind: "revert" as const, changeId };
  const { facts, problems } = await gatherFacts(context, request);
  const plan = await decide(context, request, facts, why);
  const [refusal] = plan.refusals;
  if (refusal !== undefined) {
    throw new AppError(problems.length > 0 ? "unavailable" : "conflict", `Change ${changeId} cannot be taken back: ${refusal.reason}`);
  }
  await storePlan(context, plan, facts, { reason: why, idempotencyKey });
}
