import { canonicalJson, withoutOrigin } from "@/lib/domain/change/canonical-json";
import { resourceOf, type Target } from "@/lib/domain/change/operation";
import type { Plan } from "@/lib/domain/change/plan";
import { worstClass } from "@/lib/domain/change/plan-change";
import type { ErrorDetail } from "@/lib/domain/errors";

const DETAILS_MAX = 50;

/** What differs between a plan as a person saw it and as it is now: written values, what is written, and how bad it has become. */
export function moved(before: Plan, now: Plan): ErrorDetail[] {
  const then = new Map(before.operations.map((operation) => [nameOf(operation.target), operation]));
  const details: ErrorDetail[] = [];
  for (const { target, before: value, after } of now.operations) {
    const path = nameOf(target);
    const known = then.get(path);
    then.delete(path);
    if (known === undefined) details.push({ path, message: `was not to be changed, and would be now: ${said(value)} to ${said(after)}` });
    else if (known.before !== value) details.push({ path, message: `was ${said(known.before)} and is ${said(value)} now` });
    else if (!isSameAfter(target, known.after, after))
      details.push({ path, message: `would become ${said(after)}, not ${said(known.after)}` });
  }
  for (const path of then.keys()) details.push({ path, message: "has the new value already" });
  const [worse, worst] = [worstClass(now.consequences), worstClass(before.consequences)];
  if (worse !== worst)
    details.push({ path: "consequences", message: `the worst is now "${worse ?? "none"}" and was "${worst ?? "none"}"` });
  return details.slice(0, DETAILS_MAX);
}

/** The reason that is declared with an override is typed after the plan was seen: it moves nothing. */
function isSameAfter(target: Target, a: string | null, b: string | null): boolean {
  return a === b || (target.kind === "override" && canonicalJson(withoutOrigin(a)) === canonicalJson(withoutOrigin(b)));
}

function nameOf(target: Target): string {
  if (target.kind === "override") return `${resourceOf(target)} ${[target.setting, ...Object.values(target.on ?? {})].join(" ")}`;
  return "key" in target ? `${resourceOf(target)} ${target.key}` : resourceOf(target);
}

function said(value: string | null): string {
  return value === null ? "not set" : value;
}
