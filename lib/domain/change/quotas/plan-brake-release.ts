import { type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { RequestOf } from "@/lib/domain/change/request";
import { brakeEnd, lostRefusals } from "@/lib/domain/change/revert/brake-end";
import { named } from "@/lib/domain/change/words";
import { paths } from "@/lib/domain/paths";
import type { Steps } from "@/lib/domain/steps";
import { quotaConsequences } from "./quota-consequences";
import { quotaScale } from "./quota-scale";

/** Takes a brake back before its time. What somebody changed meanwhile stays as it is. */
export function* planBrakeRelease({ tenantId }: RequestOf<"brake-release">, facts: PlanFacts): Steps<Draft> {
  const draft = emptyDraft();
  const name = facts.tenants.get(tenantId)?.tenant.name ?? tenantId;
  draft.title = `Release the brake on ${named(name)}`;
  const brake = facts.brakes.get(tenantId);
  const writing = facts.brakesInWriting?.get(tenantId);
  if (writing !== undefined) {
    const link = { label: `Change ${writing}`, href: paths.change(writing) };
    const reason = `The brake on ${name} is still being written: it would go on after a release.`;
    const wayOut = `Wait until it is written, or cancel change ${writing} first.`;
    draft.refusals.push({ field: "tenantId", reason, wayOut, link });
    return draft;
  }
  if (brake === undefined) {
    const link = { label: name, href: paths.tenant(tenantId) };
    draft.refusals.push({ field: "tenantId", reason: `${name} is under no brake.`, wayOut: "It may have ended meanwhile.", link });
    return draft;
  }
  const { operations, leftOut, consequences, refusals } = yield* brakeEnd(brake.operations, facts);
  draft.refusals.push(...refusals, ...lostRefusals(operations, facts));
  draft.operations = operations;
  draft.leftOut = leftOut;
  draft.consequences = [...consequences, ...(yield* quotaConsequences(operations, facts))];
  draft.picture = yield* quotaScale(operations, facts);
  return draft;
}
