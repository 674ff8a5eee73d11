import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Plan } from "@/lib/domain/change/plan";
import type { ChangeRequest, RolloutOptions } from "@/lib/domain/change/request";
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
  facts: Pick<PlanFacts, "reverted" | "brakes">,
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
    revertsId: takenBack(request, facts),
    brakeMinutes: request.kind === "brake" ? request.minutes : null,
    at: context.now().toISOString(),
    operations: plan.operations,
  });
  context.changes.wake();
  return change;
}

/** The change that this one takes back. */
function takenBack(request: ChangeRequest, { reverted, brakes }: Pick<PlanFacts, "reverted" | "brakes">): number | null {
  if (request.kind === "revert") return reverted?.id ?? null;
  return request.kind === "brake-release" ? (brakes.get(request.tenantId)?.changeId ?? null) : null;
}
