import type { Unit } from "@/sandbox/aws/cloudwatch/series-store";
import type { MonitoringLevel } from "@/sandbox/kafka/topology";

export const LEVELS: readonly MonitoringLevel[] = ["DEFAULT", "PER_BROKER", "PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"];

/** Each level publishes what the ones before it do. */
export const publishes = (level: MonitoringLevel, from: MonitoringLevel) => LEVELS.indexOf(level) >= LEVELS.indexOf(from);

/** A value for one minute, before it is known which minute and account. */
export interface Value {
  metric: string;
  dimensions: Record<string, string>;
  unit: Unit;
  sample: number | number[];
}

export const value = (metric: string, unit: Unit, dimensions: Record<string, string>, sample: number | number[]): Value => ({
  metric,
  unit,
  dimensions,
  sample,
});
