"use client";

import { type RefObject, useEffect, useState } from "react";

/** The width of an element in px, renewed when it changes; `initial` until it was measured. */
export function useWidth(element: RefObject<HTMLElement | null>, initial: number): number {
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth || initial));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, initial]);
  return width;
}
