"use client";

import { useId } from "react";
import { classNames } from "@/components/ui/class-names";
import { TextInput } from "@/components/ui/text-input";
import type { Refusal } from "@/lib/domain/change/plan";
import { examplesOf, readTyped, type TypedKind } from "@/lib/domain/change/typed-value";
import { RefusalWords } from "./plan-notes";

export interface Preset {
  /** What is typed by pressing it. */
  text: string;
  label: string;
}

interface ValueInputProps {
  kind: TypedKind;
  label: string;
  text: string;
  onText: (text: string) => void;
  presets?: readonly Preset[];
  /** Kafka's own key and the value it will have, for those who know it. */
  raw?: string | null;
  /** Why the value cannot be had, as the plan says it. */
  refusal?: Refusal | null;
  disabled?: boolean;
  autoFocus?: boolean;
}

/** A value with its unit, typed or chosen. What cannot be read says what could be. */
export function ValueInput({
  kind,
  label,
  text,
  onText,
  presets = [],
  raw,
  refusal = null,
  disabled = false,
  autoFocus = false,
}: ValueInputProps) {
  const id = useId();
  const typed = readTyped(kind, text);
  const isWrong = typed.state === "wrong" || refusal !== null;
  return (
    <div className="value-input">
      <label htmlFor={id}>{label}</label>
      <span className={classNames("input", isWrong && "bad")}>
        <TextInput
          id={id}
          inputMode="text"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={60}
          placeholder={`such as ${examplesOf(kind).split(",")[0]}`}
          value={text}
          disabled={disabled}
          autoFocus={autoFocus}
          aria-invalid={isWrong}
          aria-describedby={`${id}-says`}
          onChange={(event) => onText(event.target.value)}
        />
      </span>
      <div id={`${id}-says`}>
        {typed.state === "wrong" ? <p className="tone-danger">{typed.says}</p> : null}
        {typed.state !== "wrong" && refusal !== null ? <RefusalWords refusal={refusal} /> : null}
        {!isWrong && raw ? <code>{raw}</code> : null}
      </div>
      {presets.length === 0 ? null : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a frame
        <div className="presets" role="group" aria-label={`Presets for ${label.toLowerCase()}`}>
          {presets.map((preset) => (
            <button
              key={preset.text}
              type="button"
              className="button"
              disabled={disabled}
              aria-pressed={sameValue(kind, text, preset.text)}
              onClick={() => onText(preset.text)}
            >
              {preset.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function sameValue(kind: TypedKind, a: string, b: string): boolean {
  const [one, other] = [readTyped(kind, a), readTyped(kind, b)];
  return one.state === "value" && other.state === "value" && one.value === other.value;
}
