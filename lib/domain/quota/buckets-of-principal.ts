import type { Principal } from "@/lib/domain/principal";
import { kafkaUserOf, principalKey, sessionOf, shortPrincipalName } from "@/lib/domain/principal-name";
import { addReading, type BucketSet, ensureBucket, fillZero } from "./bucket-set";
import { effectiveQuota, effectiveQuotaOfKind, kindOfStep } from "./effective";
import { freshMeters, METERS, type Meter, type Metering, publishes } from "./meters";
import { type Hidden, hiddenUser, QUOTAS_UNREAD, UNPUBLISHED } from "./visibility";

/** Adds the buckets of one principal. null: its traffic is counted; else why it is not. */
export function addPrincipal(principal: Principal, clientIds: readonly string[], metering: Metering, buckets: BucketSet): Hidden | null {
  const { rate } = METERS[metering.direction];
  const found = freshMeters(metering.meters.byPrincipal.get(principalKey(principal)), metering.brokers, rate);
  const name = nameOf(principal, new Set(found.map(({ fact }) => fact.user)).size);
  let sum = 0;
  for (const meter of found) sum += addMeter(meter, principal, name, clientIds, metering, buckets);
  const { hidden, bucketNames } = expectBuckets(principal, name, clientIds, found.length > 0, metering, buckets);
  if (hidden === null && publishes(metering)) {
    for (const bucket of bucketNames) fillZero(buckets, bucket, metering.brokers.fresh.keys());
  }
  if (sum > 0) return null;
  return hidden ?? (publishes(metering) ? null : UNPUBLISHED);
}

function nameOf(principal: Principal, sessions: number): string {
  if (principal.kind !== "iam-role") return `user ${principal.name}`;
  const role = `role ${shortPrincipalName(principal)}`;
  if (sessions === 0) return role;
  return `${role} (${sessions === 1 ? "1 session" : `${sessions} sessions`})`;
}

/** Sessions of a role are Kafka users of their own: where a quota binds them they have a bucket each, else their role's sum is told. */
function addMeter(
  { brokerId, fact }: Meter,
  principal: Principal,
  name: string,
  clientIds: readonly string[],
  { quotas, direction }: Metering,
  buckets: BucketSet,
): number {
  const { rate, throttle, key } = METERS[direction];
  const user = fact.user ?? principal.name;
  const kind = fact.clientId === undefined ? "user" : "pair";
  const among = fact.clientId === undefined ? clientIds : [fact.clientId];
  const quota = quotas === null ? null : effectiveQuotaOfKind(quotas, key, user, among, kind);
  const session = quota === null ? null : sessionOf(user);
  const who = session === null ? name : `role ${session.role}, session ${session.session}`;
  const bucket = fact.clientId === undefined ? who : `${who}, client-id ${fact.clientId}`;
  const bytesPerSecond = fact[rate] ?? 0;
  addReading(ensureBucket(buckets, bucket, quota), brokerId, bytesPerSecond, fact[throttle] ?? null);
  return bytesPerSecond;
}

/** Names the buckets that rules or declarations say exist, also without traffic, and whether the brokers count by them. */
function expectBuckets(
  principal: Principal,
  name: string,
  clientIds: readonly string[],
  seen: boolean,
  { quotas, direction }: Metering,
  buckets: BucketSet,
): { hidden: Hidden | null; bucketNames: string[] } {
  if (quotas === null) {
    ensureBucket(buckets, name, null);
    return { hidden: QUOTAS_UNREAD, bucketNames: [] };
  }
  const { key } = METERS[direction];
  // An empty name stands for a session that no rule names.
  const user = kafkaUserOf(principal) ?? "";
  const bucketNames: string[] = [];
  let hidden: Hidden | null = null;
  for (const clientId of clientIds.length === 0 ? [null] : clientIds) {
    const effective = effectiveQuota(quotas, key, { user, clientId });
    hidden ??= hiddenUser(quotas, key, principal.name, effective);
    const kind = effective === null ? "user" : kindOfStep(effective.step);
    // Sessions under a quota, and client-ids under a user's default client-id, have buckets of their own as soon as they are seen.
    const seenApart = seen && ((user === "" && effective !== null) || (kind === "pair" && clientId === null));
    if (kind === "client-id" || seenApart) continue;
    const pair = kind === "pair" && clientId !== null;
    const bucket = pair ? `${name}, client-id ${clientId}` : name;
    ensureBucket(buckets, bucket, effectiveQuotaOfKind(quotas, key, user, pair ? [clientId] : clientIds, kind));
    bucketNames.push(bucket);
  }
  return { hidden, bucketNames };
}
