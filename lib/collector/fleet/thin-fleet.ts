import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { DirectionUse } from "@/lib/domain/views/use";

/**
 * A version that has been replaced, for going on with a list: rows, summaries and conditions are all there; the facts they were
 * made from, and what only a tenant's own page shows, are let go, because several such versions are kept at a time.
 */
export function thinFleet(fleet: FleetSnapshot): FleetSnapshot {
  const { joins: _, ...kept } = fleet;
  return {
    ...kept,
    tenants: new Map([...fleet.tenants].map(([id, state]) => [id, thinTenant(state)])),
    clusters: new Map([...fleet.clusters].map(([id, cluster]) => [id, thinCluster(cluster)])),
  };
}

function thinTenant(state: TenantState): TenantState {
  return { ...state, produce: thinUse(state.produce), consume: thinUse(state.consume), cannotSee: [] };
}

function thinUse(use: DirectionUse): DirectionUse {
  return { ...use, buckets: [], worst: null };
}

function thinCluster(cluster: ClusterSnapshot): ClusterSnapshot {
  return {
    ...cluster,
    ends: new Map(),
    starts: new Map(),
    groups: new Map(),
    progress: new Map(),
    endHistory: new Map(),
    meters: new Map(),
    sizes: new Map(),
  };
}
