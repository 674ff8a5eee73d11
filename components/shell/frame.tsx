"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { isEntrance } from "./entrances";
import { Rail } from "./rail";
import { RoleGate } from "./role-gate";
import { SignedOut } from "./signed-out";

/** The rail beside the page; at the entrances the page alone. */
export function Frame({ initiallyCollapsed, children }: { initiallyCollapsed: boolean; children: ReactNode }) {
  const pathname = usePathname();
  if (isEntrance(pathname)) return <div className="entrance">{children}</div>;
  return (
    <div className="frame">
      <Rail initiallyCollapsed={initiallyCollapsed} />
      <div className="page">
        <RoleGate>{children}</RoleGate>
      </div>
      <SignedOut />
    </div>
  );
}
