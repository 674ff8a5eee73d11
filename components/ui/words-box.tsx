"use client";

import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { TextInput } from "./text-input";

const TYPING_MS = 200;

interface WordsBoxProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (words: string) => void;
}

/** A filter by words; what is typed is handed on once the typing pauses. */
export function WordsBox({ label, placeholder, value, onChange }: WordsBoxProps) {
  const [draft, setDraft] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (draft.trim() !== value) setDraft(value);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string) => {
    setDraft(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(text.trim()), TYPING_MS);
  };
  return (
    <div className="filter-box">
      <label className="input">
        <Search aria-hidden />
        <span className="visually-hidden">{label}</span>
        <TextInput
          data-page-filter
          autoCapitalize="off"
          spellCheck={false}
          maxLength={249}
          placeholder={placeholder}
          value={draft}
          onChange={(event) => type(event.target.value)}
        />
        <kbd className="key">/</kbd>
      </label>
    </div>
  );
}
