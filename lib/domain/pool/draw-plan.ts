import { endAt } from "@/lib/domain/lag/end-at";
import { timeBehind } from "@/lib/domain/lag/time-behind";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Stratum } from "./shares";

/** Bounds of what is drawn of one topic in an hour. */
export const DRAW_BOUNDS = {
  partitionsPerTopic: 12,
  drawsPerTopic: 72,
  /** So many more where somebody's share is close to a promise. */
  drawsPerTopicClose: 144,
  drawsPerPartitionMin: 4,
  bytesPerDraw: 64 * 1024,
  /** A batch with more records than this is counted by its first ones. */
  recordsPerBatch: 1_000,
  /** Offsets before the end that are drawn from: what was written lately is in the brokers' memory, and nothing cold is read. */
  tailOffsets: 20_000n,
} as const;

export interface DrawPlan {
  strata: Stratum[];
  /** Offsets to look at, each partition's in turn. */
  draws: { partition: number; offset: bigint }[];
  /**
   * Every record that can be drawn is of the hour that was asked for, and all of these partitions' since `sinceMs` can be, milliseconds since
   * 1970; `part` of the hour's records, 0 to 1, lies in these partitions. null: it is not known how old what can be drawn is.
   */
  ofHour: { sinceMs: number; part: number } | null;
}

/** The hour whose records are wanted. */
interface Hour {
  fromMs: number;
  untilMs: number;
}

interface Drawable {
  partition: number;
  /** Drawn from: `low` and `span` offsets from there on. */
  low: bigint;
  span: number;
  /** Records that the draws stand for. */
  offsets: number;
  /** Since when all records of the partition are among them. */
  sinceMs: number;
}

type Known = Pick<ClusterSnapshot, "starts" | "ends"> & Partial<Pick<ClusterSnapshot, "endHistory" | "parts">>;

/**
 * Random offsets of the hour's records, near its end, of each partition, the fullest partitions of many; each offset of a partition with the
 * same chance. Where the ends of the hour are not known, or nothing was written in it, they are of what lies near the end now.
 */
export function planDraws(
  cluster: Known,
  topic: string,
  random: () => number,
  drawsPerTopic: number = DRAW_BOUNDS.drawsPerTopic,
  hour: Hour | null = null,
): DrawPlan {
  const ofHour = hour === null ? null : drawableIn(cluster, topic, hour);
  const isOfHour = ofHour !== null && ofHour.length > 0;
  const filled = isOfHour ? ofHour : drawable(cluster, topic);
  const chosen = filled.toSorted((a, b) => b.offsets - a.offsets || a.partition - b.partition).slice(0, DRAW_BOUNDS.partitionsPerTopic);
  const each = Math.max(DRAW_BOUNDS.drawsPerPartitionMin, Math.floor(drawsPerTopic / Math.max(1, chosen.length)));
  return {
    strata: chosen.map(({ partition, offsets }) => ({ partition, offsets })),
    draws: chosen.flatMap(({ partition, low, span }) =>
      Array.from({ length: each }, () => ({ partition, offset: low + BigInt(Math.floor(random() * span)) })),
    ),
    ofHour: isOfHour ? { sinceMs: Math.max(...chosen.map(({ sinceMs }) => sinceMs)), part: offsetsOf(chosen) / offsetsOf(filled) } : null,
  };
}

function offsetsOf(drawn: readonly Drawable[]): number {
  return drawn.reduce((sum, { offsets }) => sum + offsets, 0);
}

function drawable({ starts, ends }: Known, topic: string): Drawable[] {
  const from = starts.get(topic) ?? [];
  return (ends.get(topic) ?? []).flatMap((end, partition) => {
    const start = from[partition] ?? 0n;
    if (end === null || end <= start) return [];
    const low = tailOf(start, end);
    const span = Number(end - low);
    return [{ partition, low, span, offsets: span, sinceMs: Number.NEGATIVE_INFINITY }];
  });
}

/** null: of some partition it is not known where its end was. */
function drawableIn(cluster: Known, topic: string, { fromMs, untilMs }: Hour): Drawable[] | null {
  const { starts, ends, endHistory, parts } = cluster;
  const readAtMs = Date.parse(parts?.offsets.at ?? "");
  if (Number.isNaN(readAtMs)) return null;
  const found: Drawable[] = [];
  for (const [partition, end] of (ends.get(topic) ?? []).entries()) {
    if (end === null) return null;
    const points = endHistory?.get(topic)?.[partition] ?? [];
    const began = endAt(points, end, readAtMs, fromMs).offset;
    const ended = endAt(points, end, readAtMs, untilMs).offset;
    if (began === null || ended === null) return null;
    const start = starts.get(topic)?.[partition] ?? 0n;
    const first = began > start ? began : start;
    if (ended <= first) continue;
    const low = tailOf(first, ended);
    const behindMs = timeBehind(points, low, end, readAtMs)?.ms ?? null;
    const since = low === began || behindMs === null ? fromMs : Math.max(fromMs, readAtMs - behindMs);
    found.push({ partition, low, span: Number(ended - low), offsets: Number(ended - began), sinceMs: since });
  }
  return found;
}

function tailOf(start: bigint, end: bigint): bigint {
  return end - start > DRAW_BOUNDS.tailOffsets ? end - DRAW_BOUNDS.tailOffsets : start;
}
