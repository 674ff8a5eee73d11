import { publishedCapacity } from "@/lib/domain/cloud/msk-limits";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import type { MskCluster } from "@/lib/domain/msk-facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { clusterBill } from "./cluster-bill";
import { clusterHoldings, isPooled } from "./cluster-holdings";
import type { ClusterCost, CostLine, Unpriced } from "./cost";
import { isPriced, type PriceBook, priceBook } from "./price-list";
import { type Plant, splitBill } from "./split-bill";

/** What a tenant costs in a month at the present state. */
export interface TenantCost {
  dollars: number;
  /** On each cluster its lines, the largest first. */
  lines: (CostLine & { clusterId: string })[];
  /** What of it has no number. */
  unpriced: (Unpriced & { clusterId: string })[];
  /** Whether any part of it has a number at all. */
  known: boolean;
}

export interface FleetCost {
  clusters: ReadonlyMap<string, ClusterCost>;
  tenants: ReadonlyMap<string, TenantCost>;
}

const costs = new WeakMap<FleetSnapshot, FleetCost>();

/** What the fleet costs in a month as it is now, shared out among its tenants; worked out once for each version of the fleet. */
export function costOf(fleet: FleetSnapshot): FleetCost {
  const known = costs.get(fleet) ?? (fleet.whole === undefined ? workOut(fleet) : partOf(costOf(fleet.whole), fleet));
  costs.set(fleet, known);
  return known;
}

/** What is told is what it is in the whole; within tenants nothing is told that is another's, nobody's or shared. */
function partOf({ clusters, tenants }: FleetCost, seen: FleetSnapshot): FleetCost {
  const isSeen = ({ holder }: CostLine) => seen.within === "clusters" || (holder.kind === "tenant" && seen.tenants.has(holder.tenantId));
  return {
    clusters: new Map(
      [...clusters.values()]
        .filter(({ clusterId }) => seen.clusters.has(clusterId))
        .map((cluster) => {
          const lines = cluster.lines.filter(isSeen);
          return [cluster.clusterId, { ...cluster, lines, dollars: lines.reduce((sum, { dollars }) => sum + dollars, 0) }];
        }),
    ),
    tenants: new Map([...tenants].filter(([id]) => seen.tenants.has(id))),
  };
}

function workOut(fleet: FleetSnapshot): FleetCost {
  const placed = placedOn(fleet);
  const clusters = new Map<string, ClusterCost>();
  const tenants = new Map<string, TenantCost>();
  for (const snapshot of fleet.clusters.values()) {
    const here = placed.get(snapshot.clusterId) ?? [];
    const cost = clusterCost(fleet, snapshot, here);
    clusters.set(snapshot.clusterId, cost);
    addToTenants(tenants, cost, here, (snapshot.pool?.shares.size ?? 0) > 0);
  }
  for (const cost of tenants.values()) cost.lines.sort((a, b) => b.dollars - a.dollars);
  return { clusters, tenants };
}

function placedOn(fleet: FleetSnapshot): Map<string, TenantState[]> {
  const placed = new Map<string, TenantState[]>();
  for (const state of fleet.tenants.values()) {
    for (const clusterId of new Set(state.tenant.placements.map(({ cluster }) => cluster))) {
      const list = placed.get(clusterId);
      if (list === undefined) placed.set(clusterId, [state]);
      else list.push(state);
    }
  }
  return placed;
}

function clusterCost(fleet: FleetSnapshot, snapshot: ClusterSnapshot, placed: readonly TenantState[]): ClusterCost {
  const { clusterId, msk } = snapshot;
  const nothing = (reason: string, remedy: string): ClusterCost => ({
    clusterId,
    dollars: 0,
    lines: [],
    unpriced: [{ what: "The cluster", reason, remedy }],
  });
  if (msk === null) return nothing("It is not known to be an MSK cluster, so no price list applies.", "Name its ARN in its connection.");
  const book = bookOf(fleet, msk.cluster.region);
  if (!isPriced(book)) return nothing(`No prices are set for ${msk.cluster.region}.`, "An operator can set them under Prices.");
  const holdings = clusterHoldings(fleet, clusterId, placed);
  const { parts, unpriced } = clusterBill(msk.cluster, holdings, book);
  const lines = splitBill(parts, holdings, plantOf(msk.cluster));
  return { clusterId, dollars: parts.reduce((sum, { dollars }) => sum + dollars, 0), lines, unpriced };
}

/** The prices in force in a region. */
export function bookOf({ prices }: FleetSnapshot, region: string): PriceBook {
  return priceBook(region, prices?.get(region));
}

const GIB = 2 ** 30;

function plantOf(cluster: MskCluster): Plant {
  const { volumeGib, brokerCount } = cluster;
  const capacity = publishedCapacity(cluster);
  return {
    capacityIn: capacity?.bytesPerSecond ?? null,
    capacityOut: capacity?.egressBytesPerSecond ?? null,
    provisionedBytes: volumeGib === null || brokerCount === null ? null : volumeGib * brokerCount * GIB,
  };
}

function addToTenants(tenants: Map<string, TenantCost>, cost: ClusterCost, placed: readonly TenantState[], isSampled: boolean): void {
  for (const state of placed) {
    const { id } = state.tenant;
    const own = tenants.get(id) ?? { dollars: 0, lines: [], unpriced: [], known: false };
    own.unpriced.push(...cost.unpriced.map((one) => ({ ...one, clusterId: cost.clusterId })));
    if (isPooled(state, cost.clusterId) && !isSampled) own.unpriced.push({ ...IN_POOL, clusterId: cost.clusterId });
    tenants.set(id, own);
  }
  for (const line of cost.lines) {
    const own = line.holder.kind === "tenant" ? tenants.get(line.holder.tenantId) : undefined;
    if (own === undefined) continue;
    own.dollars += line.dollars;
    own.lines.push({ ...line, clusterId: cost.clusterId });
    own.known = true;
  }
}

const IN_POOL: Unpriced = {
  what: "Its part of the shared topics",
  reason: "What it keeps in shared topics cannot be told apart from what others keep.",
  remedy: "Sample the records, or let the application meter its tenants.",
};
