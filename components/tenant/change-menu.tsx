"use client";

import { type ReactElement, useState } from "react";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { Menu, MenuAction, MenuLine, MenuLink } from "@/components/ui/menu";
import { useCarry } from "@/lib/client/address";
import { paths } from "@/lib/domain/paths";
import { ManagedDialog } from "./managed-dialog";

/** What of a tenant can be changed, and what was. */
export function ChangeMenu({ trigger, tenantId }: { trigger: ReactElement; tenantId: string }) {
  const carry = useCarry();
  const mayPlan = useMayPlan();
  const [managing, setManaging] = useState(false);
  return (
    <>
      <Menu trigger={trigger} label="Change" align="end">
        <MenuLink href={carry(paths.changeTenant(tenantId, "quota"))}>Quotas</MenuLink>
        <MenuLink href={carry(paths.changeTenant(tenantId, "retention"))}>Retention</MenuLink>
        <MenuLink href={carry(paths.changeTenant(tenantId, "message-size"))}>Message size</MenuLink>
        <MenuLink href={carry(paths.changeTenant(tenantId, "tier"))}>Tier</MenuLink>
        {mayPlan ? <MenuAction onSelect={() => setManaging(true)}>Managed elsewhere</MenuAction> : null}
        <MenuLine />
        <MenuLink href={carry(paths.changes({ tenant: tenantId }))}>Changes so far</MenuLink>
      </Menu>
      {managing ? <ManagedDialog tenantId={tenantId} onClose={() => setManaging(false)} /> : null}
    </>
  );
}
