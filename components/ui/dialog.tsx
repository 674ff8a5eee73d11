"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Shows the title above the content; else only a screen reader hears it. */
  showTitle?: boolean;
  className?: string;
  children: ReactNode;
}

/** Takes the keyboard until it is closed, then gives the focus back. Load it when it is wanted. */
export function Dialog({ open, onClose, title, showTitle = true, className = "dialog", children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content className={`float ${className}`} aria-describedby={undefined}>
          <Radix.Title className={showTitle ? undefined : "visually-hidden"}>{title}</Radix.Title>
          {showTitle ? (
            <Radix.Close className="button quiet square dialog-close" aria-label="Close">
              <X aria-hidden />
            </Radix.Close>
          ) : null}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
