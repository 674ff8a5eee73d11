import type { PoolShares } from "@/lib/domain/pool/shares";
import { SLICE_MS } from "./gather-hour";
import type { HourSlice, Interval } from "./pool-noise";

/** What was sampled of a topic's hour: since when all of its records could be met, and which part of them lay where they were drawn. */
export type SampledHour = NonNullable<PoolShares["hour"]>;

export function totalIn(slices: readonly HourSlice[]): number {
  return slices.reduce((sum, slice) => sum + slice.in, 0);
}

/**
 * Bytes that a tenant wrote into a topic in an hour: its share of the hour's sample times what the brokers measured, slice by slice.
 *
 * A share tells of the time that was drawn from. What a slice before that carried more or less than while the share was taken may have been
 * anybody's: more goes to the upper end alone, and less is taken from the lower end. So does what lies in partitions that were not drawn
 * from. A rise of one tenant therefore never lifts the lower end of another.
 */
export function hourBytes(
  slices: readonly HourSlice[],
  share: { bytes: number; bytesError: number },
  { fromMs, sinceMs, part }: SampledHour,
): Interval {
  const low = Math.max(0, share.bytes - share.bytesError) * part;
  const high = Math.min(1, Math.min(1, share.bytes + share.bytesError) * part + (1 - part));
  const first = firstSampled(slices, fromMs, sinceMs);
  const rate = rateSince(slices, first);
  const bytes: Interval = { low: 0, value: 0, high: 0 };
  for (const [at, { in: carried, coveredMs }] of slices.entries()) {
    bytes.value += share.bytes * carried;
    const usual = at >= first ? carried : (rate * coveredMs) / 1000;
    bytes.low += Math.max(0, low * usual - Math.max(0, usual - carried));
    bytes.high += Math.min(carried, high * usual + Math.max(0, carried - usual));
  }
  return { ...bytes, value: Math.min(Math.max(bytes.value, bytes.low), bytes.high) };
}

/** Which part of the bytes could not be told whose it was, because the topic carried more or less then than while it was sampled. */
export function changedPart(slices: readonly HourSlice[], { fromMs, sinceMs }: SampledHour): number {
  const first = firstSampled(slices, fromMs, sinceMs);
  const rate = rateSince(slices, first);
  const all = totalIn(slices);
  if (all === 0) return 0;
  let changed = 0;
  for (const { in: carried, coveredMs } of slices.slice(0, first)) changed += Math.abs(carried - (rate * coveredMs) / 1000);
  return changed / all;
}

/** The first slice that was drawn from as a whole; of a sample of the hour's last moments the last one that was read, which it is nearest to. */
function firstSampled(slices: readonly HourSlice[], fromMs: number, sinceMs: number): number {
  const lastRead = slices.findLastIndex(({ coveredMs }) => coveredMs > 0);
  return Math.max(0, Math.min(lastRead, Math.ceil((sinceMs - fromMs) / SLICE_MS)));
}

/** Bytes per second while the sample was drawn from; 0: nothing was read at all. */
function rateSince(slices: readonly HourSlice[], first: number): number {
  const sampled = slices.slice(first);
  const coveredMs = sampled.reduce((sum, slice) => sum + slice.coveredMs, 0);
  return coveredMs === 0 ? 0 : (totalIn(sampled) * 1000) / coveredMs;
}
