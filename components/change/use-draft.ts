"use client";

import { useCallback, useEffect, useRef, useState } from "react";

export interface Draft<T> {
  value: T;
  set: (changes: Partial<T>) => void;
  /** Forgets it: it was applied, or is not wanted any more. */
  drop: () => void;
  /** Whether what was typed before a reload is back; before that nothing may be decided on `value`. */
  ready: boolean;
}

interface State<T> {
  value: T;
  ready: boolean;
  touched: boolean;
}

/**
 * What a person is typing, kept in this tab's session storage under the form's address until it is applied or dropped: an error, a
 * reload or a session that ran out costs nothing. The initial value counts where nothing was kept.
 */
export function useDraft<T extends object>(key: string, initial: T): Draft<T> {
  const [state, setState] = useState<State<T>>({ value: initial, ready: false, touched: false });
  const first = useRef(initial);
  useEffect(() => {
    const kept = { value: { ...first.current, ...readKept(key, first.current) }, ready: true, touched: false };
    // What was typed since the page came alive is newer than what was kept.
    setState((now) => (now.touched && !now.ready ? { ...now, ready: true } : kept));
  }, [key]);
  useEffect(() => {
    if (state.touched) keep(key, state.value);
  }, [key, state]);
  const set = useCallback((changes: Partial<T>) => setState((now) => ({ ...now, value: { ...now.value, ...changes }, touched: true })), []);
  const drop = useCallback(() => {
    forget(key);
    setState((now) => ({ ...now, touched: false }));
  }, [key]);
  return { value: state.value, set, drop, ready: state.ready };
}

/** What was kept, as far as it has the shape of the initial value: the storage may hold what an older console wrote. */
function readKept<T extends object>(key: string, shape: T): Partial<T> {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? "null");
    if (typeof kept !== "object" || kept === null) return {};
    const same = (name: string, value: unknown): boolean => Object.hasOwn(shape, name) && kindOf(value) === kindOf(shape[name as keyof T]);
    return Object.fromEntries(Object.entries(kept).filter(([name, value]) => same(name, value))) as Partial<T>;
  } catch {
    return {};
  }
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

/** A browser that keeps nothing only loses the draft. */
function keep(key: string, value: unknown): void {
  try {
    window.sessionStorage.setItem(key, JSON.stringify(value));
  } catch {}
}

function forget(key: string): void {
  try {
    window.sessionStorage.removeItem(key);
  } catch {}
}
