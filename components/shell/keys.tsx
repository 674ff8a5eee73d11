"use client";

import { useRouter } from "next/navigation";
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useCarry } from "@/lib/client/address";
import { NAVIGATION } from "./navigation";

const SEQUENCE_MS = 1200;

const loadPalette = () => import("./palette").then((module) => ({ default: module.Palette }));
const loadHelp = () => import("./help").then((module) => ({ default: module.Help }));
const Palette = lazy(loadPalette);
const Help = lazy(loadHelp);

interface Overlays {
  openPalette: () => void;
  preloadPalette: () => void;
  openHelp: () => void;
}

const OverlaysContext = createContext<Overlays>({ openPalette: () => {}, preloadPalette: () => {}, openHelp: () => {} });

export function useOverlays(): Overlays {
  return useContext(OverlaysContext);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function focusFilter(): boolean {
  const filter = document.querySelector<HTMLInputElement>("[data-page-filter]");
  filter?.focus();
  filter?.select();
  return filter !== null;
}

/** Turns keys into what they mean; returns whether the key was used. `g` waits a moment for the page's letter. */
function useKeyHandler(overlays: Overlays): (event: KeyboardEvent) => boolean {
  const router = useRouter();
  const carry = useCarry();
  const goSince = useRef(0);
  return (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      overlays.openPalette();
      return true;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || document.querySelector("[role=dialog]")) return false;
    const going = event.timeStamp - goSince.current < SEQUENCE_MS;
    goSince.current = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (event.key === "/") return focusFilter();
    if (event.key === "?") {
      overlays.openHelp();
      return true;
    }
    const entry = going ? NAVIGATION.find((each) => each.key === event.key) : undefined;
    if (entry) router.push(carry(entry.href));
    return entry !== undefined;
  };
}

/** The keys of every page, and the palette and the help they open, both loaded when first wanted. */
export function Keys({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<"palette" | "help" | null>(null);
  const overlays = useMemo<Overlays>(
    () => ({
      openPalette: () => setOpen("palette"),
      preloadPalette: () => void loadPalette(),
      openHelp: () => setOpen("help"),
    }),
    [],
  );
  const handle = useRef<(event: KeyboardEvent) => boolean>(() => false);
  const handler = useKeyHandler(overlays);
  useEffect(() => {
    handle.current = handler;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && handle.current(event)) event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  const close = () => setOpen(null);
  return (
    <OverlaysContext value={overlays}>
      {children}
      <Suspense fallback={null}>
        {open === "palette" ? <Palette onClose={close} onHelp={overlays.openHelp} /> : null}
        {open === "help" ? <Help onClose={close} /> : null}
      </Suspense>
    </OverlaysContext>
  );
}
