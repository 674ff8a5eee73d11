import { type ChartLimit, type ChartSeries, lastKnown, limitSteps } from "./chart-data";
import { LEFT_PX, placeOf, RIGHT_PX } from "./plot-box";
import { spreadLabels } from "./spread-labels";

const GAP_PX = 15;
/** A step of a limit shorter than this part of the chart has no room for its label. */
const LABEL_SHARE = 0.12;

interface LabelProps {
  divisor: number;
  format: (value: number) => string;
  top: number;
  height: number;
}

/** Name and last value of each line, right of the plot at the height where the line ends. */
export function SeriesLabels({ series, divisor, format, top, height }: LabelProps & { series: readonly ChartSeries[] }) {
  const named = series.flatMap((line) => {
    const last = lastKnown(line.values);
    return last === null || line.color === "rest" ? [] : [{ line, last }];
  });
  const places = spreadLabels(
    named.map(({ last }) => placeOf(last / divisor, top, height)),
    GAP_PX,
    height,
  );
  return named.map(({ line, last }, index) => (
    <div key={line.key} className={`plot-label series-${line.color}`} style={{ top: places[index] }} aria-hidden>
      <i />
      <span className="clip" title={line.name}>
        {line.name}
      </span>
      <b>{format(last / divisor)}</b>
    </div>
  ));
}

/** What a limit is, at each of its steps. */
export function LimitLabels({
  times,
  limits,
  divisor,
  format,
  top,
  height,
}: LabelProps & { times: readonly number[]; limits: readonly ChartLimit[] }) {
  const steps = Math.max(1, times.length - 1);
  return limits.flatMap((limit) =>
    limitSteps(limit.values)
      .filter((step) => (step.last - step.first) / steps >= LABEL_SHARE)
      .map((step) => (
        <span
          key={`${limit.key} ${step.first}`}
          className="plot-limit"
          style={{
            left: `calc(${LEFT_PX + 4}px + ${step.first / steps} * (100% - ${LEFT_PX + RIGHT_PX}px))`,
            top: placeOf(step.value / divisor, top, height) - 2,
          }}
          aria-hidden
        >
          {limit.label} {format(step.value / divisor)}
        </span>
      )),
  );
}
