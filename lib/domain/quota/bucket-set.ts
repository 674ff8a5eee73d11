import type { BrokerUse, BucketUse, EffectiveQuota } from "@/lib/domain/views/use";

interface Reading {
  bytesPerSecond: number;
  throttleMs: number | null;
}

interface Bucket {
  quota: EffectiveQuota | null;
  brokers: Map<number, Reading>;
}

/** Buckets by name, while they are being filled. */
export type BucketSet = Map<string, Bucket>;

/** Names a bucket that may have no reading. */
export function ensureBucket(buckets: BucketSet, name: string, quota: EffectiveQuota | null): Bucket {
  let bucket = buckets.get(name);
  if (bucket === undefined) {
    bucket = { quota, brokers: new Map() };
    buckets.set(name, bucket);
  }
  return bucket;
}

/** Readings of one bucket on one broker add up, throttle times do not. */
export function addReading({ brokers }: Bucket, brokerId: number, bytesPerSecond: number, throttleMs: number | null): void {
  const before = brokers.get(brokerId);
  if (before === undefined) {
    brokers.set(brokerId, { bytesPerSecond, throttleMs });
    return;
  }
  before.bytesPerSecond += bytesPerSecond;
  if (throttleMs !== null) before.throttleMs = Math.max(before.throttleMs ?? 0, throttleMs);
}

/** The brokers that tell about others and not about this bucket saw nothing of it. */
export function fillZero(buckets: BucketSet, name: string, brokerIds: Iterable<number>): void {
  const brokers = buckets.get(name)?.brokers;
  for (const brokerId of brokerIds) if (brokers?.has(brokerId) === false) brokers.set(brokerId, { bytesPerSecond: 0, throttleMs: 0 });
}

export function totalOf(buckets: BucketSet): number {
  let sum = 0;
  for (const { brokers } of buckets.values()) for (const { bytesPerSecond } of brokers.values()) sum += bytesPerSecond;
  return sum;
}

/** `quotasRead` false: that a bucket has no quota here means that none could be read. */
export function bucketUses(buckets: BucketSet, clusterId: string, quotasRead: boolean): BucketUse[] {
  return [...buckets].map(([bucket, { quota, brokers }]): BucketUse => {
    const each = [...brokers].map(([brokerId, { bytesPerSecond, throttleMs }]) =>
      brokerUse(brokerId, bytesPerSecond, "measured", quota, throttleMs),
    );
    each.sort((a, b) => a.brokerId - b.brokerId);
    return { clusterId, bucket, quota, ...(quotasRead ? {} : { quotaUnread: true }), brokers: each };
  });
}

/** A quota of zero is a limit: whatever passes is at it. */
export function brokerUse(
  brokerId: number,
  bytesPerSecond: number,
  source: BrokerUse["source"],
  quota: EffectiveQuota | null,
  throttleMs: number | null,
): BrokerUse {
  const share = quota === null ? null : quota.value > 0 ? bytesPerSecond / quota.value : bytesPerSecond > 0 ? 1 : 0;
  return { brokerId, bytesPerSecond, source, quotaBytesPerSecond: quota?.value ?? null, share, throttleMs };
}
