import { formatClock } from "@/components/ui/time";
import type { ChartLimit, ChartSeries } from "./chart-data";

interface ReadoutProps {
  at: number | null;
  times: readonly number[];
  series: readonly ChartSeries[];
  limits: readonly ChartLimit[];
  divisor: number;
  format: (value: number) => string;
}

/** What the chart says under the crosshair. */
export function Readout({ at, times, series, limits, divisor, format }: ReadoutProps) {
  const step = at === null ? -1 : times.indexOf(at);
  if (at === null || step < 0) return null;
  const words = (values: readonly (number | null)[] | undefined): string | null => {
    const value = values?.[step] ?? null;
    return value === null ? null : format(value / divisor);
  };
  return (
    <div className="float plot-readout">
      <b>{formatClock(at, times.at(-1) ?? at)}</b>
      <dl>
        {series.map((line) => {
          const value = words(line.values);
          const max = words(line.max);
          return (
            <div key={line.key} style={{ display: "contents" }}>
              <dt className={`series-${line.color}`}>
                <i />
                <span>{line.name}</span>
              </dt>
              <dd>
                {value ?? "no reading"}
                {value !== null && max !== null && max !== value ? ` to ${max}` : null}
              </dd>
            </div>
          );
        })}
        {limits.map((limit) => {
          const value = words(limit.values);
          return value === null ? null : (
            <div key={limit.key} style={{ display: "contents" }}>
              <dt className="series-limit">
                <i />
                <span>{limit.label}</span>
              </dt>
              <dd>{value}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
