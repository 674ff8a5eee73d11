"use client";

import { type FocusEvent, lazy, type PointerEvent, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from "react";
import type { Direction } from "@/lib/domain/views/use";

const OPEN_AFTER_MS = 250;
const CLOSE_AFTER_MS = 150;

const loadCard = () => import("./quota-card").then((module) => ({ default: module.QuotaCard }));
const QuotaCard = lazy(loadCard);

export interface QuotaCardTarget {
  element: HTMLElement;
  tenantId: string;
  direction: Direction;
}

function targetOf(node: EventTarget): QuotaCardTarget | null {
  const element = node instanceof Element ? node.closest<HTMLElement>("[data-quota-card]") : null;
  const direction = element?.dataset.quotaCard;
  const tenantId = element?.dataset.tenant;
  if (!element || !tenantId || (direction !== "produce" && direction !== "consume")) return null;
  return { element, tenantId, direction };
}

/** Opens and closes with a little patience, so that a pointer on its way elsewhere opens nothing. */
function useHoverIntent() {
  const [shown, setShown] = useState<QuotaCardTarget | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const plan = useCallback((next: QuotaCardTarget | null, delayMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(next), delayMs);
  }, []);
  const keep = useCallback(() => clearTimeout(timer.current), []);
  const close = useCallback(() => {
    clearTimeout(timer.current);
    setShown(null);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { shown, plan, keep, close };
}

/**
 * Shows one card for whichever quota bar inside it is hovered or focused: per-broker rates, the quota in force and its rule,
 * source and time. The card's code and numbers are fetched when first wanted.
 */
export function QuotaCardHost({ children }: { children: ReactNode }) {
  const { shown, plan, keep, close } = useHoverIntent();
  const over = (event: PointerEvent) => {
    if (event.pointerType === "touch") return;
    const target = targetOf(event.target);
    if (target === null) return plan(null, CLOSE_AFTER_MS);
    void loadCard();
    if (target.element === shown?.element) keep();
    else plan(target, OPEN_AFTER_MS);
  };
  const focus = (event: FocusEvent) => {
    const target = targetOf(event.target);
    if (target?.element.matches(":focus-visible")) plan(target, OPEN_AFTER_MS);
    else close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens for the links inside it and is nothing by itself
    <div onPointerOver={over} onPointerLeave={() => plan(null, CLOSE_AFTER_MS)} onFocus={focus} onBlur={close}>
      {children}
      <Suspense fallback={null}>{shown === null ? null : <QuotaCard target={shown} onKeep={keep} onClose={close} />}</Suspense>
    </div>
  );
}
