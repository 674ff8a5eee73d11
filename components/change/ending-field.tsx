"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Segments } from "@/components/ui/segments";
import type { Refusal } from "@/lib/domain/change/plan";
import { type EndingDraft, localText, readEnding } from "./ending";

const DAY_MS = 86_400_000;
const SPANS = [
  { label: "In 1 day", ms: DAY_MS },
  { label: "In 7 days", ms: 7 * DAY_MS },
  { label: "In 30 days", ms: 30 * DAY_MS },
] as const;

const AT_END = [
  { value: "report", label: "Report it" },
  { value: "take-back", label: "Take it back" },
] as const;

interface EndingFieldProps {
  draft: EndingDraft;
  onChange: (changes: Partial<EndingDraft>) => void;
  /** Why it cannot end then, as the plan says it. */
  refusal: Refusal | null;
  disabled: boolean;
}

/** A value that differs from the tier is declared as an override; it may end by itself. */
export function EndingField({ draft, onChange, refusal, disabled }: EndingFieldProps) {
  const wrong = readEnding(draft, Date.now()) === null;
  return (
    <details className="ending" open={draft.until !== "" || undefined}>
      <summary>Until when</summary>
      <Field
        label="It ends at"
        type="datetime-local"
        value={draft.until}
        disabled={disabled}
        problem={wrong ? "This is no time to come." : refusal === null ? null : `${refusal.reason} ${refusal.wayOut}`}
        hint={draft.until === "" ? "Without a time it holds until somebody changes it." : null}
        onChange={(event) => onChange({ until: event.target.value })}
      />
      <div className="presets">
        {SPANS.map(({ label, ms }) => (
          <Button key={label} disabled={disabled} onClick={() => onChange({ until: localText(Date.now() + ms) })}>
            {label}
          </Button>
        ))}
        {draft.until === "" ? null : (
          <Button kind="quiet" onClick={() => onChange({ until: "" })}>
            No end
          </Button>
        )}
      </div>
      {draft.until === "" ? null : (
        <div className="at-end">
          <span>Then</span>
          <Segments
            label="At its end"
            segments={AT_END}
            value={draft.atEnd === "take-back" ? "take-back" : "report"}
            onChange={(atEnd) => onChange({ atEnd })}
          />
        </div>
      )}
    </details>
  );
}
