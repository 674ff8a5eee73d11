import { classNames } from "@/components/ui/class-names";
import type { RateUnit } from "@/lib/domain/format";
import type { Direction, RowUse } from "@/lib/domain/views/use";
import { type BarPicture, DIRECTION_WORDS, pictureOf, wordsOf } from "./quota-words";
import { SourceMark } from "./source-mark";

interface BarProps {
  picture: BarPicture;
  /** What is compared: "Produce against quota". */
  label: string;
  spoken: string;
  size?: "cell" | "wide" | "card";
}

function variables(picture: BarPicture): React.CSSProperties {
  return { "--use": picture.usePercent ?? 0, "--total": picture.totalPercent ?? 0 } as React.CSSProperties;
}

function Drawing({ picture }: { picture: BarPicture }) {
  return (
    <>
      {picture.kind === "limited" ? (
        <>
          <i className="use" />
          <i className="tick" />
          <i className="end" />
        </>
      ) : null}
      {picture.totalPercent === null ? null : <i className="total" />}
    </>
  );
}

/** The drawing alone. A limited bar is a meter; the others are images with words, because a meter would have to name a number. */
export function Bar({ picture, label, spoken, size = "cell" }: BarProps) {
  const past = (picture.totalPercent ?? 0) > 100;
  const className = classNames(
    "quota-bar",
    size !== "cell" && size,
    picture.kind !== "limited" && picture.kind,
    picture.tone,
    picture.throttled && picture.kind === "limited" && "throttled",
    past && "past",
  );
  if (picture.kind !== "limited") {
    return (
      <span className={className} role="img" aria-label={`${label}: ${spoken}`} style={variables(picture)}>
        <Drawing picture={picture} />
      </span>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native meter cannot be drawn with tick, end mark and hatching
    <span
      className={className}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.min(100, Math.round(picture.usePercent ?? 0))}
      aria-valuetext={spoken}
      style={variables(picture)}
    >
      <Drawing picture={picture} />
    </span>
  );
}

interface QuotaBarProps {
  use: RowUse;
  direction: Direction;
  unit?: RateUnit;
  size?: "cell" | "wide" | "card";
  /** Replaces "Produce against quota" where several bars of one direction stand together. */
  label?: string;
}

/** A tenant's or bucket's rate on its worst broker against its quota, and its total against its tier's promise. */
export function QuotaBar({ use, direction, unit = "MB/s", size = "cell", label }: QuotaBarProps) {
  const picture = pictureOf(use);
  return (
    <Bar picture={picture} label={label ?? `${DIRECTION_WORDS[direction]} against quota`} spoken={wordsOf(use, unit).spoken} size={size} />
  );
}

interface QuotaFiguresProps {
  use: RowUse;
  direction: Direction;
  unit: RateUnit;
  short?: string | undefined;
}

/** The bar with its percentage, rate, broker and source mark, as a table has it. */
export function QuotaFigures({ use, direction, unit, short }: QuotaFiguresProps) {
  const words = wordsOf(use, unit);
  return (
    <>
      <QuotaBar use={use} direction={direction} unit={unit} />
      {words.words === null ? (
        <>
          <b>{words.percent}</b>
          <span className="rate">
            <span className="clip">{words.rate}</span>
            <SourceMark source={use.source} />
          </span>
        </>
      ) : (
        <span className="words">
          <span className="clip" title={use.reason}>
            {short ?? words.words}
          </span>
          <SourceMark source={use.source} {...(use.source === "unavailable" && use.reason ? { detail: use.reason } : {})} />
        </span>
      )}
    </>
  );
}
