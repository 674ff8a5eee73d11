"use client";

import { type FormEvent, type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { Segments } from "@/components/ui/segments";
import { TextInput } from "@/components/ui/text-input";
import { type HistoryRange, presetWords, RANGE_PRESETS, type RangePreset } from "@/lib/client/history-range";

interface RangePopoverProps {
  trigger: ReactElement;
  range: HistoryRange;
  onChange: (range: HistoryRange) => void;
}

const NONE = "";
const SEGMENTS = RANGE_PRESETS.map((preset) => ({ value: preset as RangePreset | typeof NONE, label: presetWords(preset) }));

/** A time as `datetime-local` wants it: in the viewer's zone, to the minute. */
function toLocalInput(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function startOf(range: HistoryRange): { from: string; to: string } {
  if (range.kind === "custom") return { from: toLocalInput(range.from), to: toLocalInput(range.to) };
  const now = Date.now();
  return { from: toLocalInput(new Date(now - 3_600_000).toISOString()), to: toLocalInput(new Date(now).toISOString()) };
}

export function RangePopover({ trigger, range, onChange }: RangePopoverProps) {
  const [draft, setDraft] = useState(() => startOf(range));
  const from = new Date(draft.from);
  const to = new Date(draft.to);
  const valid = from.getTime() < to.getTime();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) onChange({ kind: "custom", from: from.toISOString(), to: to.toISOString() });
  };
  return (
    <Popover trigger={trigger} label="Time range">
      <Segments
        label="Up to now"
        segments={SEGMENTS}
        value={range.kind === "preset" ? range.preset : NONE}
        onChange={(value) => (value === NONE ? undefined : onChange({ kind: "preset", preset: value }))}
      />
      <form className="range-form" onSubmit={submit}>
        <label>
          From
          <span className="input">
            <TextInput
              type="datetime-local"
              required
              value={draft.from}
              onChange={(event) => setDraft({ ...draft, from: event.target.value })}
            />
          </span>
        </label>
        <label>
          To
          <span className="input">
            <TextInput
              type="datetime-local"
              required
              value={draft.to}
              onChange={(event) => setDraft({ ...draft, to: event.target.value })}
            />
          </span>
        </label>
        {valid ? null : <p className="tone-danger">The end must come after the start.</p>}
        <Button type="submit" disabled={!valid}>
          Show this range
        </Button>
      </form>
    </Popover>
  );
}
