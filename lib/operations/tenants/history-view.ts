import type { z } from "zod";
import type { HistorySeries, TenantHistory } from "@/lib/domain/views/tenants";
import { blank, type Grid, gridOf } from "@/lib/operations/past/grid";
import type { BrokerMinute, ClusterHistory, DirectionSummary, HistoryPoint, StoredHistory } from "@/lib/store";

type Direction = "produce" | "consume";
type Values = (number | null)[];
type ClusterNames = (clusterId: string) => string;

/** A tenant's stored past as aligned series: a line for each broker where minutes are kept, one for the cluster in coarser steps. */
export function historyView(
  stored: StoredHistory,
  fromMs: number,
  toMs: number,
  clusterName: ClusterNames,
): z.output<typeof TenantHistory> {
  const grid = gridOf(fromMs, toMs, stored.stepMs);
  const lines = (direction: Direction) => stored.clusters.flatMap((cluster) => rateSeries(cluster, direction, grid, clusterName));
  const throttles = (direction: Direction) => stored.clusters.flatMap((cluster) => throttleSeries(cluster, direction, grid, clusterName));
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    stepMs: stored.stepMs,
    times: grid.times,
    produce: lines("produce"),
    consume: lines("consume"),
    produceThrottleMs: throttles("produce"),
    consumeThrottleMs: throttles("consume"),
    lagRecords: worst(stored, grid, ({ summary }) => summary.lag?.maxRecords ?? null),
    lagMs: worst(stored, grid, ({ summary }) => summary.lag?.maxTimeMs ?? null),
    storageBytes: storage(stored, grid),
    since: stored.sinceMs === null ? null : new Date(stored.sinceMs).toISOString(),
    source: sourceOf(stored),
  };
}

interface Reading {
  at: number;
  summary: DirectionSummary;
  /** Empty where only the sum over all brokers is kept. */
  brokers: readonly BrokerMinute[];
}

/** Each reading of a direction with its place in the grid; points beside the grid are left out. */
function* readings(cluster: ClusterHistory, direction: Direction, grid: Grid): Generator<Reading> {
  for (const { atMs, summary, brokers } of cluster.points) {
    const at = grid.indexOf(atMs);
    const ofDirection = summary[direction];
    if (ofDirection !== null && at >= 0 && at < grid.times.length) yield { at, summary: ofDirection, brokers: brokers?.[direction] ?? [] };
  }
}

function seriesOf(cluster: ClusterHistory, brokerId: number | null, clusterName: ClusterNames, values: Values): HistorySeries {
  const { clusterId } = cluster;
  const name = brokerId === null ? clusterName(clusterId) : `broker ${brokerId}`;
  return { key: `${clusterId}/${brokerId ?? "all"}`, name, clusterId, brokerId, values };
}

function rateSeries(cluster: ClusterHistory, direction: Direction, grid: Grid, clusterName: ClusterNames): HistorySeries[] {
  const brokers = new Map<number, { values: Values; quota: Values }>();
  const total = { values: blank(grid), max: blank(grid), seen: false };
  for (const { at, summary, brokers: parts } of readings(cluster, direction, grid)) {
    for (const broker of parts) {
      const line = brokers.get(broker.brokerId) ?? { values: blank(grid), quota: blank(grid) };
      line.values[at] = broker.bytesPerSecond;
      line.quota[at] = broker.quotaBytesPerSecond;
      brokers.set(broker.brokerId, line);
    }
    if (parts.length > 0) continue;
    total.seen = true;
    total.values[at] = summary.bytes / (60 * summary.minutesSeen);
    total.max[at] = summary.maxBytesPerSecond;
  }
  const lines = [...brokers]
    .toSorted(([a], [b]) => a - b)
    .map(([brokerId, { values, quota }]) => ({ ...seriesOf(cluster, brokerId, clusterName, values), quota }));
  return total.seen ? [...lines, { ...seriesOf(cluster, null, clusterName, total.values), max: total.max }] : lines;
}

function throttleSeries(cluster: ClusterHistory, direction: Direction, grid: Grid, clusterName: ClusterNames): HistorySeries[] {
  const lines = new Map<number | null, Values>();
  const put = (brokerId: number | null, at: number, value: number | null): void => {
    if (value === null) return;
    const values = lines.get(brokerId) ?? blank(grid);
    values[at] = value;
    lines.set(brokerId, values);
  };
  for (const { at, summary, brokers } of readings(cluster, direction, grid)) {
    if (brokers.length === 0) put(null, at, summary.maxThrottleMs);
    else for (const broker of brokers) put(broker.brokerId, at, broker.throttleMs);
  }
  return [...lines]
    .toSorted(([a], [b]) => (a ?? Number.MAX_VALUE) - (b ?? Number.MAX_VALUE))
    .map(([brokerId, values]) => seriesOf(cluster, brokerId, clusterName, values));
}

function worst(stored: StoredHistory, grid: Grid, pick: (point: HistoryPoint) => number | null): Values {
  const values = blank(grid);
  for (const point of stored.clusters.flatMap(({ points }) => points)) {
    const at = grid.indexOf(point.atMs);
    const value = pick(point);
    if (value !== null && at >= 0 && at < values.length) values[at] = Math.max(values[at] ?? value, value);
  }
  return values;
}

/** Summed over clusters; a step in which one of them was not seen stays a gap, because the rest alone would look like a loss of data. */
function storage(stored: StoredHistory, grid: Grid): Values {
  const clusters = stored.clusters.filter(({ points }) => points.some(({ summary }) => summary.storageBytes !== null));
  const parts = clusters.map((cluster) => worst({ ...stored, clusters: [cluster] }, grid, ({ summary }) => summary.storageBytes));
  return grid.times.map((_time, at) =>
    parts.length === 0 ? null : parts.reduce<number | null>((sum, values) => plus(sum, values[at] ?? null), 0),
  );
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function sourceOf(stored: StoredHistory): z.output<typeof TenantHistory>["source"] {
  const sources = new Set<string>();
  for (const { summary } of stored.clusters.flatMap(({ points }) => points)) {
    if (summary.produce !== null) sources.add(summary.produce.source);
    if (summary.consume !== null) sources.add(summary.consume.source);
  }
  const [only] = sources;
  if (only === undefined) return "none";
  return sources.size === 1 && (only === "measured" || only === "derived") ? only : "mixed";
}
