"use client";

import { useMemo } from "react";
import { formatMilliseconds } from "@/lib/domain/format";
import type { HistorySeries } from "@/lib/domain/views/tenants";
import { lastKnown } from "./chart-data";
import type { ChartMark } from "./chart-marks";
import { formatAxis, historySeries } from "./rate-chart";
import { TimeChart } from "./time-chart";

interface ThrottleChartProps {
  title: string;
  note?: string;
  times: readonly number[];
  lines: readonly HistorySeries[];
  palette: readonly HistorySeries[];
  marks?: readonly ChartMark[];
  nothing: string;
  height?: number;
  group?: string;
  onSelect?: (fromMs: number, toMs: number) => void;
}

/** Mean throttle time of throttled requests, per broker. */
export function ThrottleChart({ title, note, times, lines, palette, marks, nothing, height = 64, group, onSelect }: ThrottleChartProps) {
  const series = useMemo(() => historySeries(lines, palette), [lines, palette]);
  const ends = series.map((line) => `${line.name} ${formatMilliseconds(lastKnown(line.values) ?? 0)}`);
  return (
    <TimeChart
      title={title}
      unit="ms per throttled request"
      times={times}
      series={series}
      divisor={1}
      format={formatAxis}
      rawUnit="milliseconds"
      summary={`${title}. Last: ${ends.length === 0 ? "no readings" : ends.join(", ")}.`}
      nothing={nothing}
      height={height}
      {...(marks === undefined ? {} : { marks })}
      {...(note === undefined ? {} : { note })}
      {...(group === undefined ? {} : { group })}
      {...(onSelect === undefined ? {} : { onSelect })}
    />
  );
}
