import { derived, isKnown, type Observed } from "@/lib/domain/observed";
import { kafkaUserOf } from "@/lib/domain/principal-name";
import type { BucketUse, Direction, EffectiveQuota } from "@/lib/domain/views/use";
import { brokerUse } from "./bucket-set";
import type { Identities, PartUse } from "./buckets";
import { effectiveQuota, type QuotaIndex } from "./effective";
import { METERS } from "./meters";
import type { Hidden } from "./visibility";

/** Topic series standing in for a tenant's clients, which the brokers do not count by identity. */
export interface TopicSeries {
  clusterId: string;
  direction: Direction;
  quotas: QuotaIndex | null;
  /** Bytes per second of the tenant's own topics on each broker, and together. */
  perBroker: ReadonlyMap<number, number>;
  total: Observed<number>;
  /** Why the clients themselves are not counted. */
  hidden: Hidden;
}

const READERS = "Counts every reader of its topics, not only the tenant's own.";

/**
 * Use derived from the tenant's topics. It is compared with a quota only where one identity, and so one bucket, must have caused all of
 * it; throttling cannot be seen this way.
 */
export function deriveUse(identities: Identities, series: TopicSeries): PartUse {
  const { clusterId, direction, quotas, perBroker, total, hidden } = series;
  const note = direction === "consume" ? READERS : null;
  const from = isKnown(total) ? { ...total, ...derived(total.value, total.at, `From topic series. ${note ?? ""}`.trim()) } : total;
  const named = namedQuotas(identities, direction, quotas);
  const [only] = named;
  const rates = named.length === 1 && isKnown(total) ? [...perBroker].toSorted(([a], [b]) => a - b) : [];
  const buckets: BucketUse[] = named.map(({ bucket, quota }) => ({
    clusterId,
    bucket,
    quota,
    ...(quotas === null ? { quotaUnread: true as const } : {}),
    brokers: rates.map(([brokerId, rate]) => brokerUse(brokerId, rate, "derived", quota, null)),
  }));
  const limited = named.some(({ quota }) => quota !== null);
  let limitUnknown: string | null = null;
  if (only === undefined) limitUnknown = "No principal and no client-id of this tenant is declared, so no quota can be told to be its own.";
  else if (quotas === null) limitUnknown = "The quotas of this cluster could not be read.";
  else if (limited && named.length > 1)
    limitUnknown = `Topic series cannot be divided between its ${named.length} identities. ${hidden.reason}`;
  else if (limited && !isKnown(total)) limitUnknown = total.reason;
  return { clusterId, buckets, total: from, limitUnknown, hidden, note };
}

/** Each identity with the quota that binds it: principals, or client-ids where there is no principal. */
function namedQuotas(
  { principals, clientIds }: Identities,
  direction: Direction,
  quotas: QuotaIndex | null,
): { bucket: string; quota: EffectiveQuota | null }[] {
  const { key } = METERS[direction];
  const [clientId = null] = clientIds;
  if (principals.length === 0) {
    return clientIds.map((id) => ({
      bucket: `client-id ${id}`,
      quota: quotas === null ? null : effectiveQuota(quotas, key, { user: null, clientId: id }),
    }));
  }
  return principals.map((principal) => {
    const user = kafkaUserOf(principal) ?? "";
    return {
      bucket: user === "" ? `role ${principal.name}` : `user ${user}`,
      quota: quotas === null ? null : effectiveQuota(quotas, key, { user, clientId }),
    };
  });
}
