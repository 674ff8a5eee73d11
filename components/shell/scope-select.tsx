"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { lazy } from "react";
import { OnDemand } from "@/components/ui/on-demand";
import { useScope } from "@/lib/client/address";
import { status } from "@/lib/client/status";

const loadMenu = () => import("./scope-menu").then((module) => ({ default: module.ScopeMenu }));
const ScopeMenu = lazy(loadMenu);

/** All clusters or one: kept in the address, followed from page to page. */
export function ScopeSelect() {
  const [scope, setScope] = useScope();
  const { data } = useQuery(status());
  const name = scope === null ? "All clusters" : (data?.clusters.find((cluster) => cluster.id === scope)?.name ?? scope);
  return (
    <OnDemand
      popup="menu"
      preload={() => void loadMenu()}
      trigger={
        <button type="button" className="select scope">
          <span className="visually-hidden">Scope:</span>
          <b className="clip" style={{ maxWidth: 180 }}>
            {name}
          </b>
          <ChevronDown aria-hidden />
        </button>
      }
    >
      {(trigger) => <ScopeMenu trigger={trigger} scope={scope} clusters={data?.clusters ?? []} onChange={setScope} />}
    </OnDemand>
  );
}
