"use client";

import { formatClock, formatUtc } from "@/components/ui/time";
import type { ChartLimit } from "./chart-data";
import { type ChartMark, marksAt } from "./chart-marks";
import type { TimeChartProps } from "./time-chart";

type SeriesTableProps = Omit<TimeChartProps, "limits" | "marks"> & {
  limits: readonly ChartLimit[];
  marks: readonly ChartMark[];
  height: number;
};

/** A chart's numbers, newest first. */
export function SeriesTable({ title, times, series, limits, marks, divisor, format, height }: SeriesTableProps) {
  const now = times.at(-1) ?? 0;
  const lines = [...series, ...limits.map((limit) => ({ key: limit.key, name: limit.label, values: limit.values }))];
  const stepMs = (times[1] ?? 0) - (times[0] ?? 0);
  const steps = times.map((at, step) => ({ at, step })).toReversed();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="plot-table" style={{ maxHeight: height }} tabIndex={0} aria-label={`${title} as table`}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Time</th>
            {lines.map((line) => (
              <th scope="col" className="num" key={line.key}>
                {line.name}
              </th>
            ))}
            {marks.length > 0 ? <th scope="col">Under way</th> : null}
          </tr>
        </thead>
        <tbody>
          {steps.map(({ at, step }) => (
            <tr key={at}>
              <th scope="row" title={formatUtc(at)}>
                {formatClock(at, now)}
              </th>
              {lines.map((line) => {
                const value = line.values[step] ?? null;
                return (
                  <td className="num" key={line.key}>
                    {value === null ? <span className="tone-faint">no reading</span> : format(value / divisor)}
                  </td>
                );
              })}
              {marks.length > 0 ? (
                <td>
                  {marksAt(marks, at, stepMs)
                    .map(({ words }) => words)
                    .join("; ")}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
