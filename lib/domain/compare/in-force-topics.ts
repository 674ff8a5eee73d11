import { formatDollars } from "@/lib/domain/cost/cost-words";
import { costOf } from "@/lib/domain/cost/fleet-cost";
import { formatBytes, formatCount, formatCountOf } from "@/lib/domain/format";
import { capabilityOf, cellOn } from "@/lib/domain/isolation";
import { isKnown, sumObserved, unavailable } from "@/lib/domain/observed";
import type { PlaceAnswer, PlaceQuestion } from "./in-force";

/** What deleting the tenant would touch. */
export function erasureInForce({ place: { topics, groups, cluster } }: PlaceQuestion): PlaceAnswer {
  if (cluster?.metadata == null) return unread();
  if (topics.length === 0) return { state: "has", sentence: "It has no topic here, so there is nothing to delete." };
  const none = unavailable("", "", cluster.at);
  const size = sumObserved(
    topics.map(({ sizeWithReplicasBytes }) => sizeWithReplicasBytes),
    none,
  );
  const bytes = isKnown(size) ? `${size.atLeast ? "at least " : ""}${formatBytes(size.value)} with replicas` : "of unknown size";
  const commits = groups.length === 0 ? "" : `, and the commits of ${formatCountOf(groups.length, "group")}`;
  return { state: "has", sentence: `Deleting it would remove ${formatCountOf(topics.length, "topic")}, ${bytes}${commits}.` };
}

export function partitioningInForce({ place: { model, kind, topics, clusterId }, fleet, state }: PlaceQuestion): PlaceAnswer {
  const { why } = cellOn(capabilityOf("data-partitioning"), model, kind);
  if (model !== "silo") return { state: "has", sentence: why };
  const others = [...fleet.tenants.values()].filter(
    ({ tenant }) => tenant.id !== state.tenant.id && tenant.placements.some(({ cluster }) => cluster === clusterId),
  );
  if (others.length === 0)
    return { state: "has", sentence: `${formatCountOf(topics.length, "topic")} on a cluster where no other tenant is placed.` };
  const names = others.slice(0, 3).map(({ tenant }) => tenant.name);
  const more = others.length > 3 ? ` and ${formatCount(others.length - 3)} more` : "";
  return { state: "could", sentence: `It is called a silo, and ${names.join(", ")}${more} are placed on the same cluster.` };
}

export function subscriptionInForce({ place: { groups } }: PlaceQuestion): PlaceAnswer {
  const alone = groups.filter(({ owner }) => owner.kind === "tenant");
  if (alone.length === 0) return { state: "could", sentence: "No group reads its topics alone now." };
  return { state: "has", sentence: `${formatCountOf(alone.length, "group")} of its own, reading its topics alone.` };
}

export function scalingInForce({ place: { topics } }: PlaceQuestion): PlaceAnswer {
  const counts = topics.map(({ partitions }) => partitions).filter((count) => count !== null);
  if (topics.length === 0) return { state: "could", sentence: "It has no topic here yet." };
  if (counts.length === 0) return { state: "unseen", sentence: "AWS does not tell the partitions of these topics." };
  const total = counts.reduce((sum, count) => sum + count, 0);
  const low = Math.min(...counts);
  const high = Math.max(...counts);
  const each = low === high ? `${low} each` : `${low} to ${high} each`;
  return { state: "has", sentence: `${formatCountOf(total, "partition")} in ${formatCountOf(counts.length, "topic")}, ${each}.` };
}

/** What it costs there at its use of now; a list price is what the tenant pays, not what it costs. */
export function costInForce({ place: { clusterId }, fleet, state: { tenant, tier } }: PlaceQuestion): PlaceAnswer {
  const pays =
    tier.pricePerMonth === undefined
      ? `its tier ${tier.name} has no list price`
      : `its tier ${tier.name} is sold for ${formatCount(tier.pricePerMonth)} a month`;
  const cost = costOf(fleet).tenants.get(tenant.id);
  const lines = cost?.lines.filter((line) => line.clusterId === clusterId) ?? [];
  if (lines.length === 0) {
    const missing = cost?.unpriced.find((one) => one.clusterId === clusterId && one.always !== true);
    return { state: "unseen", sentence: `${missing?.reason ?? "Nothing of its cost is known."} What it costs is not known; ${pays}.` };
  }
  const dollars = lines.reduce((sum, line) => sum + line.dollars, 0);
  return { state: "has", sentence: `${formatDollars(dollars)} a month at its use of now; ${pays}.` };
}

export function effortInForce({ place: { model, kind, cluster, topics } }: PlaceQuestion): PlaceAnswer {
  const { why, verdict } = cellOn(capabilityOf("operational-effort"), model, kind);
  const rules = cluster?.quotas == null ? "" : `, beside ${formatCountOf(topics.length, "topic")}`;
  return {
    state: verdict === "no" ? "cannot" : "has",
    sentence: model === "silo" ? `${why.replace(/\.$/, "")}: a whole cluster${rules}.` : why,
  };
}

function unread(): PlaceAnswer {
  return { state: "unseen", sentence: "The topics of this cluster have not been read." };
}
