"use client";

import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { FilterChip } from "@/components/ui/filter-chip";
import { TextInput } from "@/components/ui/text-input";
import type { Completion, KnownValues } from "./filter-completions";
import { joinFilter, lastToken, settledWords, splitFilter } from "./filter-terms";

const TYPING_MS = 200;

type Completions = typeof import("./filter-completions");

interface FilterBoxProps {
  /** The filter of the address. */
  q: string;
  onChange: (q: string) => void;
  known: KnownValues;
}

/** The text in the box, and the words of it handed on once the typing pauses. */
function useDraft(q: string, onChange: (q: string) => void) {
  const { terms, words } = splitFilter(q);
  const [draft, setDraft] = useState(words);
  const [seen, setSeen] = useState(words);
  if (seen !== words) {
    setSeen(words);
    if (settledWords(draft) !== words) setDraft(words);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const hand = (next: string) => {
    clearTimeout(timer.current);
    if (next !== q) onChange(next);
  };
  const type = (text: string) => {
    setDraft(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => hand(joinFilter({ terms, words: settledWords(text) })), TYPING_MS);
  };
  /** Takes complete terms out of the box and makes chips of them. */
  const commit = (text: string) => {
    const typed = splitFilter(text);
    setDraft(typed.words);
    hand(joinFilter({ terms: [...new Set([...terms, ...typed.terms])], words: settledWords(typed.words) }));
  };
  const remove = (term: string) => hand(joinFilter({ terms: terms.filter((each) => each !== term), words }));
  return { terms, draft, type, commit, remove };
}

/** Words and terms such as `tier:gold lag:>10m`, with completion; each complete term becomes a chip. */
export function FilterBox({ q, onChange, known }: FilterBoxProps) {
  const { terms, draft, type, commit, remove } = useDraft(q, onChange);
  const [completions, setCompletions] = useState<Completions | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useId();
  const offered = open && completions ? completions.completionsOf(lastToken(draft), known) : [];
  const load = () => void import("./filter-completions").then(setCompletions);
  const change = (text: string) => {
    setOpen(true);
    setActive(-1);
    const ended = text.endsWith(" ") && splitFilter(text).terms.length > 0;
    if (ended) commit(text);
    else type(text);
  };
  const choose = (completion: Completion) => {
    const text = `${draft.slice(0, draft.length - lastToken(draft).length)}${completion.text}`;
    setActive(-1);
    if (completion.open) return type(text);
    commit(text);
  };
  const key = (event: KeyboardEvent) => {
    const chosen = offered[active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const count = offered.length + 1;
      setActive(((active + 1 + step + count) % count) - 1);
    } else if (event.key === "Enter") {
      if (chosen) choose(chosen);
      else commit(draft);
      if (!chosen) setOpen(false);
    } else if (event.key === "Escape") {
      if (offered.length > 0) setOpen(false);
      else event.currentTarget instanceof HTMLElement && event.currentTarget.blur();
    } else if (event.key === "Backspace" && draft === "") {
      const last = terms.at(-1);
      if (last !== undefined) remove(last);
    }
  };
  return (
    <>
      <div className="filter-box">
        <label className="input">
          <Search aria-hidden />
          <span className="visually-hidden">Filter tenants</span>
          <TextInput
            role="combobox"
            data-page-filter
            aria-expanded={offered.length > 0}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
            autoCapitalize="off"
            spellCheck={false}
            placeholder="Words, or tier:gold model:pool lag:>10m"
            value={draft}
            onChange={(event) => change(event.target.value)}
            onFocus={() => {
              load();
              setOpen(true);
            }}
            onBlur={() => {
              setOpen(false);
              commit(draft);
            }}
            onKeyDown={key}
          />
          <kbd className="key" aria-hidden>
            /
          </kbd>
        </label>
        <div id={list} role="listbox" aria-label="Completions" className="float menu completions" hidden={offered.length === 0}>
          {offered.map((completion, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box takes the keys
            <div
              key={completion.text}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === active}
              className="menu-item"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(completion)}
            >
              <code>{completion.text}</code>
              <span className="end">{completion.note}</span>
            </div>
          ))}
        </div>
      </div>
      {terms.map((term) => (
        <FilterChip key={term} text={term} problem={completions?.termProblem(term) ?? null} onRemove={() => remove(term)} />
      ))}
    </>
  );
}
