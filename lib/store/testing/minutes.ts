import type { DirectionMinute, TenantMinute } from "@/lib/store/rollups/types";

/** A direction at `bytesPerSecond` on one broker, within a quota of twice that, with everything known and nothing wrong. */
export function direction(bytesPerSecond: number, change: Partial<DirectionMinute> = {}): DirectionMinute {
  return {
    source: "measured",
    atLeast: false,
    bytesPerSecond,
    quotaUse: 0.5,
    worstBrokerId: 1,
    near: false,
    throttled: false,
    throttledBelowPromise: false,
    abovePromise: false,
    brokers: [{ brokerId: 1, bytesPerSecond, quotaBytesPerSecond: bytesPerSecond * 2, throttleMs: 0 }],
    ...change,
  };
}

export function tenantMinute(tenantId: string, change: Partial<TenantMinute> = {}): TenantMinute {
  return { tenantId, produce: null, consume: null, lag: null, storageBytes: null, ...change };
}
