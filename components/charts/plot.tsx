"use client";

import { useMemo, useState } from "react";
import { Area, CartesianGrid, ComposedChart, Line, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { bandKey, type ChartLimit, type ChartSeries, chartRows, highestOf, isAlone, limitKey, valueKey } from "./chart-data";
import type { ChartMark } from "./chart-marks";
import { BOTTOM_PX, LEFT_PX, RIGHT_PX, TOP_PX } from "./plot-box";
import { LimitLabels, SeriesLabels } from "./plot-labels";
import { PlotMarks } from "./plot-marks";
import { Readout } from "./readout";
import { timeTicks, timeTickWords, valueTicks } from "./scales";
import { strokeOf } from "./series-colors";
import type { TimeChartProps } from "./time-chart";

type PlotProps = Omit<TimeChartProps, "limits" | "marks"> & { limits: readonly ChartLimit[]; marks: readonly ChartMark[]; height: number };

interface Drag {
  from: number;
  to: number;
}

function toTime(label: string | number | undefined): number | null {
  const at = Number(label);
  return label === undefined || Number.isNaN(at) ? null : at;
}

/** Dragging over the plot: the marked span, and the handlers that follow the pointer. */
function useDrag(onSelect: TimeChartProps["onSelect"]) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const start = (state: { activeLabel?: string | number | undefined }) => {
    const at = toTime(state.activeLabel);
    if (onSelect && at !== null) setDrag({ from: at, to: at });
  };
  const move = (state: { activeLabel?: string | number | undefined }) => {
    const at = toTime(state.activeLabel);
    if (drag !== null && at !== null && at !== drag.to) setDrag({ ...drag, to: at });
  };
  const end = () => {
    if (drag !== null && drag.from !== drag.to) onSelect?.(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to));
    setDrag(null);
  };
  return { drag, start, move, end, cancel: () => setDrag(null) };
}

interface DotPoint {
  index?: number;
  cx?: number;
  cy?: number;
}

/** A single reading between two gaps is a point; all others are in the line. */
function LonePoint({ point: { index = -1, cx, cy }, line }: { point: DotPoint; line: ChartSeries }) {
  if (cx === undefined || cy === undefined || !isAlone(line.values, index)) return <g />;
  return <circle cx={cx} cy={cy} r={1.5} fill={strokeOf(line.color)} stroke="none" />;
}

/** The drawing of a time chart. The only module that needs the chart library; loaded when a chart is shown. */
export function Plot({ title, summary, times, series, limits, marks, divisor, format, height, nothing, group, onSelect }: PlotProps) {
  const rows = useMemo(() => chartRows(times, series, limits, divisor), [times, series, limits, divisor]);
  const { drag, start, move, end, cancel } = useDrag(onSelect);
  const from = times[0] ?? 0;
  const to = times.at(-1) ?? 1;
  const ticks = valueTicks(highestOf(series, limits) / divisor);
  const top = ticks.at(-1) ?? 1;
  const empty = series.every((line) => line.values.every((value) => value === null));
  return (
    <div className="plot" style={{ height: height + BOTTOM_PX }}>
      <ResponsiveContainer width="100%" height={height + BOTTOM_PX}>
        <ComposedChart
          data={rows}
          margin={{ top: TOP_PX, right: RIGHT_PX, bottom: 0, left: 0 }}
          title={title}
          desc={summary}
          {...(group === undefined ? {} : { syncId: group })}
          onMouseDown={start}
          onMouseMove={move}
          onMouseUp={end}
          onMouseLeave={cancel}
        >
          <CartesianGrid vertical={false} />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={[from, to]}
            ticks={timeTicks(from, to)}
            tickFormatter={(at: number) => timeTickWords(at, to - from)}
            height={BOTTOM_PX}
            axisLine={false}
            tickLine={false}
            interval="preserveStartEnd"
          />
          <YAxis width={LEFT_PX} domain={[0, top]} ticks={ticks} tickFormatter={format} axisLine={false} tickLine={false} interval={0} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--line-strong)", strokeWidth: 1 }}
            content={({ active, label }) =>
              active ? <Readout at={toTime(label)} times={times} series={series} limits={limits} divisor={divisor} format={format} /> : null
            }
          />
          {series.map((line, index) =>
            line.max === undefined || line.color === "rest" ? null : (
              <Area
                key={`band ${line.key}`}
                dataKey={bandKey(index)}
                stroke="none"
                fill={strokeOf(line.color)}
                fillOpacity={0.16}
                isAnimationActive={false}
                activeDot={false}
                tooltipType="none"
              />
            ),
          )}
          {limits.map((limit, index) => (
            <Line
              key={limit.key}
              dataKey={limitKey(index)}
              type="stepAfter"
              stroke="var(--limit)"
              strokeWidth={1.25}
              strokeDasharray="5 4"
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
          {series.map((line, index) => (
            <Line
              key={line.key}
              dataKey={valueKey(index)}
              stroke={strokeOf(line.color)}
              strokeWidth={line.color === "rest" ? 1 : 1.5}
              dot={(point: DotPoint) => <LonePoint key={point.index} point={point} line={line} />}
              activeDot={{ r: 3, strokeWidth: 0 }}
              isAnimationActive={false}
            />
          ))}
          {drag !== null && drag.from !== drag.to ? (
            <ReferenceArea x1={drag.from} x2={drag.to} fill="var(--accent)" fillOpacity={0.14} stroke="none" />
          ) : null}
        </ComposedChart>
      </ResponsiveContainer>
      <LimitLabels times={times} limits={limits} divisor={divisor} format={format} top={top} height={height} />
      <SeriesLabels series={series} divisor={divisor} format={format} top={top} height={height} />
      <PlotMarks marks={marks} from={from} to={to} height={height} />
      {empty ? <p className="plot-nothing">{nothing}</p> : null}
    </div>
  );
}
