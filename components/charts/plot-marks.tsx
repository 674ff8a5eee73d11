import Link from "next/link";
import { type ChartMark, placeMarks } from "./chart-marks";
import { LEFT_PX, RIGHT_PX } from "./plot-box";

interface PlotMarksProps {
  marks: readonly ChartMark[];
  from: number;
  to: number;
  height: number;
}

/** Marks on the time axis: a band as long as it went on, and a handle that says what it was. */
export function PlotMarks({ marks, from, to, height }: PlotMarksProps) {
  const plot = `(100% - ${LEFT_PX + RIGHT_PX}px)`;
  return placeMarks(marks, from, to).map(({ mark, left, right }) => (
    <span
      key={mark.key}
      className={mark.href === undefined ? "plot-mark" : "plot-mark change"}
      style={{ left: `calc(${LEFT_PX}px + ${left} * ${plot})`, width: `calc(${right - left} * ${plot})`, height }}
    >
      <i />
      {mark.href === undefined ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what a pointer reads by resting on it, a keyboard reads by reaching it
        <b role="img" tabIndex={0} aria-label={mark.words} data-tip={mark.words} />
      ) : (
        <Link href={mark.href} prefetch={false} aria-label={mark.words} data-tip={mark.words} />
      )}
    </span>
  ));
}
