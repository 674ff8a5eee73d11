import type { Series } from "./series-store";
import { firstAt } from "./series-store";

export const STATISTICS = ["Average", "Sum", "Minimum", "Maximum", "SampleCount"] as const;
export type Statistic = (typeof STATISTICS)[number];

export interface Point {
  atMs: number;
  value: number;
}

export interface Span {
  startMs: number;
  endMs: number;
  periodMs: number;
}

/**
 * Sums a series up over periods that are counted from the start. A period without a sample has no point.
 *
 * @returns oldest first
 */
export function aggregate({ atMs, samples }: Series, statistic: Statistic, { startMs, endMs, periodMs }: Span): Point[] {
  const points: Point[] = [];
  let bucket: number[] = [];
  let bucketMs = Number.NaN;
  const close = () => {
    if (bucket.length > 0) points.push({ atMs: bucketMs, value: statisticOf(bucket, statistic) });
    bucket = [];
  };
  for (let at = firstAt(atMs, startMs); at < atMs.length && (atMs[at] ?? 0) < endMs; at += 1) {
    const periodStartMs = startMs + Math.floor(((atMs[at] ?? 0) - startMs) / periodMs) * periodMs;
    if (periodStartMs !== bucketMs) close();
    bucketMs = periodStartMs;
    const sample = samples[at] ?? [];
    bucket.push(...(typeof sample === "number" ? [sample] : sample));
  }
  close();
  return points;
}

function statisticOf(samples: number[], statistic: Statistic): number {
  if (statistic === "SampleCount") return samples.length;
  if (statistic === "Minimum") return Math.min(...samples);
  if (statistic === "Maximum") return Math.max(...samples);
  const sum = samples.reduce((total, sample) => total + sample, 0);
  return statistic === "Sum" ? sum : sum / samples.length;
}
