import type { NoisyRow } from "@/lib/domain/views/noisy";
import type { CsvValue } from "@/lib/operations/define";

/** Shares are 0 to 1, rates bytes per second, of request time percent of a thread. */
export const NOISY_HEAD = [
  "tenant",
  "name",
  "verdict",
  "resource",
  "cluster",
  "broker",
  "share",
  "entitlement",
  "times_entitlement",
  "rate",
  "broker_rate",
  "pressure",
  "since",
  "source",
  "hour_from",
  "hour_until",
  "share_low",
  "share_high",
  "rate_low",
  "rate_high",
  "promise_bytes_per_second",
  "above_promise",
  "cannot_tell_because",
];

export function noisyCells(row: NoisyRow): CsvValue[] {
  const {
    tenantId,
    tenantName,
    verdict,
    resource,
    clusterId,
    brokerId,
    share,
    entitlement,
    times,
    rate,
    brokerRate,
    signs,
    since,
    source,
    pool,
  } = row;
  return [
    tenantId,
    tenantName,
    verdict,
    resource,
    clusterId,
    brokerId,
    share,
    entitlement,
    times,
    rate,
    brokerRate,
    signs.join("; "),
    since,
    source,
    ...poolCells(pool),
  ];
}

/** Of tenants in pools alone: the hour, and the ends of the 95 % intervals. */
function poolCells(pool: NoisyRow["pool"]): CsvValue[] {
  if (pool === null) return Array.from({ length: POOL_CELLS }, () => null);
  const { from, until, share, rateBytesPerSecond: rate, promiseBytesPerSecond, promise, because } = pool;
  const isAbove = { above: "yes", within: "no", unknown: "cannot tell", none: null }[promise];
  return [from, until, share.low, share.high, rate.low, rate.high, promiseBytesPerSecond, isAbove, because];
}

const POOL_CELLS = 9;
