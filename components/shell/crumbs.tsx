"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useCarry } from "@/lib/client/address";

export interface Crumb {
  /** A name, or a component that loads it. */
  label: ReactNode;
  /** Absent for the page itself, which stands last. */
  href?: string;
}

export function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const carry = useCarry();
  return (
    <nav className="crumbs" aria-label="Breadcrumb">
      <ol>
        {crumbs.map((crumb) => (
          <li key={crumb.href ?? "page"}>
            {crumb.href === undefined ? (
              <span aria-current="page" dir="auto">
                {crumb.label}
              </span>
            ) : (
              <Link href={carry(crumb.href)} prefetch={false} dir="auto">
                {crumb.label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
