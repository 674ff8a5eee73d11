import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { named } from "@/lib/domain/change/words";
import type { TenantState } from "@/lib/domain/fleet";
import { formatCountOf } from "@/lib/domain/format";
import type { Growing } from "./room";

/** A promise is split over the brokers that lead partitions of the tenant: with more of them each one's part becomes smaller. */
export function quotasSplitAnew({ tenant, tier, topics }: TenantState, { cluster }: Growing): Consequence | null {
  const { metadata } = cluster.snapshot;
  if (metadata === null || (tier.produceBytesPerSecond === undefined && tier.consumeBytesPerSecond === undefined)) return null;
  const leaders = new Set<number | null>();
  for (const { clusterId, topic, owner } of topics) {
    if (clusterId !== cluster.clusterId || owner.kind !== "tenant") continue;
    for (const { leader } of metadata.topics.get(topic)?.partitions ?? []) leaders.add(leader);
  }
  leaders.delete(null);
  if (leaders.size >= metadata.brokers.length) return null;
  return consequence({
    class: "note",
    sentence: `${formatCountOf(leaders.size, "broker leads", "brokers lead")} partitions of ${named(tenant.name)} on ${cluster.name} now; with more of them its promise is split anew, and its quotas differ from that until they are set again.`,
    tenantId: tenant.id,
    clusterId: cluster.clusterId,
  });
}
