"use client";

import { formatClock, formatUtc } from "@/components/ui/time";
import type { ChartLimit } from "./chart-data";
import type { TimeChartProps } from "./time-chart";

type SeriesTableProps = Omit<TimeChartProps, "limits"> & { limits: readonly ChartLimit[]; height: number };

/** A chart's numbers, newest first. */
export function SeriesTable({ title, times, series, limits, divisor, format, height }: SeriesTableProps) {
  const now = times.at(-1) ?? 0;
  const lines = [...series, ...limits.map((limit) => ({ key: limit.key, name: limit.label, values: limit.values }))];
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
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
