const WIDTH = 96;
const HEIGHT = 20;
const BASE = 18.5;
/** The highest value stands at three quarters of the room above the base. */
const PEAK_HEIGHT = 12.8;

interface SparklineProps {
  /** Oldest first; null: no data then, which stays a gap. */
  values: readonly (number | null)[];
  label: string;
}

function points(values: readonly (number | null)[], peak: number): ({ x: number; y: number } | null)[] {
  const step = (WIDTH - 2) / Math.max(1, values.length - 1);
  return values.map((value, index) =>
    value === null ? null : { x: 1 + index * step, y: peak === 0 ? BASE : BASE - (value / peak) * PEAK_HEIGHT },
  );
}

/** A shape without an axis: from zero, gaps stay gaps, the last point marked. */
export function Sparkline({ values, label }: SparklineProps) {
  const peak = values.reduce<number>((highest, value) => Math.max(highest, value ?? 0), 0);
  const drawn = points(values, peak);
  const path = drawn
    .map((point, index) => {
      if (point === null) return "";
      const start = index === 0 || drawn[index - 1] === null;
      const alone = start && (drawn[index + 1] ?? null) === null;
      const at = `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
      return alone ? `M${at}h0.01` : `${start ? "M" : "L"}${at}`;
    })
    .join("");
  const last = drawn.at(-1) ?? null;
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={path === "" ? `${label}: no data` : label}>
      <path d={path} />
      {last ? <circle cx={last.x.toFixed(1)} cy={last.y.toFixed(1)} r="1.8" /> : null}
    </svg>
  );
}
