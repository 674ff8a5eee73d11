import { AppError } from "@/lib/domain/errors";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ClusterSummary } from "@/lib/domain/views/clusters";

/** Throws AppError `not_found`. */
export function findTenant(fleet: FleetSnapshot, tenantId: string): TenantState {
  return found(fleet.tenants.get(tenantId), `There is no tenant "${tenantId}".`);
}

/** Throws AppError `not_found`. */
export function findCluster(fleet: FleetSnapshot, clusterId: string): { snapshot: ClusterSnapshot; summary: ClusterSummary } {
  const message = `There is no cluster "${clusterId}" among the console's connections.`;
  return { snapshot: found(fleet.clusters.get(clusterId), message), summary: found(fleet.summaries.get(clusterId), message) };
}

export function found<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new AppError("not_found", message);
  return value;
}
