import { declarationsOf } from "@/lib/domain/change/basis";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Phase, PlannedOperation, Target } from "@/lib/domain/change/operation";
import { entityName } from "@/lib/domain/change/operation";
import type { LeftOut } from "@/lib/domain/change/plan";
import { tightens } from "@/lib/domain/change/quotas/rule-operation";
import { overrideName } from "@/lib/domain/override-words";
import { eachInSlices, type Steps } from "@/lib/domain/steps";
import { type LiveValue, liveValue } from "./live-value";

export interface Inverse {
  operations: PlannedOperation[];
  /** What is no longer as it was written, cannot be read, or cannot be taken back. */
  leftOut: LeftOut[];
  /** Of what is left out, what could not be read: as it would be taken back if it still stands as it was written. */
  unread: { operation: PlannedOperation; reason: string; leftOut: LeftOut }[];
}

const SLICE = 200;

const INVERSE_PHASE: Record<Phase, Phase> = { loosen: "tighten", tighten: "loosen", declare: "declare", grow: "grow" };

/** The operations that put back what was there before, of those that still stand as they were written. */
export function* inverseOf(operations: readonly PlannedOperation[], facts: PlanFacts): Steps<Inverse> {
  const inverse: Inverse = { operations: [], leftOut: [], unread: [] };
  yield* eachInSlices(operations, SLICE, (operation) => {
    const live = liveValue(operation.target, facts);
    const reason = whyNot(operation, live, facts);
    if (reason === null) inverse.operations.push(swapped(operation));
    else if (reason !== "") {
      const left = leftOut(operation, reason);
      inverse.leftOut.push(left);
      if ("unknown" in live) inverse.unread.push({ operation: swapped(operation), reason, leftOut: left });
    }
  });
  return inverse;
}

/** null: it can be taken back. Empty: it stands as it did before already, so there is nothing to do or to say. */
function whyNot({ target, before, after }: PlannedOperation, live: LiveValue, facts: PlanFacts): string | null {
  if (target.kind === "partitions") return "Partitions cannot be taken away.";
  if ("unknown" in live) return live.unknown;
  if (live.value === before) return "";
  if (live.value !== after) return `It was changed again since: it is ${live.value ?? "without a value of its own"} now, and stays so.`;
  return target.kind === "tier" && before === null ? usedTier(target.tierId, facts) : null;
}

function usedTier(tierId: string, facts: PlanFacts): string | null {
  const { tenants } = declarationsOf(facts);
  const used = [...tenants.values()].some(({ tier }) => tier === tierId);
  return used ? "Tenants are on this tier; archive it instead, so that no more come." : null;
}

function swapped(operation: PlannedOperation): PlannedOperation {
  const { target, before, after, phase, unit, inherited } = operation;
  const inverted = target.kind === "quota" ? (tightens(after, before) ? "tighten" : "loosen") : INVERSE_PHASE[phase];
  return { target, before: after, after: before, ...(inherited === undefined ? {} : { inherited }), phase: inverted, unit, note: null };
}

function leftOut({ target, unit }: PlannedOperation, reason: string): LeftOut {
  const tenantId = unit.startsWith("tenant:") ? unit.slice("tenant:".length) : null;
  return { subject: subjectOf(target), tenantId, reason, link: null };
}

function subjectOf(target: Target): string {
  switch (target.kind) {
    case "topic-config":
      return `${target.key} of ${target.topic}`;
    case "partitions":
      return `partitions of ${target.topic}`;
    case "quota":
      return `${target.key} of ${entityName(target.entity)}`;
    case "tenant-tier":
      return `tier of ${target.tenantId}`;
    case "override":
      return `${overrideName(target)} of ${target.tenantId}`;
    case "tier":
      return `tier ${target.tierId}`;
    case "managed-elsewhere":
      return `who manages ${target.tenantId}`;
  }
}
