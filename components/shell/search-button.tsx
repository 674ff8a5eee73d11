"use client";

import { Search } from "lucide-react";
import { useOverlays } from "./keys";

export function SearchButton() {
  const { openPalette, preloadPalette } = useOverlays();
  return (
    <button
      type="button"
      className="select"
      aria-haspopup="dialog"
      aria-keyshortcuts="Meta+K Control+K"
      onClick={openPalette}
      onPointerEnter={preloadPalette}
      onFocus={preloadPalette}
    >
      <Search aria-hidden />
      <span className="long">Search</span>
      <span className="visually-hidden">everything</span>
      <kbd className="key">⌘K</kbd>
    </button>
  );
}
