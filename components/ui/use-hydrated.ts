"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * Whether the page is the browser's own. A part of a page can come alive after answers have arrived for another part: what depends on such
 * an answer must at first draw what the server drew.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
