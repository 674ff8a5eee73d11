"use client";

import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";

const DONE = { copied: { icon: Check, words: "Copied" }, failed: { icon: X, words: "Not copied" } } as const;

interface CopyButtonProps {
  /** The text, or what gets it when it is wanted. */
  text: string | (() => Promise<string>);
  what: string;
  label?: string;
}

/** Puts a text on the clipboard and says so for two seconds. Without a label it is an icon named by `what`. */
export function CopyButton({ text, what, label }: CopyButtonProps) {
  const [done, setDone] = useState<keyof typeof DONE | null>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(() => setDone(null), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : await text());
      setDone("copied");
    } catch {
      setDone("failed");
    }
  };
  const { icon: Icon, words } = done === null ? { icon: Copy, words: label } : DONE[done];
  return (
    <Button
      kind={label === undefined ? "quiet" : "plain"}
      square={label === undefined}
      aria-label={words === undefined ? `Copy ${what}` : done === null ? undefined : words}
      onClick={() => void copy()}
    >
      <Icon aria-hidden />
      {label === undefined ? null : words}
    </Button>
  );
}

/** A line to run in a terminal. */
export function Command({ line }: { line: string }) {
  return (
    <span className="command">
      <code className="clip">{line}</code>
      <CopyButton text={line} what="command" />
    </span>
  );
}
