"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { TableSelection } from "./table-column";

const NOTHING: ReadonlySet<string> = new Set();

export interface Selection extends TableSelection {
  clear: () => void;
}

/** Which rows are chosen. What is chosen stays so while another filter shows other rows. */
export function useSelection(keys: readonly string[]): Selection {
  const [selected, setSelected] = useState(NOTHING);
  const shown = useRef(keys);
  useEffect(() => {
    shown.current = keys;
  });
  const anchor = useRef<string | null>(null);
  const onSelect = useCallback((key: string, range: boolean) => {
    const from = range && anchor.current !== null ? anchor.current : key;
    anchor.current = key;
    setSelected((now) => withRange(now, shown.current, { from, to: key }));
  }, []);
  const onSelectAll = useCallback(() => {
    setSelected((now) => (shown.current.every((key) => now.has(key)) ? without(now, shown.current) : new Set([...now, ...shown.current])));
  }, []);
  const clear = useCallback(() => {
    anchor.current = null;
    setSelected(NOTHING);
  }, []);
  return useMemo(() => ({ selected, onSelect, onSelectAll, clear }), [selected, onSelect, onSelectAll, clear]);
}

/** All rows from one to another become what the last one pressed becomes. */
function withRange(now: ReadonlySet<string>, keys: readonly string[], { from, to }: { from: string; to: string }): ReadonlySet<string> {
  const [a, b] = [keys.indexOf(from), keys.indexOf(to)];
  const meant = a < 0 || b < 0 ? [to] : keys.slice(Math.min(a, b), Math.max(a, b) + 1);
  return now.has(to) ? without(now, meant) : new Set([...now, ...meant]);
}

function without(now: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  const gone = new Set(keys);
  return new Set([...now].filter((key) => !gone.has(key)));
}
