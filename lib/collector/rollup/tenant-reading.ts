import type { TenantState } from "@/lib/domain/fleet";
import { isKnown, sumObserved, unavailable } from "@/lib/domain/observed";
import { isOnlyOn, rateOn } from "@/lib/domain/rate-on";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { BucketUse, Direction, DirectionUse } from "@/lib/domain/views/use";
import type { BrokerMinute, DirectionMinute, TenantMinute } from "@/lib/store";

/** From here on a use of a quota counts as near its limit. */
const NEAR = 0.8;

/** What one reading of a cluster says of a tenant's traffic there; null: the rate is not known. */
export function directionReading(state: TenantState, clusterId: string, direction: Direction): DirectionMinute | null {
  const use = state[direction];
  const buckets = use.buckets.filter((bucket) => bucket.clusterId === clusterId);
  const rate = rateOn(state, clusterId, direction);
  if (rate === null) return null;
  const { share, brokerId } = worstOf(buckets);
  const throttled = throttledOn(buckets, use);
  const within = use.promise === null || use.promise.state === "unknown" ? null : use.promise.state === "within";
  return {
    source: rate.source,
    atLeast: rate.atLeast === true,
    bytesPerSecond: rate.value,
    quotaUse: share,
    worstBrokerId: brokerId,
    near: share === null ? null : share >= NEAR || throttled === true,
    throttled,
    throttledBelowPromise: throttled === null || within === null ? null : throttled && within,
    abovePromise: within === null ? null : !within,
    brokers: brokersOf(buckets),
  };
}

/** A tenant's worst group with members on the cluster; null: it has none whose lag is known. */
export function lagReading(state: TenantState, clusterId: string): TenantMinute["lag"] {
  const { lag, groups } = state;
  const named =
    lag.clusterId === clusterId ? groups.find((group) => group.clusterId === clusterId && group.groupId === lag.groupId) : undefined;
  const worst = named ?? worstGroup(groups.filter((group) => group.clusterId === clusterId));
  if (worst === undefined || !isKnown(worst.recordsBehind)) return null;
  const timeMs = isKnown(worst.timeBehindMs) ? Math.round(worst.timeBehindMs.value) : null;
  const objectiveMissed = timeMs === null || worst.objectiveMs === null ? null : timeMs > worst.objectiveMs;
  return { records: worst.recordsBehind.value, timeMs, objectiveMissed };
}

/** Bytes of one copy of the tenant's own topics on the cluster; null: not known as a whole. */
export function storageReading(state: TenantState, clusterId: string): number | null {
  if (isOnlyOn(state, clusterId)) return isKnown(state.storageBytes) ? Math.round(state.storageBytes.value) : null;
  const own = state.topics.filter((topic) => topic.clusterId === clusterId && topic.owner.kind === "tenant");
  const sum = sumObserved(
    own.map((topic) => topic.sizeBytes),
    NOT_KNOWN,
  );
  return isKnown(sum) ? Math.round(sum.value) : null;
}

const NOT_KNOWN = unavailable("", "", "");

function worstOf(buckets: readonly BucketUse[]): { share: number | null; brokerId: number | null } {
  let worst: { share: number | null; brokerId: number | null } = { share: null, brokerId: null };
  for (const { brokers } of buckets) {
    for (const { share, brokerId } of brokers) {
      if (share !== null && (worst.share === null || share > worst.share)) worst = { share, brokerId };
    }
  }
  return worst;
}

function throttledOn(buckets: readonly BucketUse[], use: DirectionUse): boolean | null {
  const measured = buckets.flatMap((bucket) => bucket.brokers).filter((broker) => broker.throttleMs !== null);
  if (!use.throttleVisible || measured.length === 0) return null;
  return measured.some((broker) => (broker.throttleMs ?? 0) > 0);
}

/** Several identities of the tenant on one broker as one: rates and quotas add up, and one without a quota leaves no limit. */
function brokersOf(buckets: readonly BucketUse[]): BrokerMinute[] {
  const byId = new Map<number, BrokerMinute>();
  for (const { brokerId, bytesPerSecond, quotaBytesPerSecond, throttleMs } of buckets.flatMap((bucket) => bucket.brokers)) {
    const known = byId.get(brokerId);
    if (known === undefined) {
      byId.set(brokerId, { brokerId, bytesPerSecond, quotaBytesPerSecond, throttleMs });
      continue;
    }
    known.bytesPerSecond = (known.bytesPerSecond ?? 0) + bytesPerSecond;
    known.quotaBytesPerSecond =
      known.quotaBytesPerSecond === null || quotaBytesPerSecond === null ? null : known.quotaBytesPerSecond + quotaBytesPerSecond;
    if (throttleMs !== null) known.throttleMs = Math.max(known.throttleMs ?? 0, throttleMs);
  }
  return [...byId.values()];
}

function worstGroup(groups: readonly GroupSummary[]): GroupSummary | undefined {
  let worst: GroupSummary | undefined;
  for (const group of groups) {
    if (group.hasMembers !== true || group.owner.kind !== "tenant" || !isKnown(group.recordsBehind)) continue;
    if (worst === undefined || !isKnown(worst.recordsBehind) || group.recordsBehind.value > worst.recordsBehind.value) worst = group;
  }
  return worst;
}
