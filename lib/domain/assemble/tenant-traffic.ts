import type { TenantState } from "@/lib/domain/fleet";
import { directionUse } from "@/lib/domain/limit";
import { nothingOnce } from "@/lib/domain/nothing-once";
import { isKnown, type Known } from "@/lib/domain/observed";
import type { PartUse } from "@/lib/domain/quota/buckets";
import { type HoldOnce, same } from "@/lib/domain/same";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import type { Direction, DirectionUse } from "@/lib/domain/views/use";
import type { TenantInput } from "./assemble-tenant";
import { sharedOf } from "./holdings";
import { tenantBlindness } from "./tenant-blindness";
import { tenantParts } from "./tenant-parts";
import type { TenantPlace } from "./tenant-places";
import { tenantStorage } from "./tenant-storage";

export type TenantTraffic = Pick<
  TenantState,
  "produce" | "consume" | "poolRates" | "storageBytes" | "storageWithReplicasBytes" | "cannotSee"
>;

/** What follows from rates, quotas and sizes alone, and from nothing that groups do. */
export function tenantTraffic(places: readonly TenantPlace[], own: readonly TopicSummary[], input: TenantInput): TenantTraffic {
  const { tenant, tier, joins, memory, previous, holdOnce, nowMs, at } = input;
  const parts = { produce: partsIn("produce", places, input), consume: partsIn("consume", places, input) };
  const use = (direction: Direction, promise: number | undefined): DirectionUse =>
    sharingParts(
      previous?.[direction],
      holdOnce,
      directionUse({
        direction,
        parts: parts[direction],
        promiseBytesPerSecond: promise ?? null,
        aboveQuotaSinceMs: memory.aboveQuotaSinceMs,
        nowMs,
        at,
      }),
    );
  const shared = places.flatMap(({ clusterId, pool }) => {
    const join = joins.get(clusterId);
    return pool === null || join === undefined ? [] : sharedOf(join.topicsOf, tenant.id);
  });
  return {
    produce: use("produce", tier.produceBytesPerSecond),
    consume: use("consume", tier.consumeBytesPerSecond),
    ...poolRates(places, parts),
    storageBytes: nothingOnce(tenantStorage("sizeBytes", own, shared, places, joins, at), holdOnce),
    storageWithReplicasBytes: nothingOnce(tenantStorage("sizeWithReplicasBytes", own, shared, places, joins, at), holdOnce),
    cannotSee: same(previous?.cannotSee, holdOnce(tenantBlindness({ places, joins, parts, topics: own }))),
  };
}

/** On its only cluster a tenant's rate is its whole rate. */
function poolRates(places: readonly TenantPlace[], parts: Record<Direction, PartUse[]>): Pick<TenantTraffic, "poolRates"> {
  if (places.length < 2 || places.every(({ pool }) => pool === null)) return {};
  const of = (direction: Direction): Map<string, Known<number>> =>
    new Map(
      parts[direction].flatMap(({ clusterId, total }) =>
        isKnown(total) && (total.source === "estimated" || total.source === "reported") ? [[clusterId, total]] : [],
      ),
    );
  return { poolRates: { produce: of("produce"), consume: of("consume") } };
}

/** Of a tenant without traffic only the time of the reading is another each time. */
function sharingParts(before: DirectionUse | undefined, holdOnce: HoldOnce, now: DirectionUse): DirectionUse {
  return {
    ...now,
    bytesPerSecond: nothingOnce(now.bytesPerSecond, holdOnce),
    worst: same(before?.worst, now.worst),
    buckets: same(before?.buckets, now.buckets),
    promise: same(before?.promise, now.promise?.share ? now.promise : holdOnce(now.promise)),
    note: same(before?.note, now.note),
  };
}

/** Whether a tenant's traffic is as it was: nothing that it follows from has changed, and nothing in it counts time. */
export function trafficStands(
  previous: TenantState,
  places: readonly TenantPlace[],
  { tenant, tier, joins, previousJoins }: TenantInput,
): boolean {
  if (previous.tenant !== tenant || previous.tier !== tier || countsTime(previous.produce) || countsTime(previous.consume)) return false;
  return places.every(({ clusterId }) => {
    const join = joins.get(clusterId);
    const before = previousJoins?.get(clusterId);
    if (join === undefined || before === undefined) return join === before;
    return join.trafficStands && join.blindness === before.blindness;
  });
}

function countsTime({ worst, state }: DirectionUse): boolean {
  return (worst?.share ?? 0) > 1 || state === "at-limit" || state === "throttled-below-promise";
}

function partsIn(direction: Direction, places: readonly TenantPlace[], { tenant, joins, services, nowMs, at }: TenantInput): PartUse[] {
  return places.flatMap((place) => {
    const join = joins.get(place.clusterId);
    const topics = join?.topicsOf.own.get(tenant.id) ?? [];
    const around = { place, join, topics, services: services.get(place.clusterId) ?? [] };
    return tenantParts({ tenantId: tenant.id, ...around, direction, nowMs, at });
  });
}
