import type { CloudSeries, SeriesKey } from "@/lib/domain/cloud-facts";
import type { TenantState } from "@/lib/domain/fleet";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { HistorySeries, TenantHistory } from "@/lib/domain/views/tenants";
import type { Context } from "@/lib/operations/context";
import { type Grid, gridOf, meansOn } from "@/lib/operations/past/grid";
import { isKeptElsewhere, readPast } from "@/lib/operations/past/read-past";

type Values = (number | null)[];
const METRIC = { produce: "BytesInPerSec", consume: "BytesOutPerSec" } as const;
const DIRECTIONS = ["produce", "consume"] as const;

/**
 * A tenant's past with the time before the console was there, as Prometheus or CloudWatch keep it for the tenant's own topics: derived, and asked for
 * only when a step of the range is missing. A step that the console has seen itself stays as it is, so that nothing counts twice.
 */
export async function withCloudPast(
  context: Context,
  view: TenantHistory,
  state: TenantState,
  onlyCluster: string | undefined,
): Promise<TenantHistory> {
  const grid = gridOf(Date.parse(view.from), Date.parse(view.to), view.stepMs);
  let told = view;
  for (const [clusterId, topics] of ownTopics(state, onlyCluster)) {
    const snapshot = context.fleet().clusters.get(clusterId);
    if (snapshot === undefined || !hasGap(view, clusterId)) continue;
    const { series } = await readPast(context, snapshot, keysOf(context, snapshot, topics), grid);
    told = DIRECTIONS.reduce((before, direction) => fill(before, direction, snapshot, series, grid), told);
  }
  return told;
}

function ownTopics({ topics }: TenantState, onlyCluster: string | undefined): Map<string, string[]> {
  const byCluster = new Map<string, string[]>();
  for (const { clusterId, topic, owner } of topics) {
    if (owner.kind !== "tenant" || (onlyCluster !== undefined && clusterId !== onlyCluster)) continue;
    byCluster.set(clusterId, [...(byCluster.get(clusterId) ?? []), topic]);
  }
  return byCluster;
}

function keysOf(context: Context, snapshot: ClusterSnapshot, topics: readonly string[]): SeriesKey[] {
  const { metadata, msk } = snapshot;
  const ids = metadata?.brokers.map(({ id }) => id) ?? [];
  const places = msk?.cluster.kind === "serverless" ? [{}] : ids.map((brokerId) => ({ brokerId }));
  return DIRECTIONS.map((direction) => METRIC[direction])
    .filter((metric) => isKeptElsewhere(context, snapshot, "topic", metric))
    .flatMap((metric) => topics.flatMap((topic) => places.map((place) => ({ metric, topic, ...place }))));
}

function hasGap(view: TenantHistory, clusterId: string): boolean {
  return DIRECTIONS.some((direction) => {
    const lines = linesOf(view, direction, clusterId);
    return view.times.some((_, at) => !isSeen(lines, at));
  });
}

function linesOf(view: TenantHistory, direction: "produce" | "consume", clusterId: string): HistorySeries[] {
  return view[direction].filter((line) => line.clusterId === clusterId);
}

function isSeen(lines: readonly HistorySeries[], at: number): boolean {
  return lines.some(({ values }) => (values[at] ?? null) !== null);
}

function fill(
  view: TenantHistory,
  direction: "produce" | "consume",
  { clusterId, name }: ClusterSnapshot,
  series: readonly CloudSeries[],
  grid: Grid,
): TenantHistory {
  const own = linesOf(view, direction, clusterId);
  const told = byBroker(series, METRIC[direction], grid);
  const gaps = view.times.map((_, at) => !isSeen(own, at));
  const fills = gaps.some((isGap, at) => isGap && [...told.values()].some((values) => (values[at] ?? null) !== null));
  if (!fills) return view;
  const isTotal = own.some(({ brokerId }) => brokerId === null);
  const cloudLines = isTotal ? new Map<number | null, Values>([[null, totals(told, grid)]]) : new Map<number | null, Values>(told);
  const ids = new Set([...own.map(({ brokerId }) => brokerId), ...cloudLines.keys()]);
  const lines = [...ids]
    .toSorted((a, b) => (a ?? Number.MAX_VALUE) - (b ?? Number.MAX_VALUE))
    .map((brokerId): HistorySeries => {
      const line = own.find((each) => each.brokerId === brokerId);
      const cloud = cloudLines.get(brokerId) ?? [];
      const values = gaps.map((isGap, at) => (isGap ? (cloud[at] ?? null) : (line?.values[at] ?? null)));
      const key = `${clusterId}/${brokerId ?? "all"}`;
      return { ...(line ?? { key, name: brokerId === null ? name : `broker ${brokerId}`, clusterId, brokerId }), values };
    });
  const others = view[direction].filter((line) => line.clusterId !== clusterId);
  return { ...view, [direction]: [...others, ...lines], source: view.source === "none" || view.source === "derived" ? "derived" : "mixed" };
}

/** The tenant's topics added up on each broker. CloudWatch lists a topic's series only once it had traffic, so one without a point adds nothing. */
function byBroker(series: readonly CloudSeries[], metric: string, grid: Grid): Map<number | null, Values> {
  const sums = new Map<number | null, Values>();
  for (const { key, points } of series) {
    if (key.metric !== metric) continue;
    const means = meansOn(grid, points);
    const sum = sums.get(key.brokerId ?? null);
    sums.set(key.brokerId ?? null, sum === undefined ? means : sum.map((value, at) => plus(value, means[at] ?? null)));
  }
  return sums;
}

function totals(told: ReadonlyMap<number | null, Values>, grid: Grid): Values {
  return grid.times.map((_, at) => [...told.values()].reduce<number | null>((sum, values) => plus(sum, values[at] ?? null), null));
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b;
}
