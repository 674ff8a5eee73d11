import type { FleetSnapshot } from "@/lib/domain/fleet";
import {
  type AboutTenant,
  countTenantViews,
  filterTenants,
  parseTenantQuery,
  sortTenants,
  type TenantSort,
  type TenantView,
} from "@/lib/domain/tenant-query";
import { SEVERITIES, type Severity } from "@/lib/domain/views/common";
import type { TenantRow } from "@/lib/domain/views/tenants";

export interface TenantFilter {
  q: string;
  view: TenantView;
  sort: TenantSort;
  order?: "asc" | "desc";
  cluster?: string;
}

export interface TenantList {
  rows: TenantRow[];
  /** Of what the words and the scope find, whatever the view. */
  counts: Record<TenantView, number>;
  severities: Record<Severity, number>;
}

const FROM_A: readonly TenantSort[] = ["name", "tier", "model"];

/** The tenants a filter finds, sorted: names from a, what is worst or largest first, unless said otherwise. */
export function listOf(fleet: FleetSnapshot, { q, view, sort, order, cluster }: TenantFilter): TenantList {
  const about: AboutTenant = (tenantId) => {
    const state = fleet.tenants.get(tenantId);
    return {
      clusters: state?.tenant.placements.map((placement) => placement.cluster) ?? [],
      rules: state?.conditions.map(({ rule }) => rule) ?? [],
    };
  };
  const all = [...fleet.tenants.values()].map(({ row }) => row);
  const inScope = cluster === undefined ? all : all.filter(({ id }) => about(id).clusters.includes(cluster));
  const found = filterTenants(inScope, parseTenantQuery(q), "all", about);
  const shown = view === "all" ? found : filterTenants(found, { tests: [] }, view, about);
  const rows = sortTenants(shown, sort, order ?? (FROM_A.includes(sort) ? "asc" : "desc"));
  return { rows, counts: countTenantViews(found, about), severities: countSeverities(found) };
}

function countSeverities(rows: readonly TenantRow[]): Record<Severity, number> {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { attention } of rows) if (attention !== null) counts[attention.severity] += 1;
  return counts;
}
