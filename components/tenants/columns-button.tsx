"use client";

import { Columns3 } from "lucide-react";
import { lazy } from "react";
import { OnDemand } from "@/components/ui/on-demand";

const loadMenu = () => import("./columns-menu").then((module) => ({ default: module.ColumnsMenu }));
const ColumnsMenu = lazy(loadMenu);

export function ColumnsButton({ hidden, onChange }: { hidden: readonly string[]; onChange: (hidden: string[]) => void }) {
  return (
    <OnDemand
      popup="menu"
      preload={() => void loadMenu()}
      trigger={
        <button type="button" className="button quiet">
          <Columns3 aria-hidden />
          Columns
        </button>
      }
    >
      {(trigger) => <ColumnsMenu trigger={trigger} hidden={hidden} onChange={onChange} />}
    </OnDemand>
  );
}
