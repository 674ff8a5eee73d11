import { placementBlindness } from "@/lib/domain/blindness";
import type { PartUse } from "@/lib/domain/quota/buckets";
import type { Blindness, TopicSummary } from "@/lib/domain/views/tenants";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import type { ClusterBlindness } from "./cluster-blindness";
import type { ClusterJoin } from "./cluster-join";
import { hasIdentity, type TenantPlace } from "./tenant-places";

const CLIENTS: Record<Direction, string> = {
  produce: "What its own clients write, and whether they are throttled",
  consume: "What its own clients read, and whether they are throttled",
};

export interface TenantBlindnessInput {
  places: readonly TenantPlace[];
  joins: ReadonlyMap<string, ClusterJoin>;
  parts: Record<Direction, readonly PartUse[]>;
  topics: readonly TopicSummary[];
}

/** Everything about a tenant that cannot be seen now, with the reason and what would change it. */
export function tenantBlindness({ places, joins, parts, topics }: TenantBlindnessInput): Blindness[] {
  const blind: Blindness[] = [];
  for (const { clusterId, own, pool } of places) {
    const cluster = joins.get(clusterId)?.blindness;
    if (cluster === undefined) {
      blind.push({ what: "Everything on this cluster", ...unconnected(clusterId), clusterId });
      continue;
    }
    blind.push(...cluster.parts);
    if (pool !== null && !hasIdentity(pool)) blind.push(...hiddenInPool(parts, clusterId, cluster));
    if (own === null) continue;
    if (!hasIdentity(own)) blind.push(...placementBlindness(clusterId, "bridge", false));
    else if (cluster.metersRead) blind.push(...hiddenClients(parts, clusterId));
    if (!topics.some((topic) => topic.clusterId === clusterId)) blind.push(noTopic(clusterId));
  }
  return blind;
}

/** What is reported hides nothing; what is estimated is not exact; of what is neither nothing is seen. */
function hiddenInPool(parts: TenantBlindnessInput["parts"], clusterId: string, { pool, poolEstimated }: ClusterBlindness): Blindness[] {
  const sources = DIRECTIONS.map((direction) => parts[direction].findLast((part) => part.clusterId === clusterId)?.total.source);
  if (sources.includes("unavailable")) return pool;
  return sources.every((source) => source === "reported") ? [] : poolEstimated;
}

function hiddenClients(parts: Record<Direction, readonly PartUse[]>, clusterId: string): Blindness[] {
  return (["produce", "consume"] as const).flatMap((direction) => {
    const hidden = parts[direction].find(
      (part) => part.clusterId === clusterId && part.hidden !== null && part.limitUnknown !== part.hidden.reason,
    );
    return hidden?.hidden === undefined || hidden.hidden === null
      ? []
      : [{ what: CLIENTS[direction], reason: hidden.hidden.reason, remedy: hidden.hidden.remedy, clusterId }];
  });
}

function noTopic(clusterId: string): Blindness {
  return {
    what: "Topics of its own",
    reason: "No topic on this cluster fits the names of its placement.",
    remedy: "Check the names in the placement, or create its first topic.",
    clusterId,
  };
}

function unconnected(clusterId: string): { reason: string; remedy: string } {
  return {
    reason: `The console has no connection named ${clusterId}.`,
    remedy: "Add it to the connections file, or correct the placement.",
  };
}
