"use client";

import type { ComponentProps } from "react";
import { useHydrated } from "./use-hydrated";

/**
 * A line of text that somebody types. It takes none before the page is alive: React drops what was typed into the server's HTML, so words
 * would vanish under whoever is quick.
 */
export function TextInput({ readOnly = false, ...input }: ComponentProps<"input">) {
  const isAlive = useHydrated();
  // biome-ignore lint/correctness/noRestrictedElements: this is the one that others use
  return <input type="text" autoComplete="off" {...input} readOnly={readOnly || !isAlive} />;
}
