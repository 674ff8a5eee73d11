import type { ActiveBrake } from "./facts";
import type { PlannedOperation } from "./operation";
import type { ChangeRequest } from "./request";

interface RecordedBrake {
  id: number;
  request: ChangeRequest;
  brakeUntil: string | null;
  actor: string;
  reason: string | null;
  operations: readonly (PlannedOperation & { state: string })[];
}

/** A brake in force as plans and conditions see it: only what it has written. null: the change is no brake. */
export function toActiveBrake({ id, request, brakeUntil, actor, reason, operations }: RecordedBrake): ActiveBrake | null {
  if (request.kind !== "brake" || brakeUntil === null) return null;
  const written = operations.filter(({ state }) => state === "applied" || state === "unverified");
  return { changeId: id, tenantId: request.tenantId, until: brakeUntil, by: actor, reason, operations: written };
}
