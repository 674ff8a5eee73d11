"use client";

import { type ReactNode, useMemo } from "react";
import { formatByteRate, formatMilliseconds, formatPercent } from "@/lib/domain/format";
import { type ChartSeries, highestOf, lastKnown } from "./chart-data";
import type { ChartMark } from "./chart-marks";
import { formatAxis } from "./rate-chart";
import { seriesColors } from "./series-colors";
import { TimeChart } from "./time-chart";

export interface MetricLine {
  key: string;
  name: string;
  values: readonly (number | null)[];
}

export type MetricKind = "rate" | "share" | "milliseconds";

interface MetricChartProps {
  title: string;
  note?: string;
  /** How the numbers are known. */
  source?: ReactNode;
  /** rate: bytes per second; share: 0 to 1. */
  kind: MetricKind;
  times: readonly number[];
  lines: readonly MetricLine[];
  /** Keys of all lines of the page, so that each keeps its colour from chart to chart. */
  palette: readonly string[];
  marks?: readonly ChartMark[];
  nothing: string;
  height?: number;
  group?: string;
  onSelect?: (fromMs: number, toMs: number) => void;
}

interface Scale {
  unit: string;
  rawUnit: string;
  divisor: number;
  words: (value: number) => string;
}

const SHARE: Scale = { unit: "%", rawUnit: "share of 1", divisor: 0.01, words: formatPercent };
const MILLISECONDS: Scale = { unit: "ms", rawUnit: "milliseconds", divisor: 1, words: formatMilliseconds };
const MEGABYTES: Scale = { unit: "MB/s", rawUnit: "bytes per second", divisor: 1e6, words: formatByteRate };
const KILOBYTES: Scale = { ...MEGABYTES, unit: "kB/s", divisor: 1e3 };

function scaleOf(kind: MetricKind, highest: number): Scale {
  if (kind === "share") return SHARE;
  if (kind === "milliseconds") return MILLISECONDS;
  return highest >= MEGABYTES.divisor ? MEGABYTES : KILOBYTES;
}

/** One measure of several brokers or clusters over time. */
export function MetricChart({ kind, lines, palette, title, ...rest }: MetricChartProps) {
  const series = useMemo<ChartSeries[]>(() => {
    const colors = seriesColors(palette);
    return lines.map(({ key, name, values }) => ({ key, name, values, color: colors.get(key) ?? "rest" }));
  }, [lines, palette]);
  const { unit, rawUnit, divisor, words } = scaleOf(kind, highestOf(series, []));
  const ends = series.flatMap(({ name, values }) => {
    const last = lastKnown(values);
    return last === null ? [] : [`${name} ${words(last)}`];
  });
  return (
    <TimeChart
      {...rest}
      title={title}
      unit={unit}
      rawUnit={rawUnit}
      divisor={divisor}
      series={series}
      format={formatAxis}
      summary={`${title}. Last: ${ends.length === 0 ? "no readings" : ends.join(", ")}.`}
    />
  );
}
