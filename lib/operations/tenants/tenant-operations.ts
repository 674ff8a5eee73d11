import { operationsIn } from "@/lib/domain/cloud/msk-operations";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import type { TenantHistory } from "@/lib/domain/views/tenants";

/** What MSK did in a time to the clusters that a tenant is placed on, or to one of them. */
export function operationsOf(
  fleet: FleetSnapshot,
  { tenant }: TenantState,
  onlyCluster: string | undefined,
  fromMs: number,
  toMs: number,
): NonNullable<TenantHistory["operations"]> {
  const ids = new Set(tenant.placements.map(({ cluster }) => cluster).filter((id) => onlyCluster === undefined || id === onlyCluster));
  return [...ids].flatMap((id) => {
    const cluster = fleet.clusters.get(id);
    const operations = operationsIn(cluster?.msk?.operations ?? [], fromMs, toMs);
    return operations.map(({ arn: _, ...operation }) => ({ ...operation, clusterName: cluster?.name ?? id }));
  });
}
