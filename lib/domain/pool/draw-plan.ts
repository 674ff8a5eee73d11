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
}

/** Random offsets near the end of each partition, the fullest partitions of many; each offset of a partition with the same chance. */
export function planDraws(
  { starts, ends }: Pick<ClusterSnapshot, "starts" | "ends">,
  topic: string,
  random: () => number,
  drawsPerTopic: number = DRAW_BOUNDS.drawsPerTopic,
): DrawPlan {
  const from = starts.get(topic) ?? [];
  const filled = (ends.get(topic) ?? []).flatMap((end, partition) => {
    const start = from[partition] ?? 0n;
    if (end === null || end <= start) return [];
    const low = end - start > DRAW_BOUNDS.tailOffsets ? end - DRAW_BOUNDS.tailOffsets : start;
    return [{ partition, low, offsets: Number(end - low) }];
  });
  const chosen = filled.sort((a, b) => b.offsets - a.offsets || a.partition - b.partition).slice(0, DRAW_BOUNDS.partitionsPerTopic);
  const each = Math.max(DRAW_BOUNDS.drawsPerPartitionMin, Math.floor(drawsPerTopic / Math.max(1, chosen.length)));
  return {
    strata: chosen.map(({ partition, offsets }) => ({ partition, offsets })),
    draws: chosen.flatMap(({ partition, low, offsets }) =>
      Array.from({ length: each }, () => ({ partition, offset: low + BigInt(Math.floor(random() * offsets)) })),
    ),
  };
}
