"use client";

import { useMemo } from "react";
import { formatByteRate } from "@/lib/domain/format";
import type { HistorySeries } from "@/lib/domain/views/tenants";
import { type ChartLimit, type ChartSeries, highestOf, lastKnown } from "./chart-data";
import type { ChartMark } from "./chart-marks";
import { seriesColors } from "./series-colors";
import { TimeChart } from "./time-chart";

interface RateChartProps {
  title: string;
  note?: string;
  times: readonly number[];
  lines: readonly HistorySeries[];
  /** All lines of the page, so that a broker keeps its colour from chart to chart. */
  palette: readonly HistorySeries[];
  marks?: readonly ChartMark[];
  nothing: string;
  height?: number;
  group?: string;
  onSelect?: (fromMs: number, toMs: number) => void;
}

const MEGABYTE = 1e6;
const KILOBYTE = 1e3;

const brokerKey = (line: HistorySeries): string => `${line.clusterId}/${line.brokerId ?? line.key}`;

/** The lines of a history as a chart has them, with the colours of the page. */
export function historySeries(lines: readonly HistorySeries[], palette: readonly HistorySeries[]): ChartSeries[] {
  const colors = seriesColors(palette.map(brokerKey).toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })));
  return lines.map((line) => ({
    key: line.key,
    name: line.name,
    color: colors.get(brokerKey(line)) ?? "rest",
    values: line.values,
    ...(line.max === undefined ? {} : { max: line.max }),
  }));
}

/** Each different quota once: brokers under one rule share its line. */
export function quotaLimits(lines: readonly HistorySeries[]): ChartLimit[] {
  const groups = new Map<string, { values: readonly (number | null)[]; names: string[] }>();
  for (const line of lines) {
    if (line.quota === undefined || line.quota.every((value) => value === null)) continue;
    const same = JSON.stringify(line.quota);
    const group = groups.get(same) ?? { values: line.quota, names: [] };
    group.names.push(line.name);
    groups.set(same, group);
  }
  const single = groups.size === 1;
  return [...groups.values()].map((group, index) => ({
    key: `quota ${index}`,
    label: single ? "quota" : `quota, ${group.names.join(", ")}:`,
    values: group.values,
  }));
}

function summarise(title: string, series: readonly ChartSeries[]): string {
  const ends = series.flatMap((line) => {
    const last = lastKnown(line.values);
    return last === null ? [] : [`${line.name} ${formatByteRate(last)}`];
  });
  return `${title}. Last: ${ends.length === 0 ? "no readings" : ends.join(", ")}.`;
}

/** Rates per broker against the quota. */
export function RateChart({ title, note, times, lines, palette, marks, nothing, height, group, onSelect }: RateChartProps) {
  const series = useMemo(() => historySeries(lines, palette), [lines, palette]);
  const limits = useMemo(() => quotaLimits(lines), [lines]);
  const mega = highestOf(series, limits) >= MEGABYTE;
  return (
    <TimeChart
      title={title}
      unit={mega ? "MB/s" : "kB/s"}
      times={times}
      series={series}
      limits={limits}
      divisor={mega ? MEGABYTE : KILOBYTE}
      format={formatAxis}
      rawUnit="bytes per second"
      summary={summarise(title, series)}
      nothing={nothing}
      {...(marks === undefined ? {} : { marks })}
      {...(note === undefined ? {} : { note })}
      {...(height === undefined ? {} : { height })}
      {...(group === undefined ? {} : { group })}
      {...(onSelect === undefined ? {} : { onSelect })}
    />
  );
}

/** "0", "0.25", "4.1", "120". */
export function formatAxis(value: number): string {
  if (value === 0) return "0";
  if (value < 0.1) return Number(value.toPrecision(2)).toString();
  return value < 1 ? Number(value.toFixed(2)).toString() : value < 100 ? Number(value.toFixed(1)).toString() : Math.round(value).toString();
}
