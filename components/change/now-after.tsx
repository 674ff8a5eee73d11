import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";

interface NowAfterProps {
  /** What it is about, where a form has several. */
  title?: string;
  /** How it is known, beside "Now". */
  mark?: ReactNode;
  now: ReactNode;
  /** Below the value: Kafka's own key, who declared it. */
  notes?: ReactNode;
  after: ReactNode;
}

/** The live value at the left, the one to come at the right, in the same unit. */
export function NowAfter({ title, mark, now, notes, after }: NowAfterProps) {
  return (
    <div className="now-and-after">
      <div>
        <h2>
          {title === undefined ? "Now" : `${title} now`}
          {mark}
        </h2>
        <p className="live">{now ?? <span className="tone-faint">unknown</span>}</p>
        {notes}
      </div>
      <span className="arrow">
        <ArrowRight aria-hidden />
      </span>
      <div>{after}</div>
    </div>
  );
}
