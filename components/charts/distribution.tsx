interface DistributionProps {
  /** Tenants by share of their promise: bins of 5 %, the last for 120 % and more. */
  bins: readonly number[];
  label: string;
}

const BIN_PX = 10;
const GAP_PX = 2;
const HEIGHT_PX = 64;
/** First bins at 100 % and 80 %, and the first that is not little any more. */
const FULL_BIN = 20;
const NEAR_BIN = 16;
const USED_BIN = 3;

/** How many tenants use how much of a promise, to its own height; the dashed line stands at 100 %. */
export function Distribution({ bins, label }: DistributionProps) {
  const highest = Math.max(1, ...bins);
  const width = bins.length * (BIN_PX + GAP_PX);
  return (
    <svg className="distribution" viewBox={`0 0 ${width} ${HEIGHT_PX}`} role="img" aria-label={label}>
      {bins.map((count, bin) => {
        const height = count === 0 ? 0 : Math.max(2, (count / highest) * (HEIGHT_PX - 6));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          <rect key={bin} x={bin * (BIN_PX + GAP_PX)} y={HEIGHT_PX - height} width={BIN_PX} height={height} className={toneOf(bin)} />
        );
      })}
      <line x1={0} x2={width} y1={HEIGHT_PX - 0.5} y2={HEIGHT_PX - 0.5} className="distribution-base" />
      <line
        x1={FULL_BIN * (BIN_PX + GAP_PX) - 1}
        x2={FULL_BIN * (BIN_PX + GAP_PX) - 1}
        y1={0}
        y2={HEIGHT_PX}
        className="distribution-full"
        strokeDasharray="3 3"
      />
    </svg>
  );
}

function toneOf(bin: number): string {
  if (bin >= NEAR_BIN) return "near";
  return bin < USED_BIN ? "little" : "plain";
}
