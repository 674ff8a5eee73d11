import { Check, Info, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** A state colour never stands alone: each tone comes with its icon and a word. */
export type Tone = "ok" | "warn" | "danger" | "info";

const TONE_ICONS: Record<Tone, LucideIcon> = { ok: Check, warn: TriangleAlert, danger: OctagonAlert, info: Info };

export function ToneIcon({ tone }: { tone: Tone }) {
  const Icon = TONE_ICONS[tone];
  return <Icon aria-hidden />;
}

interface StateProps {
  tone: Tone;
  children: ReactNode;
  title?: string;
  className?: string;
  /** A few fainter characters behind the word, which are never cut off. */
  end?: ReactNode;
}

/** An icon and a word in a state's colour. */
export function State({ tone, children, title, className, end }: StateProps) {
  return (
    <span className={classNames("state", `tone-${tone}`, className)} title={title}>
      <ToneIcon tone={tone} />
      <span>{children}</span>
      {end ? <small>{end}</small> : null}
    </span>
  );
}
