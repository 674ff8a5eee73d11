/** Everything a quota follows from, so that a person can check the arithmetic. */
export interface PromiseSplitInput {
  /** What the tier promises to the tenant as a whole. */
  promiseBytesPerSecond: number;
  /** Placements of the tenant with the share each was given, in order; `placement` is the one that is asked for. */
  placementShares: readonly (number | null)[];
  placement: number;
  principalShares: readonly (number | null)[];
  principal: number;
  skewAllowance: number;
  /** Brokers that lead at least one partition of the placement. */
  brokersLeading: number;
}

export interface PromiseSplit {
  /** Per broker, as Kafka's byte-rate quotas are; null: no broker leads anything yet, so nothing can be said. */
  quotaBytesPerSecond: number | null;
  factors: { promiseBytesPerSecond: number; placementShare: number; principalShare: number; skewAllowance: number; brokersLeading: number };
  /** What all the brokers together let through. */
  ceilingBytesPerSecond: number | null;
  /** The same with one broker down: its partitions are led by the others, its quota is gone. null with one broker or none. */
  ceilingOneDownBytesPerSecond: number | null;
}

/**
 * From promise to quota: `ceil(promise × placement share × principal share × skew allowance / brokers leading)`. A share that is not
 * given is an even part of what the given ones leave. One broker needs no room for skew. Byte-rate quotas act per broker (Kafka's
 * design documentation, "Client quotas"), so the ceiling moves when the number of leading brokers does.
 */
export function splitPromise(input: PromiseSplitInput): PromiseSplit {
  const { promiseBytesPerSecond, brokersLeading } = input;
  const placementShare = shareOf(input.placementShares, input.placement);
  const principalShare = shareOf(input.principalShares, input.principal);
  const skewAllowance = brokersLeading > 1 ? input.skewAllowance : 1;
  const factors = { promiseBytesPerSecond, placementShare, principalShare, skewAllowance, brokersLeading };
  if (brokersLeading < 1) return { quotaBytesPerSecond: null, factors, ceilingBytesPerSecond: null, ceilingOneDownBytesPerSecond: null };
  const exact = (promiseBytesPerSecond * placementShare * principalShare * skewAllowance) / brokersLeading;
  const quotaBytesPerSecond = Math.ceil(roundNoise(exact));
  return {
    quotaBytesPerSecond,
    factors,
    ceilingBytesPerSecond: quotaBytesPerSecond * brokersLeading,
    ceilingOneDownBytesPerSecond: brokersLeading > 1 ? quotaBytesPerSecond * (brokersLeading - 1) : null,
  };
}

/** The share at a position: the given one, or an even part of what the given ones leave to those without. */
export function shareOf(shares: readonly (number | null)[], position: number): number {
  const given = shares[position];
  if (given !== null && given !== undefined) return given;
  const rest = 1 - shares.reduce<number>((sum, share) => sum + (share ?? 0), 0);
  const without = shares.filter((share) => share === null).length;
  return without === 0 ? 0 : Math.max(0, rest) / without;
}

/** 0.1 + 0.2 must not cost a byte more than 0.3. */
function roundNoise(value: number): number {
  return Number(value.toPrecision(12));
}
