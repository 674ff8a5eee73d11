import { operationsIn } from "@/lib/domain/cloud/msk-operations";
import type { CloudSeries, SeriesKey } from "@/lib/domain/cloud-facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { CLUSTER_SERIES, type ClusterHistory } from "@/lib/domain/views/clusters";
import type { CloudPast } from "@/lib/operations/past/cloud-past";
import { blank, firstKnown, type Grid, meansOn } from "@/lib/operations/past/grid";
import type { HistoryPoint, StoredHistory } from "@/lib/store";

type SeriesName = (typeof CLUSTER_SERIES)[number];
type Points = (number | null)[];
type Lines = Map<number | null, Points>;

interface CloudRule {
  metrics: string[];
  factor: number;
  /** No share is more than all of it. */
  most?: number;
}

/** The metrics each series is made of, added up, and what turns CloudWatch's unit into ours. */
const CLOUD: Record<SeriesName, CloudRule> = {
  bytesInPerSecond: { metrics: ["BytesInPerSec"], factor: 1 },
  bytesOutPerSecond: { metrics: ["BytesOutPerSec"], factor: 1 },
  requestHandlerIdle: { metrics: ["RequestHandlerAvgIdlePercent"], factor: 1, most: 1 },
  cpuUsedShare: { metrics: ["CpuUser", "CpuSystem"], factor: 0.01 },
  diskUsedShare: { metrics: ["KafkaDataLogsDiskUsed"], factor: 0.01 },
  produceTotalTimeMs: { metrics: ["ProduceTotalTimeMsMean"], factor: 1 },
  fetchTotalTimeMs: { metrics: ["FetchConsumerTotalTimeMsMean"], factor: 1 },
};
const OWN: Partial<Record<SeriesName, "produce" | "consume">> = { bytesInPerSecond: "produce", bytesOutPerSecond: "consume" };

export interface ClusterPast {
  snapshot: ClusterSnapshot;
  stored: StoredHistory;
  cloud: CloudPast;
  grid: Grid;
  fromMs: number;
  toMs: number;
}

/** What others are worth asking for: everything they keep and that the console has not kept itself for the whole range. */
export function missingKeys(
  snapshot: ClusterSnapshot,
  stored: StoredHistory,
  grid: Grid,
  isKeptElsewhere: (metric: string) => boolean,
): SeriesKey[] {
  const ids = brokerIds(snapshot);
  const isKept = (name: SeriesName): boolean => {
    const direction = OWN[name];
    if (direction === undefined) return false;
    const lines = [...ownLines(stored, direction, grid)];
    return lines.length > 0 && lines.every(([id, points]) => id !== null && points.every((value) => value !== null));
  };
  return CLUSTER_SERIES.filter((name) => !isKept(name))
    .flatMap((name) => CLOUD[name].metrics)
    .filter(isKeptElsewhere)
    .flatMap((metric) => ids.map((brokerId) => ({ metric, brokerId })));
}

export function clusterHistoryView(past: ClusterPast): ClusterHistory {
  const { snapshot, grid, fromMs, toMs } = past;
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    stepSeconds: grid.stepMs / 1000,
    times: grid.times.map((atMs) => new Date(atMs).toISOString()),
    series: CLUSTER_SERIES.map((name) => seriesOf(name, past)),
    operations: operationsIn(snapshot.msk?.operations ?? [], fromMs, toMs).map(({ arn: _, ...operation }) => operation),
  };
}

function seriesOf(name: SeriesName, { snapshot, stored, cloud, grid }: ClusterPast): ClusterHistory["series"][number] {
  const direction = OWN[name];
  const own: Lines = direction === undefined ? new Map() : ownLines(stored, direction, grid);
  const told = cloudLines(name, cloud.series, grid);
  // Where CloudWatch tells brokers apart, a sum of the console's own over them would count their bytes twice.
  const hasBrokers = told.size > 0 || [...own.keys()].some((id) => id !== null);
  const ids = [...new Set([...own.keys(), ...told.keys()])].filter((id) => id !== null || !hasBrokers);
  const brokers = ids
    .toSorted((a, b) => (a ?? -1) - (b ?? -1))
    .map((brokerId) => ({ brokerId, points: firstKnown(own.get(brokerId) ?? blank(grid), told.get(brokerId) ?? blank(grid)) }));
  if (brokers.every(({ points }) => points.every((value) => value === null))) {
    return { name, unavailable: whyNothing(name, snapshot, cloud), source: null, brokers: [] };
  }
  return { name, unavailable: null, source: told.size > 0 ? "derived" : "measured", brokers };
}

