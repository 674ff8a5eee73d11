import { paths } from "@/lib/domain/paths";
import { eachInSlices, type Steps } from "@/lib/domain/steps";
import { brakedTo } from "./active-brake";
import type { ActiveBrake, PlanFacts } from "./facts";
import type { PlannedOperation, Target } from "./operation";
import { managerOf, patchOf } from "./patch";
import type { LeftOut, Plan } from "./plan";
import type { ChangeRequest } from "./request";
import { isBrakeEnd } from "./revert/brake-end";

const SLICE = 200;

export interface Spared {
  /** What is not carried out. */
  units: ReadonlySet<string>;
  leftOut: LeftOut[];
  patch: Plan["patch"];
}

/**
 * Of a change of many the units that are managed elsewhere or under a brake are left out, so that one tenant does not hold up all others.
 * Where nothing would be left, everything stays, for the plan to say why.
 */
export function* sparing(request: ChangeRequest, operations: readonly PlannedOperation[], facts: PlanFacts): Steps<Spared> {
  const units = Map.groupBy(operations, ({ unit }) => unit);
  const spared = new Map<string, LeftOut>();
  if (units.size > 1 && !isBrakeEnd(request, facts)) {
    yield* eachInSlices(units, SLICE, ([unit, of]) => {
      const reason = reasonOf(request, of, facts);
      if (reason !== null) spared.set(unit, leftOut(unit, reason, facts));
    });
  }
  const elsewhere = yield* patchOf(operations, facts);
  if (spared.size === units.size) return { units: new Set(), leftOut: [], patch: elsewhere && { ...elsewhere, whole: true } };
  // Of several units none that is left is managed elsewhere; a single one is never spared.
  const isWhole = units.size === 1;
  return { units: new Set(spared.keys()), leftOut: [...spared.values()], patch: elsewhere && { ...elsewhere, whole: isWhole } };
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
