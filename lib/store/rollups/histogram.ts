/** Minutes by quota use: 24 bins of 5 % up to 120 % of the quota, and one for everything above. */
export const HISTOGRAM_BINS = 25;

/**
 * In the database a histogram is three bigints with nine bins of seven bits each, so that sums of histograms are sums of numbers:
 * no bin of an hour counts more than 60 minutes, and seven bits hold 127.
 */
const BINS_PER_LANE = 9;
const BITS_PER_BIN = 7;
export const HISTOGRAM_LANES = [0, 1, 2] as const;

/** One lane of the histogram of a single minute whose quota use (1 at the limit) is the expression `use`, in SQL; null for none. */
export function laneSql(use: string, lane: number): string {
  const first = lane * BINS_PER_LANE;
  const last = Math.min(first + BINS_PER_LANE, HISTOGRAM_BINS) - 1;
  // A use is a float4: 0.35 arrives as 0.34999999 and belongs into the bin that begins there.
  const bin = `least(${last}, greatest(0, floor(${use}::float8 * 20 + 0.00001)))::int`;
  const within = [
    ...(first === 0 ? [`${use} is not null`] : [`${use} >= ${first / 20 - 0.0000005}`]),
    ...(last === HISTOGRAM_BINS - 1 ? [] : [`${use} < ${(last + 1) / 20 - 0.0000005}`]),
  ];
  return `case when ${within.join(" and ")} then 1::bigint << (${BITS_PER_BIN} * (${bin} - ${first})) end`;
}

/** In SQL the minutes of a stored histogram whose use lies between two edges of bins; `laneOf` names the column of a lane. */
export function binsSql(laneOf: (lane: number) => string, { from, to }: { from: number; to: number }): string {
  const bins = Array.from({ length: HISTOGRAM_BINS }, (_, bin) => bin).filter((bin) => bin >= from * 20 - 0.5 && bin < to * 20 - 0.5);
  const counts = bins.map((bin) => {
    const lane = Math.floor(bin / BINS_PER_LANE);
    return `(coalesce(${laneOf(lane)}, 0) >> ${BITS_PER_BIN * (bin % BINS_PER_LANE)} & 127)`;
  });
  return `(${counts.join(" + ")})::int`;
}

/** Adds up histograms given as text, `lane0:lane1:lane2` each and commas between. Empty when no minute had a quota. */
export function parseHistograms(text: string | null): number[] {
  if (text === null) return [];
  const histogram = new Array<number>(HISTOGRAM_BINS).fill(0);
  for (const one of text.split(",")) {
    one.split(":").forEach((digits, lane) => {
      let rest = BigInt(digits);
      for (let bin = lane * BINS_PER_LANE; rest > 0n; bin++, rest >>= BigInt(BITS_PER_BIN)) {
        histogram[bin] = (histogram[bin] ?? 0) + Number(rest & 127n);
      }
    });
  }
  return histogram;
}

/**
 * The quota use that the given part of the minutes (0 to 1) did not exceed, as the upper edge of its bin; Infinity when that lies
 * in the last bin, which has none. null: no minute had a quota.
 */
export function quotaUsePercentile(histogram: readonly number[], part: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let below = 0;
  const bin = histogram.findIndex((count) => {
    below += count;
    return below > 0 && below >= part * total;
  });
  return bin === HISTOGRAM_BINS - 1 ? Number.POSITIVE_INFINITY : (bin + 1) / 20;
}
