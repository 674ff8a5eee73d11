import type { ChangeRequest, TenantScope } from "@/lib/domain/change/request";
import type { DriftRow } from "@/lib/domain/views/tiers";

/** The two ways out of drift: the cluster follows what is declared, or what is declared follows the cluster. */
export type DriftWay = "bring-back" | "adopt";

/** As many items as one request may name. */
export const ITEMS_MAX = 5000;

/** Values that were chosen, of however many tenants. */
export function chosenDrift(way: DriftWay, rows: readonly Pick<DriftRow, "key" | "tenantId">[]): ChangeRequest {
  const tenantIds = [...new Set(rows.map(({ tenantId }) => tenantId))];
  return { kind: way, scope: { tenantIds }, items: rows.map(({ key }) => key) };
}

/** Everything that differs when it is planned, in the scope. */
export function allDrift(way: DriftWay, scope: TenantScope): ChangeRequest {
  return { kind: way, scope };
}
