import { formatPercent } from "@/lib/domain/format";
import type { Observed, Source } from "@/lib/domain/observed";

export type MarkSource = Source | "unavailable";

const WORDS: Record<MarkSource, string> = {
  measured: "measured",
  derived: "derived",
  estimated: "estimated",
  reported: "reported",
  unavailable: "unavailable",
};

const DRAWINGS: Record<MarkSource, React.ReactNode> = {
  measured: <circle cx="4" cy="4" r="3" fill="currentColor" stroke="none" />,
  derived: (
    <>
      <circle cx="4" cy="4" r="2.9" />
      <path d="M4 1.1a2.9 2.9 0 0 1 0 5.8z" fill="currentColor" stroke="none" />
    </>
  ),
  estimated: <circle cx="4" cy="4" r="2.9" strokeDasharray="1.6 1.44" />,
  reported: <path d="M4 0.6 7.4 4 4 7.4 0.6 4z" fill="currentColor" stroke="none" />,
  unavailable: <path d="M1 4h6" />,
};

/** The mark alone: how a number came to be known. The word is there for a screen reader and in the tooltip. */
export function SourceMark({ source, detail }: { source: MarkSource; detail?: string }) {
  const word = WORDS[source];
  const tip = detail === undefined ? word : `${word}${source === "unavailable" ? ": " : ", "}${detail}`;
  return (
    <svg className="source" viewBox="0 0 8 8" role="img" aria-label={word} data-tip={tip.charAt(0).toUpperCase() + tip.slice(1)}>
      {DRAWINGS[source]}
    </svg>
  );
}

function clock(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, { hourCycle: "h23" });
}

/** What the tooltip says of an observed value: error, time and note, or reason and remedy. */
export function observedDetail(observed: Observed<unknown>): string {
  if (observed.source === "unavailable") return `${observed.reason}\n${observed.remedy}`;
  const error = observed.error === undefined ? "" : `± ${formatPercent(observed.error)}, `;
  const least = observed.atLeast ? "at least: a part cannot be seen, " : "";
  const note = observed.note === undefined ? "" : `\n${observed.note}`;
  return `${error}${least}${clock(observed.at)}${note}`;
}

/** The mark of an observed value. */
export function ObservedMark({ observed }: { observed: Observed<unknown> }) {
  return <SourceMark source={observed.source} detail={observedDetail(observed)} />;
}

interface ObservedValueProps {
  observed: Observed<number>;
  format: (value: number) => string;
  /** The exact value on hover. */
  exact?: (value: number) => string;
  mark?: boolean;
}

/** An observed number with its mark; what cannot be seen says so instead of a number. */
export function ObservedValue({ observed, format, exact, mark = true }: ObservedValueProps) {
  if (observed.source === "unavailable") {
    return (
      <span className="tone-faint">
        unknown
        <ObservedMark observed={observed} />
      </span>
    );
  }
  const words = format(observed.value);
  const error = observed.error === undefined ? "" : ` ±${formatPercent(observed.error)}`;
  return (
    <span title={exact?.(observed.value)}>
      {observed.atLeast ? "≥ " : ""}
      {words}
      {error}
      {mark ? <ObservedMark observed={observed} /> : null}
    </span>
  );
}
