import { isKnown, type Observed } from "@/lib/domain/observed";
import { principalKey } from "@/lib/domain/principal-name";
import type { Identities } from "@/lib/domain/quota/buckets";
import { publishes } from "@/lib/domain/quota/meters";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import { DIRECTIONS, type DirectionUse } from "@/lib/domain/views/use";
import type { TenantInput } from "./assemble-tenant";
import type { ClusterJoin } from "./cluster-join";
import type { TenantPlace } from "./tenant-places";
import type { TenantTraffic } from "./tenant-traffic";

/**
 * The traffic of a tenant on one cluster that has no topic and that no broker tells of, neither before nor now: as it was, at the time of
 * the new reading. null: it is another, or one that may be. Of a large platform most tenants are quiet most of the time.
 */
export function quietTraffic(places: readonly TenantPlace[], own: readonly TopicSummary[], input: TenantInput): TenantTraffic | null {
  const { tenant, tier, joins, previous, previousJoins, holdOnce, at } = input;
  const [place] = places;
  if (previous === undefined || place === undefined || places.length > 1 || own.length > 0) return null;
  if (previous.tenant !== tenant || previous.tier !== tier) return null;
  const join = joins.get(place.clusterId);
  const before = previousJoins?.get(place.clusterId);
  if (join?.quietStands !== true || before === undefined || before.topicsOf.own.has(tenant.id)) return null;
  if (place.own === null || place.pool !== null || isSeen(place.own, before) || isSeen(place.own, join)) return null;
  const readAt = join.brokers.at ?? at;
  const renewed = (use: DirectionUse): DirectionUse => ({ ...use, bytesPerSecond: holdOnce(again(use.bytesPerSecond, readAt, at)) });
  return {
    produce: renewed(previous.produce),
    consume: renewed(previous.consume),
    storageBytes: holdOnce(again(previous.storageBytes, at, at)),
    storageWithReplicasBytes: holdOnce(again(previous.storageWithReplicasBytes, at, at)),
    cannotSee: previous.cannotSee,
  };
}

/** Whether nothing that follows for quiet tenants has changed on a cluster but the time of its readings. */
export function sameForQuiet(before: ClusterJoin, now: Omit<ClusterJoin, "quietStands">): boolean {
  return (
    before.owners === now.owners &&
    before.blindness === now.blindness &&
    before.cluster.quotas === now.cluster.quotas &&
    (before.cluster.metadata === null) === (now.cluster.metadata === null) &&
    sameBrokers(before, now) &&
    DIRECTIONS.every((direction) => publishes(before.metering[direction]) === publishes(now.metering[direction]))
  );
}

/** Exporters only: of what CloudWatch or nobody tells, the words may change with every reading. */
function sameBrokers({ brokers: before }: Pick<ClusterJoin, "brokers">, { brokers: now }: Pick<ClusterJoin, "brokers">): boolean {
  if (before.at === null || now.at === null || before.derived || now.derived) return false;
  if (before.fresh.size !== now.fresh.size || before.missing.length !== now.missing.length) return false;
  return now.missing.every((id) => before.missing.includes(id)) && [...now.fresh.keys()].every((id) => before.fresh.has(id));
}

function isSeen({ principals, clientIds }: Identities, { meters }: ClusterJoin): boolean {
  return (
    principals.some((principal) => meters.byPrincipal.has(principalKey(principal))) || clientIds.some((id) => meters.byClientId.has(id))
  );
}

function again(observed: Observed<number>, readAt: string, at: string): Observed<number> {
  return { ...observed, at: isKnown(observed) ? readAt : at };
}
