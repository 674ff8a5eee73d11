import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { Tenant } from "@/lib/domain/tenant";
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
import { perFleet } from "@/lib/operations/list/per-fleet";

export interface TenantFilter {
  q: string;
  view: TenantView;
  sort: TenantSort;
  order?: "asc" | "desc";
  cluster?: string;
}

export interface TenantList extends Found {
  rows: TenantRow[];
}

/** What the words and the scope find, whatever the view and the order. */
interface Found {
  counts: Record<TenantView, number>;
  severities: Record<Severity, number>;
}

const FROM_A: readonly TenantSort[] = ["name", "tier", "model"];

/** The tenants a filter finds, sorted: names from a, what is worst or largest first, unless said otherwise. */
export function listOf(fleet: FleetSnapshot, filter: TenantFilter): TenantList {
  const { view, sort, order } = filter;
  const { found, counts, severities } = foundBy(fleet, filter);
  const shown = view === "all" ? found : filterTenants(found, { tests: [] }, view, aboutIn(fleet));
  return { rows: sortTenants(shown, sort, order ?? (FROM_A.includes(sort) ? "asc" : "desc")), counts, severities };
}

/** Counted once for all lists that differ in view and order alone. */
function foundBy(fleet: FleetSnapshot, { q, cluster }: TenantFilter): Found & { found: TenantRow[] } {
  return perFleet(fleet, JSON.stringify(["tenants-found", q, cluster ?? null]), () => {
    const about = aboutIn(fleet);
    const all: TenantRow[] = [];
    for (const { row } of fleet.tenants.values()) {
      if (cluster === undefined || about(row.id).clusters.includes(cluster)) all.push(row);
    }
    const found = q === "" ? all : filterTenants(all, parseTenantQuery(q), "all", about);
    return { found, counts: countTenantViews(found, about), severities: countSeverities(found) };
  });
}

function aboutIn({ tenants }: FleetSnapshot): AboutTenant {
  return (tenantId) => {
    const { tenant, conditions } = tenants.get(tenantId) ?? NOBODY;
    return { clusters: tenant.placements.map(({ cluster }) => cluster), rules: conditions.map(({ rule }) => rule) };
  };
}

const NOBODY = { tenant: { placements: [] }, conditions: [] } satisfies { tenant: Pick<Tenant, "placements">; conditions: unknown[] };

function countSeverities(rows: readonly TenantRow[]): Record<Severity, number> {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { attention } of rows) if (attention !== null) counts[attention.severity] += 1;
  return counts;
}
