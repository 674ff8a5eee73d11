"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useId, useState } from "react";
import { FilterChip } from "@/components/ui/filter-chip";
import { TextInput } from "@/components/ui/text-input";
import { WordsBox } from "@/components/ui/words-box";
import { CHANGE_STATES } from "@/lib/domain/change/operation";
import type { ChangeKind } from "@/lib/domain/change/request";
import { KIND_WORDS, STATE_WORDS } from "./change-words";

const KINDS = Object.keys(KIND_WORDS) as ChangeKind[];
/** What the list's address and the API call every change that is not finished. */
const OPEN = "open";
const STATES = [OPEN, ...CHANGE_STATES] as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A day in UTC, so that an address means the same to everybody. */
const parseAsDay = { ...parseAsString, parse: (text: string) => (DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null) };

const ADDRESS = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(STATES),
  kind: parseAsStringLiteral(KINDS),
  tenant: parseAsString,
  actor: parseAsString,
  from: parseAsDay,
  to: parseAsDay,
};

/** What the list of changes is filtered by; in the address. */
export function useChangesFilter() {
  return useQueryStates(ADDRESS, { history: "push" });
}

interface ChangesFilterProps {
  /** Whose changes are on the page, to choose from. */
  persons: readonly string[];
}

/** Words, outcome, kind, person and days of the list of changes. */
export function ChangesFilter({ persons }: ChangesFilterProps) {
  const [{ q, state, kind, tenant, actor, from, to }, setQuery] = useChangesFilter();
  return (
    <>
      <WordsBox
        label="Filter changes"
        placeholder="Words of title or reason"
        value={q}
        onChange={(words) => void setQuery({ q: words }, { history: "replace" })}
      />
      <Choice
        label="Outcome"
        every="Every outcome"
        values={STATES}
        words={(each) => (each === OPEN ? "under way" : STATE_WORDS[each].word)}
        value={state}
        onChange={(next) => void setQuery({ state: next })}
      />
      <Choice
        label="Kind of change"
        every="Every kind"
        values={KINDS}
        words={(each) => KIND_WORDS[each]}
        value={kind}
        onChange={(next) => void setQuery({ kind: next })}
      />
      <PersonBox key={actor} persons={persons} value={actor} onChange={(next) => void setQuery({ actor: next })} />
      <DayBox label="From" max={to} value={from} onChange={(next) => void setQuery({ from: next })} />
      <DayBox label="To" min={from} value={to} onChange={(next) => void setQuery({ to: next })} />
      {tenant === null ? null : <FilterChip text={`tenant:${tenant}`} onRemove={() => void setQuery({ tenant: null })} />}
    </>
  );
}

interface PersonBoxProps {
  persons: readonly string[];
  value: string | null;
  onChange: (person: string | null) => void;
}

/** Taken over once it is whole: chosen from the list, or left. */
function PersonBox({ persons, value, onChange }: PersonBoxProps) {
  const listId = useId();
  const [draft, setDraft] = useState(value ?? "");
  const take = (text: string) => {
    const person = text.trim() === "" ? null : text.trim();
    if (person !== value) onChange(person);
  };
  return (
    <span className="input person-box">
      <TextInput
        aria-label="Person"
        placeholder="Everybody"
        spellCheck={false}
        maxLength={200}
        list={listId}
        value={draft}
        onChange={({ target }) => {
          setDraft(target.value);
          if (persons.includes(target.value)) take(target.value);
        }}
        onBlur={() => take(draft)}
        onKeyDown={({ key }) => {
          if (key === "Enter") take(draft);
        }}
      />
      <datalist id={listId}>
        {persons.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </span>
  );
}

interface DayBoxProps {
  label: string;
  min?: string | null;
  max?: string | null;
  value: string | null;
  onChange: (day: string | null) => void;
}

function DayBox({ label, min, max, value, onChange }: DayBoxProps) {
  return (
    <label className="input day-box" title="Days in UTC, both included">
      <span className="tone-muted">{label}</span>
      <TextInput
        type="date"
        min={min ?? undefined}
        max={max ?? undefined}
        value={value ?? ""}
        onChange={({ target }) => onChange(target.value === "" ? null : target.value)}
      />
    </label>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  /** What stands for no choice. */
  every: string;
  values: readonly Value[];
  words: (value: Value) => string;
  value: Value | null;
  onChange: (value: Value | null) => void;
}

function Choice<Value extends string>({ label, every, values, words, value, onChange }: ChoiceProps<Value>) {
  return (
    <select
      className="select"
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(values.find((each) => each === event.target.value) ?? null)}
    >
      <option value="">{every}</option>
      {values.map((each) => (
        <option key={each} value={each}>
          {words(each)}
        </option>
      ))}
    </select>
  );
}
