"use client";

import { Popover as Radix } from "radix-ui";
import { type ReactElement, type ReactNode, useState } from "react";

interface PopoverProps {
  trigger: ReactElement;
  label: string;
  align?: "start" | "center" | "end";
  defaultOpen?: boolean;
  children: ReactNode;
}

/** A small page of its own beside its button. Load it through `OnDemand`. */
export function Popover({ trigger, label, align = "end", defaultOpen = true, children }: PopoverProps) {
  return (
    <Radix.Root defaultOpen={defaultOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="float popover" align={align} sideOffset={4} collisionPadding={8} aria-label={label}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ClosablePopoverProps extends Omit<PopoverProps, "defaultOpen" | "children"> {
  onClosed?: () => void;
  children: (close: () => void) => ReactNode;
}

/** A popover that starts open, and whose content can close it. */
export function ClosablePopover({ trigger, label, align = "end", onClosed, children }: ClosablePopoverProps) {
  const [open, setOpen] = useState(true);
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) onClosed?.();
  };
  return (
    <Radix.Root open={open} onOpenChange={change}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="float popover" align={align} sideOffset={4} collisionPadding={8} aria-label={label}>
          {children(() => change(false))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
