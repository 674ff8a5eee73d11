import type { CloudSeries, PeriodSeconds, SeriesKey } from "@/lib/domain/cloud-facts";
import { choosePeriod } from "@/lib/domain/cloud-period";
import type { Problem } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Context } from "@/lib/operations/context";
import type { Grid } from "./grid";

export interface CloudPast {
  series: CloudSeries[];
  problems: Problem[];
}

const NOTHING: CloudPast = { series: [], problems: [] };

/**
 * The past of some series as CloudWatch keeps it, in periods no longer than the grid's steps where those are still kept. Asked for only
 * when somebody looks; equal questions share one answer. Empty where no account reaches the cluster, or AWS has not told its name yet.
 */
export async function readCloudPast(
  context: Context,
  snapshot: ClusterSnapshot,
  keys: readonly SeriesKey[],
  grid: Grid,
): Promise<CloudPast> {
  const region = context.aws(snapshot.clusterId);
  const [startMs] = grid.times;
  const last = grid.times.at(-1);
  if (region === null || snapshot.msk === null || keys.length === 0 || startMs === undefined || last === undefined) return NOTHING;
  const { name, kind } = snapshot.msk.cluster;
  const nowMs = context.now().getTime();
  const endMs = Math.min(last + grid.stepMs, nowMs);
  const periodSeconds = periodFor(grid.stepMs, choosePeriod(startMs, nowMs, endMs));
  const request = { clusterName: name, serverless: kind === "serverless", keys: [...keys], startMs, endMs, periodSeconds };
  const { value, problems } = await region.readSeries(request);
  return { series: value, problems };
}

/** Of the lengths that are still kept, the longest that fits into a step: fewest datapoints for the same picture. */
function periodFor(stepMs: number, kept: PeriodSeconds): PeriodSeconds {
  const fitting = ([3600, 300, 60] as const).find((period) => period * 1000 <= stepMs) ?? 60;
  return fitting > kept ? fitting : kept;
}
