"use client";

import { useEffect, useState } from "react";
import { createPortal } from "react-dom";

const DELAY_MS = 250;
const GAP_PX = 6;
const EDGE_PX = 8;

interface Shown {
  text: string;
  left: number;
  top: number;
  below: boolean;
}

function place(element: Element, text: string): Shown {
  const box = element.getBoundingClientRect();
  const below = box.top < 90;
  const left = Math.min(Math.max(box.left + box.width / 2, 150 + EDGE_PX), window.innerWidth - 150 - EDGE_PX);
  return { text, left: left + window.scrollX, top: (below ? box.bottom + GAP_PX : box.top - GAP_PX) + window.scrollY, below };
}

/**
 * One tooltip for the whole page: whatever carries `data-tip` shows that text while the pointer rests on it or it has the
 * focus. Hundreds of marks in a table cost nothing this way. What it says must also be reachable without it.
 */
export function TipHost() {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current: Element | null = null;
    const enter = (event: Event) => {
      const element = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
      if (element === current) return;
      clearTimeout(timer);
      current = element;
      setShown(null);
      const text = element?.getAttribute("data-tip");
      if (element && text) timer = setTimeout(() => setShown(place(element, text)), DELAY_MS);
    };
    const leave = () => {
      clearTimeout(timer);
      current = null;
      setShown(null);
    };
    const key = (event: KeyboardEvent) => (event.key === "Escape" ? leave() : undefined);
    document.addEventListener("pointerover", enter);
    document.addEventListener("focusin", enter);
    document.addEventListener("pointerdown", leave);
    document.addEventListener("scroll", leave, { capture: true, passive: true });
    document.addEventListener("keydown", key);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", enter);
      document.removeEventListener("focusin", enter);
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("scroll", leave, { capture: true });
      document.removeEventListener("keydown", key);
    };
  }, []);
  if (shown === null) return null;
  return createPortal(
    <div
      role="tooltip"
      className="float tip"
      style={{ left: shown.left, top: shown.top, transform: `translate(-50%, ${shown.below ? "0" : "-100%"})` }}
    >
      {shown.text}
    </div>,
    document.body,
  );
}
