import type { OverviewHistory } from "@/lib/domain/views/overview";
import type { StoredHistory } from "@/lib/store";

/**
 * The stored sums of clusters as aligned lines, one for each cluster of `names` in their order. A cluster of which nothing is kept has an
 * empty line, so that it is seen to be missing; a step without a reading is a gap.
 */
export function overviewHistoryView(
  stored: StoredHistory,
  fromMs: number,
  toMs: number,
  names: ReadonlyMap<string, string>,
): OverviewHistory {
  const { stepMs } = stored;
  const first = Math.floor(fromMs / stepMs) * stepMs;
  const times: number[] = [];
  for (let at = first; at < toMs; at += stepMs) times.push(at);
  const clusters = [...names].map(([id, name]) => {
    const bytesPerSecond = new Array<number | null>(times.length).fill(null);
    for (const { atMs, summary } of stored.clusters.find(({ clusterId }) => clusterId === id)?.points ?? []) {
      const step = Math.round((atMs - first) / stepMs);
      const { produce } = summary;
      if (produce !== null && step >= 0 && step < times.length) bytesPerSecond[step] = produce.bytes / (60 * produce.minutesSeen);
    }
    return { id, name, bytesPerSecond };
  });
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), stepMs, times, clusters };
}
