import { declarationsOf } from "@/lib/domain/change/basis";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Phase, PlannedOperation, Target } from "@/lib/domain/change/operation";
import { entityName } from "@/lib/domain/change/operation";
import type { LeftOut, Refusal } from "@/lib/domain/change/plan";
import { tightens } from "@/lib/domain/change/quotas/rule-operation";
import { overrideName } from "@/lib/domain/override-words";
import { type LiveValue, liveValue } from "./live-value";

export interface Inverse {
  operations: PlannedOperation[];
  /** What is no longer as it was written, cannot be read, or cannot be taken back. */
  leftOut: LeftOut[];
  /** Why some of what is left out could not be read, each reason once. */
  unread: string[];
}

const INVERSE_PHASE: Record<Phase, Phase> = { loosen: "tighten", tighten: "loosen", declare: "declare", grow: "grow" };

/** The operations that put back what was there before, of those that still stand as they were written. */
export function inverseOf(operations: readonly PlannedOperation[], facts: PlanFacts): Inverse {
  const inverse: Inverse = { operations: [], leftOut: [], unread: [] };
  const unread = new Set<string>();
  for (const operation of operations) {
    const live = liveValue(operation.target, facts);
    if ("unknown" in live) unread.add(live.unknown);
    const reason = whyNot(operation, live, facts);
    if (reason === null) inverse.operations.push(swapped(operation));
    else if (reason !== "") inverse.leftOut.push(leftOut(operation, reason));
  }
  return { ...inverse, unread: [...unread] };
}

/** null: it can be taken back. Empty: it stands as it did before already, so there is nothing to do or to say. */
function whyNot({ target, before, after }: PlannedOperation, live: LiveValue, facts: PlanFacts): string | null {
  if (target.kind === "partitions") return "Partitions cannot be taken away.";
  if ("unknown" in live) return live.unknown;
  if (live.value === before) return "";
  if (live.value !== after) return `It was changed again since: it is ${live.value ?? "without a value of its own"} now, and stays so.`;
  return target.kind === "tier" && before === null ? usedTier(target.tierId, facts) : null;
}

/** A brake is taken back as a whole: what was left out of its end, because it could not be read, would stay for ever. */
export function unreadRefusals({ unread }: Inverse): Refusal[] {
  const wayOut = "The brake stays until its end can be written; try again when the cluster answers.";
  return unread.map((reason) => ({ field: null, reason, wayOut, link: null }));
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
