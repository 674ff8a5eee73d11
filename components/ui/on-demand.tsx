"use client";

import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react";

interface TriggerProps {
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  "aria-haspopup"?: "menu" | "dialog" | "listbox";
  "aria-expanded"?: boolean;
}

interface OnDemandProps {
  trigger: ReactElement<TriggerProps>;
  popup: "menu" | "dialog";
  /** Starts loading the code; called when the pointer or the focus comes near. */
  preload: () => void;
  /** It is wanted from the start. */
  open?: boolean;
  /** What is shown once the trigger was pressed: a lazy component that takes the trigger over and starts open. */
  children: (trigger: ReactElement) => ReactNode;
}

/** A button whose menu or dialog is loaded when it is first wanted, so that no page pays for what nobody opens. */
export function OnDemand({ trigger, popup, preload, open = false, children }: OnDemandProps) {
  const [wanted, setWanted] = useState(open);
  const waiting = cloneElement(trigger, {
    onClick: () => setWanted(true),
    onPointerEnter: preload,
    onFocus: preload,
    "aria-haspopup": popup,
    "aria-expanded": false,
  });
  return wanted ? <Suspense fallback={waiting}>{children(trigger)}</Suspense> : waiting;
}
