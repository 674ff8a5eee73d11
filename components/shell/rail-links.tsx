"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useCarry } from "@/lib/client/address";
import { paths } from "@/lib/domain/paths";
import { whyClosed } from "@/lib/domain/people/roles";
import { isCurrent, NAVIGATION, type NavigationEntry } from "./navigation";
import { NoisyTenants } from "./noisy-tenants";
import { OpenChanges } from "./open-changes";
import { useActor } from "./use-actor";

/** The console's pages; also what the narrow page's menu shows. What the role does not reach is there and says why. */
export function RailLinks({ onFollow }: { onFollow?: () => void }) {
  const pathname = usePathname();
  const carry = useCarry();
  const actor = useActor();
  return (
    <ul>
      {NAVIGATION.map((entry) => {
        const why = actor === undefined ? null : whyClosed(actor, entry.permission);
        return (
          <li key={entry.href}>
            {why === null ? (
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
                {actor !== undefined && entry.href === paths.changes() ? <OpenChanges /> : null}
                {actor !== undefined && entry.href === paths.noisy() ? <NoisyTenants /> : null}
              </Link>
            ) : (
              <Closed entry={entry} why={why} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Closed({ entry, why }: { entry: NavigationEntry; why: string }) {
  return (
    <span className="rail-item closed" title={why}>
      <entry.icon aria-hidden />
      <span>{entry.label}</span>
      <span className="visually-hidden">{why}</span>
    </span>
  );
}
