import { brakedTo } from "@/lib/domain/change/active-brake";
import type { ActiveBrake } from "@/lib/domain/change/facts";
import { declaredQuotasOn, type QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import { quotaIndexOf } from "@/lib/domain/quota/effective";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { DriftItem } from "./drift-item";
import { endedOverrides } from "./ended-overrides";
import { quotaDrift } from "./quota-drift";
import { topicDrift } from "./topic-drift";

/** What of a cluster drift is told from. */
export type DriftSnapshot = Pick<ClusterSnapshot, "clusterId" | "name" | "metadata" | "knownBrokers" | "quotas" | "configs">;

/**
 * Where a tenant's live values on one cluster differ from what its tier and overrides declare, and its overrides that are over. What
 * could not be read is no drift, nor is anything of a topic that others share, nor what a brake set and takes back by itself. Pure.
 */
export function driftOf(basis: QuotaBasis, cluster: DriftSnapshot, at: string, brake?: ActiveBrake): DriftItem[] {
  const { tenant } = basis;
  if (!tenant.placements.some(({ cluster: on }) => on === cluster.clusterId)) return [];
  const items: DriftItem[] = [];
  if (cluster.quotas !== null) {
    const rules = quotaIndexOf(cluster.quotas);
    for (const quota of declaredQuotasOn(basis, cluster, at)) {
      const item = quotaDrift(quota, rules, basis, cluster);
      if (item !== null && !isBrakes(item, brake)) items.push(item);
    }
  }
  for (const { clusterId, topic, owner } of basis.topics) {
    if (clusterId === cluster.clusterId && owner.kind === "tenant") items.push(...topicDrift(basis, topic, cluster, at));
  }
  items.push(...endedOverrides(basis, cluster.clusterId, at));
  return items;
}

function isBrakes({ target, live }: DriftItem, brake: ActiveBrake | undefined): boolean {
  const written = brakedTo(brake, target);
  return written !== undefined && written.after === live;
}
