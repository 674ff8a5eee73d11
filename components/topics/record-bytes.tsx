"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { formatBytes, formatCountOf } from "@/lib/domain/format";
import type { ShownBytes } from "@/lib/domain/records/shown-bytes";

/** What is higher scrolls inside of it until it is opened; the same in records.css. */
const CLOSED_PX = 132;

/** Bytes of a record as text. What is long scrolls, and can be opened. */
export function RecordBytes({ bytes, none, what }: { bytes: ShownBytes | null; none: string; what: string }) {
  const frame = useRef<HTMLPreElement>(null);
  const isTall = useTall(frame);
  const [open, setOpen] = useState(false);
  if (bytes === null) return <span className="tone-faint">{none}</span>;
  if (bytes.bytes === 0) return <span className="tone-faint">empty</span>;
  const notes = notesOf(bytes);
  const scrolls = isTall && !open;
  return (
    <>
      <pre
        ref={frame}
        className={classNames("record-bytes", open && "open")}
        {...(scrolls ? { tabIndex: 0, role: "region", "aria-label": what } : {})}
      >
        <bdi>{bytes.shown}</bdi>
      </pre>
      {notes.length > 0 || isTall ? (
        <span className="record-notes tone-muted">
          {notes.join(" · ")}
          {isTall ? (
            <Button kind="quiet" aria-expanded={open} aria-label={`${open ? "Close" : "Open"}: ${what}`} onClick={() => setOpen(!open)}>
              {open ? "Close" : "Open"}
            </Button>
          ) : null}
        </span>
      ) : null}
    </>
  );
}

function notesOf({ form, bytes, cut, coded }: ShownBytes): string[] {
  return [
    form === "hex" ? "not UTF-8, so in hex" : null,
    cut ? `the beginning of ${formatBytes(bytes)} (${formatCountOf(bytes, "byte")})` : null,
    coded > 0 ? `${formatCountOf(coded, "unseen character")} shown by code` : null,
  ].filter((note) => note !== null);
}

function useTall(frame: React.RefObject<HTMLElement | null>): boolean {
  const [isTall, setTall] = useState(false);
  useEffect(() => {
    const content = frame.current?.firstElementChild;
    if (!(content instanceof HTMLElement)) return;
    const observer = new ResizeObserver(() => setTall(content.offsetHeight > CLOSED_PX));
    observer.observe(content);
    return () => observer.disconnect();
  }, [frame]);
  return isTall;
}
