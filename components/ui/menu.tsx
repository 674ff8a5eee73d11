"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

interface MenuProps {
  trigger: ReactElement;
  label: string;
  align?: "start" | "end";
  defaultOpen?: boolean;
  children: ReactNode;
}

/** A menu of actions or choices. Load it through `OnDemand`. */
export function Menu({ trigger, label, align = "start", defaultOpen = true, children }: MenuProps) {
  return (
    <DropdownMenu.Root defaultOpen={defaultOpen} modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="float menu" align={align} sideOffset={4} collisionPadding={8} aria-label={label} loop>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** One of several choices of which exactly one holds. */
export function MenuChoices({ value, onChange, children }: { value: string; onChange: (value: string) => void; children: ReactNode }) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {children}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuChoice({ value, children, end }: { value: string; children: ReactNode; end?: ReactNode }) {
  return (
    <DropdownMenu.RadioItem className="menu-item" value={value}>
      <span className="check">
        <DropdownMenu.ItemIndicator>
          <Check className="check" aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      <span className="clip">{children}</span>
      {end ? <span className="end">{end}</span> : null}
    </DropdownMenu.RadioItem>
  );
}

/** On or off; the menu stays open, so that several can be changed at once. */
export function MenuSwitch({ on, onChange, children }: { on: boolean; onChange: (on: boolean) => void; children: ReactNode }) {
  return (
    <DropdownMenu.CheckboxItem className="menu-item" checked={on} onCheckedChange={onChange} onSelect={(event) => event.preventDefault()}>
      <span className="check">
        <DropdownMenu.ItemIndicator>
          <Check className="check" aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

/** A page of the console. */
export function MenuLink({ href, children, end }: { href: string; children: ReactNode; end?: ReactNode }) {
  return (
    <DropdownMenu.Item className="menu-item" asChild>
      <Link href={href} prefetch={false}>
        <span className="clip">{children}</span>
        {end ? <span className="end">{end}</span> : null}
      </Link>
    </DropdownMenu.Item>
  );
}

/** Something that is done at once, or opens a dialog. */
export function MenuAction({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={onSelect}>
      <span className="clip">{children}</span>
    </DropdownMenu.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="menu-label">{children}</DropdownMenu.Label>;
}

export function MenuLine() {
  return <DropdownMenu.Separator className="menu-line" />;
}
