import type { ReactNode } from "react";
import { classNames } from "./class-names";
import type { Tone } from "./state";

interface FigureProps {
  label: string;
  /** The source mark beside the label. */
  mark?: ReactNode;
  value: ReactNode;
  unit?: ReactNode;
  tone?: Tone | null;
  /** A drawing between the value and the notes. */
  bar?: ReactNode;
  notes?: ReactNode[];
  double?: boolean;
}

/** One of at most six key figures of a page. */
export function Figure({ label, mark, value, unit, tone, bar, notes = [], double = false }: FigureProps) {
  return (
    <div className={classNames(double && "double")}>
      <dt>
        {label}
        {mark}
      </dt>
      <dd>
        <span className={classNames(tone && `tone-${tone}`)}>{value}</span>
        {unit ? <small>{unit}</small> : null}
      </dd>
      {bar ? <dd className="note">{bar}</dd> : null}
      {notes.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notes are lines of one figure, in a fixed order
        <dd className="note" key={index}>
          {note}
        </dd>
      ))}
    </div>
  );
}

export function Figures({ children }: { children: ReactNode }) {
  return <dl className="figures">{children}</dl>;
}