function ownLines(stored: StoredHistory, direction: "produce" | "consume", grid: Grid): Lines {
  const readings = new Map<number | null, { atMs: number; value: number }[]>();
  const put = (id: number | null, atMs: number, value: number | null): void => {
    if (value === null) return;
    const known = readings.get(id);
    if (known === undefined) readings.set(id, [{ atMs, value }]);
    else known.push({ atMs, value });
  };
  for (const point of stored.clusters.flatMap(({ points }) => points)) {
    if (point.brokers === null) put(null, point.atMs, meanOf(point, direction));
    else for (const { brokerId, bytesPerSecond } of point.brokers[direction]) put(brokerId, point.atMs, bytesPerSecond);
  }
  return new Map([...readings].map(([id, points]) => [id, meansOn(grid, points)]));
}

function meanOf({ summary }: HistoryPoint, direction: "produce" | "consume"): number | null {
  const part = summary[direction];
  return part === null ? null : part.bytes / (60 * part.minutesSeen);
}

/** A line for each broker; one made of several metrics has a value only where all of them have one. */
function cloudLines(name: SeriesName, series: readonly CloudSeries[], grid: Grid): Lines {
  const { metrics } = CLOUD[name];
  const byBroker = new Map<number, Points[]>();
  for (const { key, points } of series) {
    if (key.brokerId === undefined || key.topic !== undefined || !metrics.includes(key.metric)) continue;
    const parts = byBroker.get(key.brokerId) ?? [];
    parts.push(meansOn(grid, points));
    byBroker.set(key.brokerId, parts);
  }
  const whole = [...byBroker].filter(([, parts]) => parts.length === metrics.length);
  return new Map(whole.map(([id, parts]) => [id, grid.times.map((_, at) => sumAt(parts, at, CLOUD[name]))]));
}

function sumAt(parts: readonly Points[], at: number, { factor, most = Number.POSITIVE_INFINITY }: CloudRule): number | null {
  let sum = 0;
  for (const points of parts) {
    const value = points[at] ?? null;
    if (value === null) return null;
    sum += value;
  }
  return Math.min(most, sum * factor);
}

function whyNothing(name: SeriesName, snapshot: ClusterSnapshot, cloud: CloudPast): { reason: string; remedy: string } {
  const [problem] = cloud.problems;
  if (problem !== undefined) return { reason: problem.message, remedy: problem.remedy ?? "It is asked for again when somebody looks." };
  if (snapshot.msk === null) {
    return OWN[name] === undefined
      ? {
          reason: "Only CloudWatch keeps this, and no account at AWS is set for the cluster.",
          remedy: "Add the account under `aws` and the cluster's `arn` to the connections file.",
        }
      : {
          reason: "Nothing was seen in this range.",
          remedy: "The console keeps each minute from the moment it reads the brokers' exporters.",
        };
  }
  const metrics = CLOUD[name].metrics.filter((metric) => snapshot.cloud?.published.broker.includes(metric) !== true);
  const level = snapshot.msk.cluster.monitoringLevel ?? "its";
  if (metrics.length > 0 && snapshot.cloud !== null) {
    return {
      reason: `CloudWatch publishes no ${metrics.join(" and ")} of this cluster at monitoring level ${level}.`,
      remedy: "Raise the monitoring level to PER_BROKER.",
    };
  }
  return {
    reason: "CloudWatch has no datapoint in this range.",
    remedy: "Choose another range, or check that the cluster was ACTIVE then.",
  };
}

function brokerIds({ metadata, msk, knownBrokers }: ClusterSnapshot): number[] {
  const ids = new Set([
    ...knownBrokers.keys(),
    ...(metadata?.brokers ?? []).map(({ id }) => id),
    ...(msk?.nodes ?? []).map(({ brokerId }) => brokerId),
  ]);
  return [...ids].toSorted((a, b) => a - b);
}
