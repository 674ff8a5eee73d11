import { formatSetPercent, formatSetRate } from "@/lib/domain/format";
import { splitPromise } from "@/lib/domain/quota/promise-split";
import type { QuotaHolder } from "./quota-holders";

/** A rule's value as it follows from a promise. */
export interface Split {
  /** For each broker. */
  value: number;
  promise: number;
  brokersLeading: number;
  /** "120 kB/s × 1.25 / 3 brokers = 50 kB/s a broker". */
  arithmetic: string;
  /** What all the brokers together let through; null for percents, which stand for each broker by itself. */
  ceilingBytesPerSecond: number | null;
  /** The same with one of them down; null: there is no other, or it is about percents. */
  ceilingOneDownBytesPerSecond: number | null;
}

type Shares = Pick<QuotaHolder, "placementShare" | "principalShare" | "clusterShare">;

/** Bytes per second: divided over placements, principals, and the brokers that lead. */
export function splitRate(
  promise: number,
  { placementShare, principalShare }: Shares,
  skewAllowance: number,
  brokersLeading: number,
): Split {
  const { quotaBytesPerSecond, factors, ceilingBytesPerSecond, ceilingOneDownBytesPerSecond } = splitPromise({
    promiseBytesPerSecond: promise,
    placementShares: [placementShare],
    placement: 0,
    principalShares: [principalShare],
    principal: 0,
    skewAllowance,
    brokersLeading,
  });
  const value = quotaBytesPerSecond ?? 0;
  const shares = [placementShare, principalShare, factors.skewAllowance]
    .filter((factor) => factor !== 1)
    .map((factor) => ` × ${short(factor)}`);
  const over = `${brokersLeading} ${brokersLeading === 1 ? "broker" : "brokers"}`;
  const arithmetic = `${formatSetRate(promise)}${shares.join("")} / ${over} = ${formatSetRate(value)} a broker`;
  return { value, promise, brokersLeading, arithmetic, ceilingBytesPerSecond, ceilingOneDownBytesPerSecond };
}

/**
 * Percent of one thread of a broker. Kafka counts it on each broker by itself, and so does a tier: it is divided neither over brokers
 * nor over clusters, but over the users that a tenant has on one cluster, which use the same brokers. In hundredths of a percent.
 */
export function splitPercent(promise: number, { clusterShare }: Shares, brokersLeading: number): Split {
  const value = Math.ceil(Number((promise * clusterShare * 100).toPrecision(12))) / 100;
  const share = clusterShare === 1 ? "" : ` × ${short(clusterShare)}`;
  const arithmetic = `${formatSetPercent(promise)}${share}${share === "" ? "" : ` = ${formatSetPercent(value)}`} of a thread on each broker`;
  return { value, promise, brokersLeading, arithmetic, ceilingBytesPerSecond: null, ceilingOneDownBytesPerSecond: null };
}

function short(factor: number): string {
  return String(Number(factor.toFixed(3)));
}
