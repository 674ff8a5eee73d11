/** A batch that was drawn: Kafka hands out whole batches, so the batch is what is sampled. */
export interface DrawnBatch {
  partition: number;
  /** Records in it: a batch is met the more often the more offsets it has. */
  records: number;
  bytes: number;
  /** Of them by tenant; null stands for records that name none. */
  parts: ReadonlyMap<string | null, { records: number; bytes: number }>;
}

/** What was drawn from: offsets of each partition, each with the same chance. */
export interface Stratum {
  partition: number;
  /** Offsets that the draws stand for: those that could have been met, or all of the hour. */
  offsets: number;
}

export interface PoolShare {
  /** null: records without their tenant. */
  tenantId: string | null;
  /** Of all bytes and of all records, 0 to 1, each with the half width of its 95 % interval. */
  bytes: number;
  bytesError: number;
  records: number;
  recordsError: number;
  /** Partitions in which it was met, ascending. */
  partitions: number[];
}

/** Shares of a shared topic, estimated from random offsets near its end. */
export interface PoolShares {
  /** ISO time. */
  at: string;
  /**
   * The hour of UTC whose records alone were drawn from, and since when all of them could be met, in milliseconds since 1970; until the
   * hour's end, or `at` where that is earlier; with the part of the hour's records that lies in the partitions that were drawn from, 0 to 1.
   * Absent: it is not known how old what was drawn is.
   */
  hour?: { fromMs: number; sinceMs: number; part: number };
  draws: number;
  /** Partitions that were drawn from, ascending. */
  partitions: number[];
  /** Whoever was in none of the batches has at most this share of the records, 0 to 1, in 95 of 100 cases. */
  unmet: number;
  /** The largest first. Shares and the rest without a tenant add up to one. */
  rows: PoolShare[];
}

/** Student's t at 97.5 % by degrees of freedom, for the few draws of small topics; from 30 on it is near the normal distribution's. */
const T975 = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.1, 2.09, 2.09];
/** Fewer draws say nothing of how much they vary. */
export const DRAWS_MIN = 8;

/**
 * Shares by a ratio of Hansen and Hurwitz's estimates, stratified by partition: a random offset meets a batch with a chance in proportion
 * to its records, so each draw counts its bytes for each of its records. The interval is from the ratio's linearised variance within
 * partitions. null: too few draws.
 */
export function estimateShares(draws: readonly DrawnBatch[], strata: readonly Stratum[], at: string): PoolShares | null {
  const drawn = Map.groupBy(draws, ({ partition }) => partition);
  const used = strata.flatMap(({ partition, offsets }) => {
    const own = drawn.get(partition) ?? [];
    return own.length < 2 || offsets <= 0 ? [] : [{ partition, offsets, own }];
  });
  const count = used.reduce((sum, { own }) => sum + own.length, 0);
  if (count < DRAWS_MIN) return null;
  const tenants = new Set(used.flatMap(({ own }) => own.flatMap(({ parts }) => [...parts.keys()])));
  const rows = [...tenants].map((tenantId): PoolShare => {
    const of = (measure: "bytes" | "records") =>
      shareOf(
        used,
        count,
        (batch) => batch.parts.get(tenantId)?.[measure] ?? 0,
        (batch) => batch[measure],
      );
    const bytes = of("bytes");
    const records = of("records");
    const partitions = used.filter(({ own }) => own.some(({ parts }) => parts.has(tenantId))).map(({ partition }) => partition);
    return {
      tenantId,
      bytes: bytes.share,
      bytesError: bytes.error,
      records: records.share,
      recordsError: records.error,
      partitions: partitions.sort((a, b) => a - b),
    };
  });
  const partitions = used.map(({ partition }) => partition).sort((a, b) => a - b);
  return { at, draws: count, partitions, unmet: unmetShare(used), rows: rows.sort((a, b) => b.bytes - a.bytes) };
}

/**
 * The rule of three, by strata: who was met nowhere has with 95 % confidence at most three expected batches among those that were drawn,
 * and all of that could be where the fewest were drawn for the offsets there are.
 */
function unmetShare(used: readonly Used[]): number {
  const all = used.reduce((sum, { offsets }) => sum + offsets, 0);
  const worst = Math.max(...used.map(({ offsets, own }) => offsets / all / own.length));
  return Math.min(1, 3 * worst);
}

interface Used {
  partition: number;
  offsets: number;
  own: readonly DrawnBatch[];
}

function shareOf(
  used: readonly Used[],
  count: number,
  partOf: (batch: DrawnBatch) => number,
  wholeOf: (batch: DrawnBatch) => number,
): { share: number; error: number } {
  let part = 0;
  let whole = 0;
  for (const { offsets, own } of used) {
    part += offsets * mean(own.map((batch) => partOf(batch) / batch.records));
    whole += offsets * mean(own.map((batch) => wholeOf(batch) / batch.records));
  }
  if (whole === 0) return { share: 0, error: 0 };
  const share = part / whole;
  let variance = 0;
  for (const { offsets, own } of used) {
    const residuals = own.map((batch) => (partOf(batch) - share * wholeOf(batch)) / batch.records);
    const middle = mean(residuals);
    const spread = residuals.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (own.length - 1);
    variance += (offsets ** 2 * spread) / own.length;
  }
  const t = T975[count - used.length - 1] ?? 1.98;
  return { share, error: (t * Math.sqrt(variance)) / whole };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
