"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";

/** Puts a text on the clipboard and says so for two seconds. Without a label it is an icon named by `what`. */
export function CopyButton({ text, what, label }: { text: string; what: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const words = copied ? "Copied" : label;
  return (
    <Button
      kind={label === undefined ? "quiet" : "plain"}
      square={label === undefined}
      aria-label={words === undefined ? `Copy ${what}` : copied ? "Copied" : undefined}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
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
