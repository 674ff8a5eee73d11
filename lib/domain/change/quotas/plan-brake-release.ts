import { type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { RequestOf } from "@/lib/domain/change/request";
import { inverseOf, unreadRefusals } from "@/lib/domain/change/revert/inverse";
import { named } from "@/lib/domain/change/words";
import { paths } from "@/lib/domain/paths";
import { quotaConsequences } from "./quota-consequences";
import { quotaScale } from "./quota-scale";

/** Takes a brake back before its time. What somebody changed meanwhile stays as it is. */
export function planBrakeRelease({ tenantId }: RequestOf<"brake-release">, facts: PlanFacts): Draft {
  const draft = emptyDraft();
  const name = facts.tenants.get(tenantId)?.tenant.name ?? tenantId;
  draft.title = `Release the brake on ${named(name)}`;
  const brake = facts.brakes.get(tenantId);
  if (brake === undefined) {
    const link = { label: name, href: paths.tenant(tenantId) };
    draft.refusals.push({ field: "tenantId", reason: `${name} is under no brake.`, wayOut: "It may have ended meanwhile.", link });
    return draft;
  }
  const inverse = inverseOf(brake.operations, facts);
  const { operations, leftOut } = inverse;
  draft.refusals.push(...unreadRefusals(inverse));
  draft.operations = operations;
  draft.leftOut = leftOut;
  draft.consequences = quotaConsequences(operations, facts);
  draft.picture = quotaScale(operations, facts);
  return draft;
}
