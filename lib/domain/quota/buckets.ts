import { type Known, type Observed, unavailable } from "@/lib/domain/observed";
import type { Principal } from "@/lib/domain/principal";
import { kafkaUserOf } from "@/lib/domain/principal-name";
import type { BucketUse } from "@/lib/domain/views/use";
import { addReading, type BucketSet, bucketUses, ensureBucket, fillZero, totalOf } from "./bucket-set";
import { addPrincipal } from "./buckets-of-principal";
import { effectiveQuota, effectiveQuotaOfKind, kindOfStep } from "./effective";
import { freshMeters, METERS, type Metering, publishes } from "./meters";
import { CLOUD_CLIENTS_HIDDEN, type Hidden, hiddenClientId, QUOTAS_UNREAD, UNPUBLISHED } from "./visibility";

/** By whom a tenant is known to the brokers of one cluster. */
export interface Identities {
  principals: readonly Principal[];
  clientIds: readonly string[];
}

/** What one cluster tells of a tenant in one direction, measured or derived. */
export interface PartUse {
  clusterId: string;
  buckets: BucketUse[];
  total: Observed<number>;
  /** Why it cannot be said how near the tenant is to a limit here; null: the buckets say it. */
  limitUnknown: string | null;
  /** Why the brokers do not count the tenant's own clients here; null: they do. */
  hidden: Hidden | null;
  note: string | null;
}

export interface MeasuredUse {
  buckets: BucketUse[];
  /** What all buckets take together; unavailable where the brokers count none of the identities. */
  total: Observed<number>;
}

/**
 * The buckets that a tenant's identities use, with the rate on every broker that tells. All label sets of one identity are added:
 * each request was counted in exactly one of them. A broker that tells about others and not about this identity saw nothing of it.
 */
export function measureIdentities({ principals, clientIds }: Identities, metering: Metering): MeasuredUse {
  const { brokers, clusterId, unread, at } = metering;
  const buckets: BucketSet = new Map();
  const outcomes: (Hidden | null)[] = [];
  for (const principal of principals) outcomes.push(addPrincipal(principal, clientIds, metering, buckets));
  for (const clientId of clientIds) {
    if (bindsByClientId(clientId, principals, metering)) outcomes.push(addClientId(clientId, metering, buckets));
  }
  const uses = bucketUses(buckets, clusterId, metering.quotas !== null);
  if (brokers.at === null) return { buckets: uses, total: unavailable(unread.reason, unread.remedy, at) };
  if (brokers.derived) return { buckets: uses, total: unavailable(CLOUD_CLIENTS_HIDDEN.reason, CLOUD_CLIENTS_HIDDEN.remedy, at) };
  const hidden = outcomes.filter((outcome) => outcome !== null);
  if (hidden.length === outcomes.length) {
    const { reason, remedy } = hidden[0] ?? UNPUBLISHED;
    return { buckets: uses, total: unavailable(reason, remedy, at) };
  }
  const total: Known<number> = { source: "measured", value: totalOf(buckets), at: brokers.at };
  if (brokers.missing.length > 0 || hidden.length > 0) total.atLeast = true;
  return { buckets: uses, total };
}

/** A client-id is looked at by itself where something was counted by it, or where no rule on the tenant's users takes its place. */
function bindsByClientId(clientId: string, principals: readonly Principal[], metering: Metering): boolean {
  const { rate, key } = METERS[metering.direction];
  const { quotas } = metering;
  if (freshMeters(metering.meters.byClientId.get(clientId), metering.brokers, rate).some(({ fact }) => (fact[rate] ?? 0) > 0)) return true;
  if (principals.length === 0) return true;
  return principals.some((principal) => {
    const effective = quotas === null ? null : effectiveQuota(quotas, key, { user: kafkaUserOf(principal) ?? "", clientId });
    return effective !== null && kindOfStep(effective.step) === "client-id";
  });
}

function addClientId(clientId: string, metering: Metering, buckets: BucketSet): Hidden | null {
  const { quotas, brokers, meters, direction } = metering;
  const { rate, throttle, key } = METERS[direction];
  const quota = quotas === null ? null : effectiveQuotaOfKind(quotas, key, null, [clientId], "client-id");
  const name = `client-id ${clientId}`;
  const bucket = ensureBucket(buckets, name, quota);
  let sum = 0;
  for (const { brokerId, fact } of freshMeters(meters.byClientId.get(clientId), brokers, rate)) {
    sum += fact[rate] ?? 0;
    addReading(bucket, brokerId, fact[rate] ?? 0, fact[throttle] ?? null);
  }
  const hidden = quotas === null ? QUOTAS_UNREAD : hiddenClientId(quotas, key, clientId);
  if (hidden === null && publishes(metering)) fillZero(buckets, name, brokers.fresh.keys());
  if (sum > 0) return null;
  return hidden ?? (publishes(metering) ? null : UNPUBLISHED);
}
