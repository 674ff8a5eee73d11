import type { Source } from "@/lib/domain/observed";

/** In place of a tenant's id: what all clients of a cluster do together. No tenant can have this id. */
export const WHOLE_CLUSTER = "*";

/** One broker's part in a minute. null: not seen there, or no quota. */
export interface BrokerMinute {
  brokerId: number;
  bytesPerSecond: number | null;
  quotaBytesPerSecond: number | null;
  throttleMs: number | null;
}

/** What one direction of a tenant did on one cluster in one minute. A judgement is null where it cannot be made. */
export interface DirectionMinute {
  /** How the rate came to be known: its weakest part's source. */
  source: Source;
  /** A part of the rate could not be seen, so the truth is not below it. */
  atLeast: boolean;
  bytesPerSecond: number;
  /** Rate over quota of the worst bucket on the worst broker, 1 at the limit; null: no quota, or not known. */
  quotaUse: number | null;
  worstBrokerId: number | null;
  /** At least 80 % of a quota, or at the limit; null where `quotaUse` is. */
  near: boolean | null;
  throttled: boolean | null;
  throttledBelowPromise: boolean | null;
  abovePromise: boolean | null;
  brokers: BrokerMinute[];
}

/** What was seen of a tenant on one cluster in one minute; null where nothing was, which leaves a gap and no zero. */
export interface TenantMinute {
  tenantId: string;
  produce: DirectionMinute | null;
  consume: DirectionMinute | null;
  /** The worst group with members. */
  lag: { records: number; timeMs: number | null; objectiveMissed: boolean | null } | null;
  /** Bytes of one copy. */
  storageBytes: number | null;
}

/** A direction over a span of time. Every count is of minutes. */
export interface DirectionSummary {
  source: Source;
  atLeast: boolean;
  /** Sum over the minutes that were seen. The mean rate is `bytes / (60 × minutesSeen)`. */
  bytes: number;
  maxBytesPerSecond: number;
  /** The broker of the highest use of a quota, or without quotas of the highest rate; null: not known. */
  worstBrokerId: number | null;
  maxQuotaUse: number | null;
  /** null: throttling was never measured. */
  maxThrottleMs: number | null;
  minutesSeen: number;
  /** With a quota in force. */
  minutesLimited: number;
  minutesNear: number;
  /** In which throttling could be seen at all. */
  minutesThrottleKnown: number;
  minutesThrottled: number;
  minutesThrottledBelowPromise: number;
  /** With a promise to be compared with. */
  minutesPromiseKnown: number;
  minutesAbovePromise: number;
  /** Minutes by quota use: bins of 5 %, the last for 120 % and more. Empty without a quota. */
  histogram: number[];
}

export interface LagSummary {
  maxRecords: number;
  maxTimeMs: number | null;
  minutesSeen: number;
  /** In which there was an objective and a time to compare. */
  minutesJudged: number;
  minutesMissed: number;
}

/** A tenant on one cluster over a span of time. */
export interface TenantSummary {
  produce: DirectionSummary | null;
  consume: DirectionSummary | null;
  lag: LagSummary | null;
  /** The last known in the span. */
  storageBytes: number | null;
}
