import { setTimeout as delay } from "node:timers/promises";
import { readEnds, readGroups } from "@/sandbox/aws/brokers/read-groups";
import type { TopicState } from "@/sandbox/aws/brokers/read-topics";
import { readTopics } from "@/sandbox/aws/brokers/read-topics";
import type { SeriesStore } from "@/sandbox/aws/cloudwatch/series-store";
import type { MskCluster } from "@/sandbox/aws/estate/cluster";
import { scopeOf } from "@/sandbox/aws/estate/cluster";
import type { Cluster } from "@/sandbox/kafka/topology";
import { brokerValues } from "./broker-values";
import { clusterValues } from "./cluster-values";
import type { Journal } from "./journal";
import type { LagReading } from "./lag-values";
import { lagValues } from "./lag-values";
import type { Value } from "./levels";
import { readConnections } from "./machine";
import type { BrokerReading } from "./read-broker";
import { readBroker } from "./read-broker";

/** How far back the rolling estimates look. */
const ROLLING_READINGS = 5;
const KEPT_MS = 3 * 86_400_000;

export interface RecorderOptions {
  clusters: MskCluster[];
  store: SeriesStore;
  journal: Journal | null;
  stepMs: number;
  now: () => number;
  signal: AbortSignal;
}

interface Memory {
  /** Start of the minute that was read last. */
  startMs: number;
  brokers: Map<number, BrokerReading>;
  lag: LagReading[];
}

/** Reads the brokers at every boundary of a minute until the signal, and publishes what they counted since the one before. */
export async function record({ clusters, store, journal, stepMs, now, signal }: RecorderOptions): Promise<void> {
  const memories = new Map<MskCluster, Memory>(clusters.map((cluster) => [cluster, { startMs: 0, brokers: new Map(), lag: [] }]));
  while (await untilBoundary(stepMs, now, signal)) {
    const startMs = Math.round(now() / stepMs) * stepMs - stepMs;
    const connections = readConnections();
    const read = await Promise.all(
      [...memories].map(async ([cluster, memory]) => {
        const values =
          cluster.brokers === null ? [] : await minuteOf(cluster, cluster.brokers, memory, { connections, startMs, stepMs, now });
        return values.map(({ stepsBack = 0, ...point }) => ({ ...point, scope: scopeOf(cluster), atMs: startMs - stepsBack * stepMs }));
      }),
    );
    const points = read.flat();
    points.forEach(store.add);
    journal?.append(points);
    store.forget(startMs - KEPT_MS);
    journal?.forget(startMs - KEPT_MS);
  }
}

/** @returns false when the run ends */
async function untilBoundary(stepMs: number, now: () => number, signal: AbortSignal): Promise<boolean> {
  // A timer may fire a little early, which would make the same boundary come twice.
  await delay(stepMs - (now() % stepMs) + 5, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}

interface Tick {
  connections: Map<string, number>;
  startMs: number;
  stepMs: number;
  now: () => number;
}

/** A value of a minute before this one that nobody has read. */
type Point = Value & { stepsBack?: number };

/** What a cluster's brokers counted since the last reading. The first reading publishes nothing. */
async function minuteOf(cluster: MskCluster, brokers: Cluster, memory: Memory, tick: Tick): Promise<Point[]> {
  const answers = await Promise.all(brokers.nodes.map((node) => readBroker(node, tick.connections)));
  const readings = answers.filter((answer) => answer !== null);
  const { topics, lag } = await lagReading(brokers, tick.now);
  const known = readings.filter(({ brokerId }) => memory.brokers.has(brokerId));
  const steps = Math.max(1, Math.round((tick.startMs - memory.startMs) / tick.stepMs));
  const values = [
    ...readings.flatMap((reading) => {
      const before = memory.brokers.get(reading.brokerId);
      if (before === undefined) return [];
      const seconds = (steps * tick.stepMs) / 1_000;
      return overSteps(brokerValues(cluster.name, cluster.level, { before, now: reading, seconds }), steps);
    }),
    ...clusterValues(cluster.name, known, topics),
    ...(lag === null || memory.lag.length === 0 ? [] : lagValues(cluster.name, cluster.level, lag, memory.lag)),
  ];
  memory.startMs = tick.startMs;
  memory.brokers = new Map(readings.map((reading) => [reading.brokerId, reading]));
  memory.lag = lag === null ? [] : [...memory.lag, lag].slice(-ROLLING_READINGS);
  return values;
}

/** Where a busy machine missed minutes, a rate is that of each of them: what a series adds up to is what was counted. */
function overSteps(values: Value[], steps: number): Point[] {
  return values.flatMap((each) =>
    each.unit.endsWith("/Second") ? Array.from({ length: steps }, (_, at) => ({ ...each, stepsBack: steps - 1 - at })) : [each],
  );
}

/** Topics and lag as Kafka itself tells them; null when no broker answers. */
async function lagReading(brokers: Cluster, now: () => number): Promise<{ topics: TopicState[] | null; lag: LagReading | null }> {
  const topics = await readTopics(brokers).catch(() => null);
  if (topics === null) return { topics: null, lag: null };
  const groups = await readGroups(brokers);
  const atMs = now();
  const wanted = new Set(groups.flatMap(({ committed }) => [...committed.keys()]));
  return { topics, lag: { atMs, groups, ends: await readEnds(brokers, topics, wanted) } };
}
