import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ConditionView } from "@/lib/domain/views/common";

/** Names by id of the tenants that conditions are about, as far as there still are such tenants. */
export function namesOfTenants({ tenants }: Pick<FleetSnapshot, "tenants">, conditions: readonly ConditionView[]): Record<string, string> {
  const names: Record<string, string> = {};
  for (const { tenantId } of conditions) {
    const name = tenantId === null ? undefined : tenants.get(tenantId)?.tenant.name;
    if (tenantId !== null && name !== undefined) names[tenantId] = name;
  }
  return names;
}
