"use client";

import type { ComponentProps } from "react";
import { useHydrated } from "./use-hydrated";

interface CheckBoxProps extends Omit<ComponentProps<"input">, "type" | "className"> {
  /** "radio": one of several with the same name. */
  type?: "checkbox" | "radio";
}

/** A box to tick. It takes no press before the page is alive: React would drop it, and show the box as it was. */
export function CheckBox({ type = "checkbox", disabled = false, ...input }: CheckBoxProps) {
  const isAlive = useHydrated();
  // biome-ignore lint/correctness/noRestrictedElements: this is the one that others use
  return <input {...input} type={type} className="pick" disabled={disabled || !isAlive} />;
}
