"use client";

import { useMemo } from "react";
import { formatCount, formatCountOf, formatDuration } from "@/lib/domain/format";
import { type ChartLimit, type ChartSeries, highestOf, lastKnown } from "./chart-data";
import type { ChartMark } from "./chart-marks";
import { formatAxis } from "./rate-chart";
import { TimeChart } from "./time-chart";

interface LagChartProps {
  title: string;
  note?: string;
  times: readonly number[];
  values: readonly (number | null)[];
  /** `time`: milliseconds behind; `records`: records behind. */
  kind: "time" | "records";
  /** The tier's objective in milliseconds; only where the values are times. */
  objectiveMs?: number | null;
  marks?: readonly ChartMark[];
  nothing: string;
  height?: number;
  group?: string;
  onSelect?: (fromMs: number, toMs: number) => void;
}

const UNITS: { unit: string; divisor: number; from: number }[] = [
  { unit: "days", divisor: 86_400_000, from: 2 * 86_400_000 },
  { unit: "hours", divisor: 3_600_000, from: 2 * 3_600_000 },
  { unit: "minutes", divisor: 60_000, from: 2 * 60_000 },
  { unit: "seconds", divisor: 1000, from: 0 },
];
const RECORDS = { unit: "records", divisor: 1, from: 0 };
const SECONDS = { unit: "seconds", divisor: 1000, from: 0 };

function summarise(title: string, kind: "time" | "records", values: readonly (number | null)[]): string {
  const last = lastKnown(values);
  if (last === null) return `${title}. No readings.`;
  return `${title}. Last: ${kind === "time" ? formatDuration(last) : formatCountOf(last, "record")}.`;
}

/** How far behind the worst group with members was, in time or in records. */
export function LagChart({ title, note, times, values, kind, objectiveMs = null, marks, nothing, height, group, onSelect }: LagChartProps) {
  const series = useMemo<ChartSeries[]>(() => [{ key: "lag", name: "Lag", color: 4, values }], [values]);
  const limits = useMemo<ChartLimit[]>(
    () => (kind === "time" && objectiveMs !== null ? [{ key: "objective", label: "objective", values: times.map(() => objectiveMs) }] : []),
    [kind, objectiveMs, times],
  );
  const highest = highestOf(series, limits);
  const scale = kind === "records" ? RECORDS : (UNITS.find((each) => highest >= each.from) ?? SECONDS);
  return (
    <TimeChart
      title={title}
      unit={scale.unit}
      times={times}
      series={series}
      limits={limits}
      divisor={scale.divisor}
      format={kind === "records" ? formatCount : formatAxis}
      rawUnit={kind === "records" ? "records" : "milliseconds"}
      summary={summarise(title, kind, values)}
      nothing={nothing}
      {...(marks === undefined ? {} : { marks })}
      {...(note === undefined ? {} : { note })}
      {...(height === undefined ? {} : { height })}
      {...(group === undefined ? {} : { group })}
      {...(onSelect === undefined ? {} : { onSelect })}
    />
  );
}
