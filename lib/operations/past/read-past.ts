import type { SeriesKey } from "@/lib/domain/cloud-facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Context } from "@/lib/operations/context";
import { type CloudPast, readCloudPast } from "./cloud-past";
import type { Grid } from "./grid";
import { readPrometheusPast } from "./prometheus-past";

/** Whether anything but the console itself keeps a metric of a cluster. */
export function isKeptElsewhere(
  context: Context,
  { clusterId, cloud }: ClusterSnapshot,
  level: "broker" | "topic",
  metric: string,
): boolean {
  const isRate = metric === "BytesInPerSec" || metric === "BytesOutPerSec";
  return (isRate && context.prometheusPast(clusterId) !== null) || cloud?.published[level].includes(metric) === true;
}

/** The past that others keep: rates by the Prometheus that collects the exporters where there is one, everything else by CloudWatch. */
export async function readPast(context: Context, snapshot: ClusterSnapshot, keys: readonly SeriesKey[], grid: Grid): Promise<CloudPast> {
  const collected = await readPrometheusPast(context, snapshot.clusterId, keys, grid);
  const told = new Set(collected?.series.map(({ key }) => key.metric));
  const cloud = await readCloudPast(
    context,
    snapshot,
    keys.filter(({ metric }) => !told.has(metric)),
    grid,
  );
  return { series: [...(collected?.series ?? []), ...cloud.series], problems: [...(collected?.problems ?? []), ...cloud.problems] };
}
