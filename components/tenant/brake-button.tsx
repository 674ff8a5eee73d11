"use client";

import { OctagonPause } from "lucide-react";
import { lazy } from "react";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { Button } from "@/components/ui/button";
import { OnDemand } from "@/components/ui/on-demand";

const loadPopover = () => import("./brake-popover").then((module) => ({ default: module.BrakePopover }));
const BrakePopover = lazy(loadPopover);

/** Caps a tenant for some minutes, in two clicks: this one and the popover's. */
export function BrakeButton({ tenantId }: { tenantId: string }) {
  if (!useMayPlan()) return null;
  return (
    <OnDemand
      popup="dialog"
      preload={() => void loadPopover()}
      trigger={
        <Button>
          <OctagonPause aria-hidden />
          Brake
        </Button>
      }
    >
      {(trigger) => <BrakePopover trigger={trigger} tenantId={tenantId} />}
    </OnDemand>
  );
}
