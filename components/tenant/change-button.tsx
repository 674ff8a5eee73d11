"use client";

import { ChevronDown } from "lucide-react";
import { lazy } from "react";
import { Button } from "@/components/ui/button";
import { OnDemand } from "@/components/ui/on-demand";

const loadMenu = () => import("./change-menu").then((module) => ({ default: module.ChangeMenu }));
const ChangeMenu = lazy(loadMenu);

export function ChangeButton({ tenantId }: { tenantId: string }) {
  return (
    <OnDemand
      popup="menu"
      preload={() => void loadMenu()}
      trigger={
        <Button>
          Change
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      {(trigger) => <ChangeMenu trigger={trigger} tenantId={tenantId} />}
    </OnDemand>
  );
}
