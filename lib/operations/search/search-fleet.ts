import { tenantActions, topicActions } from "@/lib/domain/change/change-actions";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { paths } from "@/lib/domain/paths";
import type { Principal } from "@/lib/domain/principal";
import { shortPrincipalName } from "@/lib/domain/principal-name";
import { ownerWords } from "@/lib/operations/list/owner-filter";
import { type BestHits, bestHits, type Hit } from "./best-hits";

const KIND_WORDS: Record<Principal["kind"], string> = {
  scram: "SCRAM user",
  mtls: "certificate",
  "iam-role": "IAM role",
  "iam-user": "IAM user",
};

/**
 * Looks at every name of the fleet, which takes milliseconds for tens of thousands: an index would have to be made anew with
 * each version of the fleet, every few seconds.
 */
export function searchFleet(fleet: FleetSnapshot, query: string, max: number): Hit[] {
  const hits = bestHits(query, max);
  const clusterName = (clusterId: string): string => fleet.summaries.get(clusterId)?.name ?? clusterId;
  for (const { tenant, tier, row } of fleet.tenants.values()) {
    const { id, name } = tenant;
    hits.offer("tenant", [name, id], () => ({
      kind: "tenant",
      title: name,
      subtitle: `${id} · ${tier.name} · ${row.model}`,
      href: paths.tenant(id),
      actions: tenantActions(id, name),
    }));
  }
  for (const { id, name, sentence } of fleet.summaries.values()) {
    hits.offer("cluster", [name, id], () => ({ kind: "cluster", title: name, subtitle: sentence, href: paths.cluster(id) }));
  }
  for (const [clusterId, topics] of fleet.topics) {
    for (const { topic, owner } of topics.values()) {
      const subtitle = () => `${clusterName(clusterId)} · ${ownerWords(owner)}`;
      hits.offer("topic", [topic], () => ({
        kind: "topic",
        title: topic,
        subtitle: subtitle(),
        href: paths.topic(clusterId, topic),
        ...(owner.kind === "internal" ? {} : { actions: topicActions(clusterId, topic) }),
      }));
    }
  }
  for (const [clusterId, groups] of fleet.groups) {
    for (const { groupId, owner } of groups.values()) {
      const subtitle = () => `${clusterName(clusterId)} · ${ownerWords(owner)}`;
      hits.offer("group", [groupId], () => ({
        kind: "group",
        title: groupId,
        subtitle: subtitle(),
        href: paths.group(clusterId, groupId),
      }));
    }
  }
  offerPrincipals(fleet, hits, clusterName);
  return hits.take();
}

/** Declared principals lead to their tenant; services and SCRAM users that nobody declared lead to their cluster. */
function offerPrincipals(fleet: FleetSnapshot, hits: BestHits, clusterName: (clusterId: string) => string): void {
  const offer = (clusterId: string, principal: Principal, whose: string, href: () => string): void => {
    const { kind, name } = principal;
    const texts = kind === "iam-role" ? [name, shortPrincipalName(principal)] : [name];
    const subtitle = () => `${KIND_WORDS[kind]} on ${clusterName(clusterId)} · ${whose}`;
    hits.offer("principal", texts, () => ({ kind: "principal", title: name, subtitle: subtitle(), href: href() }));
  };
  for (const { tenant } of fleet.tenants.values()) {
    for (const { cluster, principals } of tenant.placements) {
      for (const principal of principals) offer(cluster, principal, tenant.name, () => paths.tenant(tenant.id, "access"));
    }
  }
  for (const { cluster, principal, role } of fleet.services)
    offer(cluster, principal, role === "ours" ? "ours" : "service", () => paths.cluster(cluster));
  for (const [clusterId, { scramUsers }] of fleet.clusters) {
    const declared = fleet.owners.clusters.get(clusterId);
    for (const { name } of scramUsers ?? []) {
      if (declared?.principals.has(name) || declared?.services.has(name)) continue;
      offer(clusterId, { kind: "scram", name }, "no tenant", () => paths.cluster(clusterId));
    }
  }
}
