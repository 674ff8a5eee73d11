import type { PartUse } from "./quota/buckets";
import type { Direction, DirectionUse } from "./views/use";

export interface LimitInput {
  direction: Direction;
  parts: readonly PartUse[];
  /** What the tier promises to the tenant as a whole; null: nothing. */
  promiseBytesPerSecond: number | null;
  /** Since when buckets run above their quota, by `aboveQuotaKey`. */
  aboveQuotaSinceMs: ReadonlyMap<string, number>;
  nowMs: number;
  at: string;
}

/** Names one bucket on one broker, for the memory of how long it is above its quota. */
export function aboveQuotaKey(direction: Direction, clusterId: string, bucket: string, brokerId: number): string {
  return `${direction} ${clusterId} ${brokerId} ${bucket}`;
}

/** Tells of every bucket that is above its quota now. */
export function eachAboveQuota(direction: Direction, { buckets }: DirectionUse, tell: (key: string) => void): void {
  for (const { clusterId, bucket, brokers } of buckets) {
    for (const { share, brokerId } of brokers) {
      if (share !== null && share > 1) tell(aboveQuotaKey(direction, clusterId, bucket, brokerId));
    }
  }
}
