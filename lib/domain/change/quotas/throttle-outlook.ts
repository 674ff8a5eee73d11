import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import { hourKey } from "@/lib/domain/change/facts";
import { METERS } from "@/lib/domain/quota/meters";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import { type BrokerPast, brokerPasts } from "./past-rates";
import { type ClusterLimit, clusterLimit, type TenantRules } from "./rule-changes";

/** What a tenant's last hour says to its new limit on one cluster, in one direction. */
export interface ThrottleOutlook {
  tenant: TenantRules;
  cluster: ClusterFacts;
  direction: Direction;
  limit: ClusterLimit;
  /** By broker, against the limit after; null: nothing was kept of the last hour. */
  pasts: BrokerPast[] | null;
  /** `throttled`: it was above the new limit. `fits`: it was not. `looser`: the limit rises or goes. */
  verdict: "throttled" | "fits" | "looser" | "unseen";
}

/** One for each cluster and direction in which a tenant's limits change. */
export function throttleOutlooks(tenant: TenantRules, facts: PlanFacts): ThrottleOutlook[] {
  return DIRECTIONS.flatMap((direction) => {
    const { key } = METERS[direction];
    const clusters = new Set(tenant.changes.filter(({ operation }) => operation.target.key === key).map(({ cluster }) => cluster));
    return [...clusters].map((cluster) => outlook(tenant, cluster, direction, facts));
  });
}

function outlook(tenant: TenantRules, cluster: ClusterFacts, direction: Direction, facts: PlanFacts): ThrottleOutlook {
  const limit = clusterLimit(tenant, cluster, METERS[direction].key);
  const minutes = facts.pastHours.get(hourKey(tenant.basis.tenant.id, cluster.clusterId))?.minutes[direction] ?? [];
  const found = brokerPasts(minutes, limit.after);
  const pasts = found.length === 0 ? null : found;
  const looser = limit.after === null || (limit.before !== null && limit.after >= limit.before);
  const above = found.some(({ minutesAbove }) => minutesAbove > 0);
  const verdict = looser ? "looser" : pasts === null ? "unseen" : above ? "throttled" : "fits";
  return { tenant, cluster, direction, limit, pasts, verdict };
}

/** The broker that would have held it back in the most minutes, else the busiest. */
export function worstPast(pasts: readonly BrokerPast[]): BrokerPast | null {
  const [worst = null] = pasts.toSorted((a, b) => b.minutesAbove - a.minutesAbove || b.peakPerSecond - a.peakPerSecond);
  return worst;
}
