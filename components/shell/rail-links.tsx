"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useCarry } from "@/lib/client/address";
import { paths } from "@/lib/domain/paths";
import { isCurrent, NAVIGATION } from "./navigation";
import { NoisyTenants } from "./noisy-tenants";
import { OpenChanges } from "./open-changes";

/** The console's pages; also what the narrow page's menu shows. */
export function RailLinks({ onFollow }: { onFollow?: () => void }) {
  const pathname = usePathname();
  const carry = useCarry();
  return (
    <ul>
      {NAVIGATION.map((entry) => (
        <li key={entry.href}>
          <Link
            href={carry(entry.href)}
            prefetch={false}
            className="rail-item"
            title={entry.label}
            aria-current={isCurrent(entry, pathname) ? "page" : undefined}
            {...(onFollow ? { onClick: onFollow } : {})}
          >
            <entry.icon aria-hidden />
            <span>{entry.label}</span>
            {entry.href === paths.changes() ? <OpenChanges /> : null}
            {entry.href === paths.noisy() ? <NoisyTenants /> : null}
          </Link>
        </li>
      ))}
    </ul>
  );
}
