import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Plan } from "@/lib/domain/change/plan";
import type { RolloutOptions } from "@/lib/domain/change/request";
import type { Context } from "@/lib/operations/context";
import { type StoredChange, storeChange } from "@/lib/store";
import { fingerprintOf } from "./fingerprint";

export interface Submission {
  reason: string;
  idempotencyKey: string;
  rollout?: RolloutOptions;
}

/** Stores the intent of a plan, before its first effect, and tells whoever carries changes out. */
export async function storePlan(
  context: Context,
  plan: Plan,
  { reverted }: Pick<PlanFacts, "reverted">,
  { reason, idempotencyKey, rollout }: Submission,
): Promise<StoredChange> {
  const { request } = plan;
  const { change } = await storeChange(context.store, {
    kind: request.kind,
    title: plan.title,
    request,
    consequences: plan.consequences,
    leftOut: plan.leftOut,
    fingerprint: await fingerprintOf(plan),
    actor: context.actor.name,
    reason: reason === "" ? null : reason,
    correlationId: context.requestId,
    idempotencyKey,
    rollout: rollout ?? null,
    revertsId: request.kind === "revert" ? (reverted?.id ?? null) : null,
    brakeUntil: request.kind === "brake" ? new Date(context.now().getTime() + request.minutes * 60_000).toISOString() : null,
    at: context.now().toISOString(),
    operations: plan.operations,
  });
  context.changes.wake();
  return change;
}
