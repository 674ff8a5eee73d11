"use client";

import { UserRound } from "lucide-react";
import { lazy } from "react";
import { OnDemand } from "@/components/ui/on-demand";
import { useActor } from "./use-actor";

const loadMenu = () => import("./account-menu").then((module) => ({ default: module.AccountMenu }));
const AccountMenu = lazy(loadMenu);

/** Who is at this console, and the way out. */
export function Account() {
  const actor = useActor();
  if (actor === undefined) return null;
  const reach = actor.limited === null ? "" : `, limited to ${actor.limited}`;
  const title = `${actor.name}, ${actor.role}${reach}`;
  const face = (
    <>
      <UserRound aria-hidden />
      <span>{actor.name}</span>
    </>
  );
  if (actor.kind !== "person") {
    return (
      <span className="rail-item" title={title}>
        {face}
      </span>
    );
  }
  return (
    <OnDemand
      popup="menu"
      preload={() => void loadMenu()}
      trigger={
        <button type="button" className="rail-item" title={title} aria-label={`Account of ${title}`}>
          {face}
        </button>
      }
    >
      {(trigger) => <AccountMenu trigger={trigger} name={actor.name} role={actor.role} reach={reach} />}
    </OnDemand>
  );
}
