import type { ActiveBrake } from "./facts";
import { type OperationState, type PlannedOperation, resourceOf, type Target } from "./operation";
import type { ChangeRequest } from "./request";

/** A change on the record, as far as a brake is concerned. */
interface RecordedChange {
  id: number;
  request: ChangeRequest;
  brakeUntil: string | null;
  actor: string;
  reason: string | null;
  operations: readonly (PlannedOperation & { state: OperationState })[];
  failedEnd?: { changeId: number; message: string } | undefined;
}

/** Brakes in force as plans and conditions see them, by tenant, with what was written alone. The newest counts. */
export function brakesByTenant(changes: readonly RecordedChange[]): Map<string, ActiveBrake> {
  const brakes = new Map<string, ActiveBrake>();
  for (const { id, request, brakeUntil, actor, reason, operations, failedEnd } of changes) {
    if (request.kind !== "brake" || brakeUntil === null) continue;
    const { tenantId } = request;
    const known = brakes.get(tenantId);
    if (known !== undefined && known.changeId > id) continue;
    const written = operations.filter(({ state }) => state === "applied" || state === "unverified");
    const brake = { changeId: id, tenantId, until: brakeUntil, by: actor, reason, operations: written.map(planned) };
    brakes.set(tenantId, failedEnd === undefined ? brake : { ...brake, failedEnd });
  }
  return brakes;
}

/** What a brake wrote to this value of a rule; undefined: nothing, or there is no brake. */
export function brakedTo(brake: Pick<ActiveBrake, "operations"> | undefined, target: Target): PlannedOperation | undefined {
  if (target.kind !== "quota") return undefined;
  const resource = resourceOf(target);
  return brake?.operations.find(
    (one) => one.target.kind === "quota" && one.target.key === target.key && resourceOf(one.target) === resource,
  );
}

function planned({ target, before, after, phase, unit, note }: PlannedOperation): PlannedOperation {
  return { target, before, after, phase, unit, note };
}
