import type { Registry } from "@/lib/domain/registry";
import type { Reported } from "@/lib/domain/reported";

/** What is to be read of one tenant on one cluster. */
export interface WantedReport {
  tenantId: string;
  /** How the tenant stands in the series: as its records name it. */
  value: string;
  reported: Reported;
}

const NONE: readonly WantedReport[] = [];
const known = new WeakMap<Registry, ReadonlyMap<string, readonly WantedReport[]>>();

/** Everything that is declared to be reported on a cluster; worked out once for each version of the registry. */
export function wantedReports(registry: Registry, clusterId: string): readonly WantedReport[] {
  const byCluster = known.get(registry) ?? allWanted(registry);
  known.set(registry, byCluster);
  return byCluster.get(clusterId) ?? NONE;
}

function allWanted({ tenants }: Registry): Map<string, WantedReport[]> {
  const byCluster = new Map<string, WantedReport[]>();
  for (const { id, placements } of tenants) {
    for (const { cluster, model, reported, recordValue } of placements) {
      if (model !== "pool" || reported === undefined) continue;
      const list = byCluster.get(cluster) ?? [];
      list.push({ tenantId: id, value: recordValue ?? id, reported });
      byCluster.set(cluster, list);
    }
  }
  return byCluster;
}
