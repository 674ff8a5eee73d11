import { paths } from "@/lib/domain/paths";
import { brakedTo } from "./active-brake";
import type { ActiveBrake, PlanFacts } from "./facts";
import type { PlannedOperation, Target } from "./operation";
import { managerOf, patchOf } from "./patch";
import type { LeftOut, Plan } from "./plan";
import type { ChangeRequest } from "./request";

export interface Spared {
  /** What is carried out. */
  operations: PlannedOperation[];
  leftOut: LeftOut[];
  patch: Plan["patch"];
}

/**
 * Of a change of many the units that are managed elsewhere or under a brake are left out, so that one tenant does not hold up all others.
 * Where nothing would be left, everything stays, for the plan to say why.
 */
export function sparing(request: ChangeRequest, operations: readonly PlannedOperation[], facts: PlanFacts): Spared {
  const units = Map.groupBy(operations, ({ unit }) => unit);
  const spared = new Map<string, LeftOut>();
  if (units.size > 1) {
    for (const [unit, of] of units) {
      const reason = reasonOf(request, of, facts);
      if (reason !== null) spared.set(unit, leftOut(unit, reason, facts));
    }
  }
  const elsewhere = patchOf(operations, facts);
  const left = operations.filter(({ unit }) => !spared.has(unit));
  if (left.length === 0) return { operations: [...operations], leftOut: [], patch: elsewhere && { ...elsewhere, whole: true } };
  const isWhole = left.some((one) => managerOf(one, facts) !== null);
  return { operations: left, leftOut: [...spared.values()], patch: elsewhere && { ...elsewhere, whole: isWhole } };
}

function reasonOf(
  request: ChangeRequest,
  operations: readonly PlannedOperation[],
  facts: PlanFacts,
): Omit<LeftOut, "subject" | "tenantId"> | null {
  for (const operation of operations) {
    const by = managerOf(operation, facts);
    if (by !== null) return { reason: `It is managed by ${by}: put the change there. The plan has the text.`, link: null };
    const brake = brakeOver(request, operation.target, facts);
    if (brake !== null) {
      const link = { label: `Change ${brake.changeId}`, href: paths.change(brake.changeId) };
      return { reason: `It is under a brake until ${brake.until}. Release the brake first.`, link };
    }
  }
  return null;
}

function leftOut(unit: string, why: Omit<LeftOut, "subject" | "tenantId">, { tenants }: PlanFacts): LeftOut {
  const [, name = unit] = /^\w+:(.*)$/s.exec(unit) ?? [];
  const tenantId = unit.startsWith("tenant:") ? name : null;
  return { subject: tenants.get(tenantId ?? "")?.tenant.name ?? name, tenantId, ...why };
}

/** A brake would put back at its end what it found, over what was written meanwhile. */
export function brakeOver(request: ChangeRequest, target: Target, { brakes }: PlanFacts): ActiveBrake | null {
  if (request.kind === "brake" || request.kind === "brake-release" || request.kind === "revert") return null;
  for (const brake of brakes.values()) if (brakedTo(brake, target) !== undefined) return brake;
  return null;
}
