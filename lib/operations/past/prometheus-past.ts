import type { CloudSeries, SeriesKey } from "@/lib/domain/cloud-facts";
import type { RangeSeries } from "@/lib/metrics";
import type { Context } from "@/lib/operations/context";
import type { CloudPast } from "./cloud-past";
import type { Grid } from "./grid";

const DIRECTION = { BytesInPerSec: "bytesIn", BytesOutPerSec: "bytesOut" } as const;
type RateMetric = keyof typeof DIRECTION;

const isRate = (metric: string): metric is RateMetric => metric in DIRECTION;

/**
 * Rates of brokers and topics as a Prometheus has collected them from the exporters, under CloudWatch's names so that both pasts are
 * joined in one way. null: the connection names no Prometheus, or it tells none of these.
 */
export async function readPrometheusPast(
  context: Context,
  clusterId: string,
  keys: readonly SeriesKey[],
  grid: Grid,
): Promise<CloudPast | null> {
  const read = context.prometheusPast(clusterId);
  const rates = keys.filter(({ metric }) => isRate(metric));
  const [startMs] = grid.times;
  const last = grid.times.at(-1);
  if (read === null || rates.length === 0 || startMs === undefined || last === undefined) return null;
  const topics = [...new Set(rates.flatMap(({ topic }) => (topic === undefined ? [] : [topic])))];
  const query = topics.length === 0 ? { kind: "broker" as const } : { kind: "topic" as const, topics };
  const { value, problems } = await read({ query, startMs, endMs: last + grid.stepMs, stepMs: grid.stepMs });
  return { series: (value ?? []).flatMap(seriesOf), problems };
}

function seriesOf(range: RangeSeries): CloudSeries[] {
  const { brokerId, topic } = range;
  return (Object.keys(DIRECTION) as RateMetric[]).map((metric) => ({
    key: { metric, brokerId, ...(topic === undefined ? {} : { topic }) },
    points: range[DIRECTION[metric]].map(({ atMs, bytesPerSecond }) => ({ atMs, value: bytesPerSecond })),
    status: "complete",
  }));
}
