import { formatByteRate, formatPercent, formatRateOf } from "@/lib/domain/format";
import type { Observed } from "@/lib/domain/observed";
import { Bar } from "./quota-bar";
import type { BarPicture } from "./quota-words";
import { ObservedMark } from "./source-mark";

interface CapacityBarProps {
  /** Produce bytes/s of list promises that are kept free, those of a pool only where a quota holds to them; null: none is. */
  promisedBytesPerSecond: number | null;
  capacityBytesPerSecond: Observed<number>;
  producedBytesPerSecond: Observed<number>;
}

const NEAR = 0.8;

/** What is promised of what a cluster can take, and as the thin line what it takes now. Without a capacity no share is guessed. */
export function CapacityBar({
  promisedBytesPerSecond: promised,
  capacityBytesPerSecond: capacity,
  producedBytesPerSecond,
}: CapacityBarProps) {
  if (capacity.source === "unavailable" || capacity.value <= 0) {
    const spoken = promised === null ? "nothing promised" : `${formatByteRate(promised)} promised`;
    const words = promised === null ? "nothing, capacity unknown" : `${formatByteRate(promised)} of unknown`;
    return (
      <span className="quota">
        <Bar picture={NOTHING} label="Promised of capacity" spoken={`capacity unknown, ${spoken}`} />
        <span className="words">
          <span className="clip">{words}</span>
          <ObservedMark observed={capacity} />
        </span>
      </span>
    );
  }
  const share = (promised ?? 0) / capacity.value;
  const produced = producedBytesPerSecond.source === "unavailable" ? null : producedBytesPerSecond.value / capacity.value;
  const tone = share > 1 ? "danger" : share >= NEAR ? "warn" : null;
  const picture: BarPicture = {
    kind: "limited",
    tone,
    throttled: false,
    usePercent: share * 100,
    totalPercent: produced === null ? null : produced * 100,
  };
  const words = formatRateOf(promised ?? 0, capacity.value);
  const now = produced === null ? "what is produced now is unknown" : `${formatByteRate(produced * capacity.value)} produced now`;
  return (
    <span className={tone === null ? "quota" : `quota ${tone}`}>
      <Bar picture={picture} label="Promised of capacity" spoken={`${formatPercent(share)}, ${words} promised; ${now}`} />
      <b>{formatPercent(share)}</b>
      <span className="rate">
        <span className="clip">{words}</span>
        <ObservedMark observed={capacity} />
      </span>
    </span>
  );
}

const NOTHING: BarPicture = { kind: "unknown", tone: null, throttled: false, usePercent: null, totalPercent: null };
