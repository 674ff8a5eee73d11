import Link from "next/link";
import type { ReactNode } from "react";

export interface Tab {
  href: string;
  label: string;
  /** A count or a few words, fainter, behind the label. */
  note?: ReactNode;
  current: boolean;
}

/** Parts of one thing, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.label} href={tab.href} prefetch={false} scroll={false} aria-current={tab.current ? "page" : undefined}>
          {tab.label}
          {tab.note === undefined || tab.note === null ? null : <span> {tab.note}</span>}
        </Link>
      ))}
    </nav>
  );
}
