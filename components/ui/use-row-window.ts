"use client";

import { useVirtualizer, useWindowVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useState } from "react";

const ROW_PX = 32;
const OVERSCAN = 20;

interface RowWindow {
  first: number;
  last: number;
  /** Height in px of the rows left out on either side. */
  before: number;
  after: number;
  measure: (element: HTMLElement | null) => void;
}

function toWindow<Scroll extends Element | Window>(virtualizer: Virtualizer<Scroll, HTMLElement>, margin: number): RowWindow {
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  return {
    first: first?.index ?? 0,
    last: last === undefined ? 0 : last.index + 1,
    before: first === undefined ? 0 : first.start - margin,
    after: last === undefined ? virtualizer.getTotalSize() : virtualizer.getTotalSize() - (last.end - margin),
    measure: virtualizer.measureElement,
  };
}

/** Which rows of a long table belong into the document, given where the window (or the frame, if it scrolls itself) stands. */
export function useRowWindow(frame: RefObject<HTMLDivElement | null>, count: number, frameScrolls: boolean): RowWindow {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element) setMargin(element.getBoundingClientRect().top + window.scrollY);
  }, [frame]);
  const common = { count, estimateSize: () => ROW_PX, overscan: OVERSCAN };
  const byWindow = useWindowVirtualizer<HTMLElement>({ ...common, scrollMargin: margin, enabled: !frameScrolls });
  const byFrame = useVirtualizer<HTMLDivElement, HTMLElement>({
    ...common,
    getScrollElement: () => frame.current,
    enabled: frameScrolls,
  });
  return frameScrolls ? toWindow(byFrame, 0) : toWindow(byWindow, margin);
}
