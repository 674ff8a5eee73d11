"use client";

import { type RefObject, useEffect, useState } from "react";

/** Whether the content of an element is wider than the element, so that it has to scroll sideways. */
export function useOverflow(frame: RefObject<HTMLElement | null>): boolean {
  const [overflow, setOverflow] = useState(false);
  useEffect(() => {
    const element = frame.current;
    const content = element?.firstElementChild;
    if (!element || !(content instanceof HTMLElement)) return;
    const observer = new ResizeObserver(() => setOverflow(content.offsetWidth > element.clientWidth + 1));
    observer.observe(element);
    observer.observe(content);
    return () => observer.disconnect();
  }, [frame]);
  return overflow;
}
