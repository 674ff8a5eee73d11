import type { ReactNode } from "react";
import { BrandMark } from "@/components/shell/brand-mark";

/** The ground of the pages before the console: who it is, and one thing to do. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="door">
      <p className="brand">
        <BrandMark />
        Tenant Console
      </p>
      <h1>{title}</h1>
      {children}
    </main>
  );
}
