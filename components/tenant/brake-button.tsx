"use client";

import { OctagonPause } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { lazy } from "react";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { Button } from "@/components/ui/button";
import { OnDemand } from "@/components/ui/on-demand";

const loadPopover = () => import("./brake-popover").then((module) => ({ default: module.BrakePopover }));
const BrakePopover = lazy(loadPopover);

/** Caps a tenant for some minutes, in two clicks: this one and the popover's. `?brake=true` in the address is the first of them. */
export function BrakeButton({ tenantId }: { tenantId: string }) {
  const [open, setOpen] = useQueryState("brake", parseAsBoolean.withDefault(false));
  if (!useMayPlan()) return null;
  return (
    <OnDemand
      // Opened anew when the address asks for it while the page is there already.
      key={String(open)}
      popup="dialog"
      open={open}
      preload={() => void loadPopover()}
      trigger={
        <Button>
          <OctagonPause aria-hidden />
          Brake
        </Button>
      }
    >
      {(trigger) => <BrakePopover trigger={trigger} tenantId={tenantId} onClosed={() => void setOpen(null)} />}
    </OnDemand>
  );
}
