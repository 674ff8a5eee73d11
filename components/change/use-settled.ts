"use client";

import { useEffect, useState } from "react";

/** The value once it has not changed for a while. The first one counts at once. */
export function useSettled(value: string | null, delayMs: number): string | null {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value === settled) return;
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, settled, delayMs]);
  return settled;
}
