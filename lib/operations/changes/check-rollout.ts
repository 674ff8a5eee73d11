import type { Plan } from "@/lib/domain/change/plan";
import type { RolloutOptions } from "@/lib/domain/change/request";
import { AppError } from "@/lib/domain/errors";

/** Throws AppError `invalid` where a rollout does not fit the plan: it would wait for tenants that are not changed, or hold up what is one. */
export function checkRollout({ operations }: Pick<Plan, "operations">, rollout: RolloutOptions | undefined): void {
  if (rollout === undefined) return;
  const units = new Set(operations.map(({ unit }) => unit));
  // A brake, its release and its end are of one tenant, too.
  if (units.size === 1)
    throw fault([{ path: "rollout", message: "is for changes of more than one tenant; this one is carried out at once" }]);
  const strangers = (rollout.first ?? []).filter((tenantId) => !units.has(`tenant:${tenantId}`));
  if (strangers.length > 0) {
    throw fault(strangers.map((tenantId) => ({ path: "rollout.first", message: `"${tenantId}" is not among the tenants of this change` })));
  }
}

function fault(details: { path: string; message: string }[]): AppError {
  const [first] = details;
  return new AppError("invalid", `${first?.path}: ${first?.message}`, { details });
}
