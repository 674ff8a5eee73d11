import { clusterOf, type PlannedOperation } from "@/lib/domain/change/operation";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { AppError } from "@/lib/domain/errors";
import { isByTenant, limitWords, type RoleLimits } from "@/lib/domain/people/role-limits";
import type { Context } from "@/lib/operations/context";
import type { ChangeFilter, StoredChangeHead } from "@/lib/store";

const TENANT_UNIT = "tenant:";

/**
 * Whether what a request comes to stays within what the actor's role is limited to: the second check, once it is known what is written.
 * Throws AppError `forbidden`.
 */
export function requireReach(context: Context, request: ChangeRequest, operations: readonly PlannedOperation[]): void {
  const limits = context.actor.limits ?? null;
  if (limits === null) return;
  // A tier is everybody's who is on it, whoever that is.
  const ofTier = request.kind === "tier-definition" || request.kind === "tier-archive";
  if (!ofTier && operations.every((operation) => isOperationWithin(context, limits, operation))) return;
  throw new AppError("forbidden", `This reaches beyond what your role is limited to: ${limitWords(limits)}.`);
}

function isOperationWithin(context: Context, limits: RoleLimits, { unit, target }: PlannedOperation): boolean {
  const { tenants, clusters } = context.fleet();
  const clusterId = clusterOf(target);
  if (clusterId !== null && !clusters.has(clusterId)) return false;
  if ("tenantId" in target && !tenants.has(target.tenantId)) return false;
  if (unit.startsWith(TENANT_UNIT)) return tenants.has(unit.slice(TENANT_UNIT.length));
  return clusterId !== null && !isByTenant(limits);
}

/** A change on the record that concerns somebody outside is not there for who is limited. Throws AppError `not_found`. */
export function requireChangeWithin(
  context: Context,
  change: Pick<StoredChangeHead, "id" | "tenantIds" | "tenantCount" | "clusterIds">,
): void {
  const limits = context.actor.limits ?? null;
  if (limits === null) return;
  const { tenants, clusters } = context.fleet();
  const { id, tenantIds, tenantCount, clusterIds } = change;
  const isNamed = tenantIds.length === tenantCount && (tenantCount > 0 || !isByTenant(limits));
  const isWithin = tenantIds.every((tenantId) => tenants.has(tenantId)) && clusterIds.every((clusterId) => clusters.has(clusterId));
  if (!isNamed || !isWithin) throw new AppError("not_found", `There is no change ${id}.`);
}

/** The same for lists. */
export function changesWithin(context: Context): Pick<ChangeFilter, "within"> {
  const limits = context.actor.limits ?? null;
  if (limits === null) return {};
  const { tenants, clusters } = context.fleet();
  return { within: { tenantIds: [...tenants.keys()], clusterIds: [...clusters.keys()], tenantsOnly: isByTenant(limits) } };
}
