"use client";

import type { ReactElement } from "react";
import { Menu, MenuLine, MenuLink } from "@/components/ui/menu";
import { useCarry } from "@/lib/client/address";
import { paths } from "@/lib/domain/paths";

/** What of a tenant can be changed, and what was. */
export function ChangeMenu({ trigger, tenantId }: { trigger: ReactElement; tenantId: string }) {
  const carry = useCarry();
  return (
    <Menu trigger={trigger} label="Change" align="end">
      <MenuLink href={carry(paths.changeTenant(tenantId, "quota"))}>Quotas</MenuLink>
      <MenuLink href={carry(paths.changeTenant(tenantId, "retention"))}>Retention</MenuLink>
      <MenuLink href={carry(paths.changeTenant(tenantId, "message-size"))}>Message size</MenuLink>
      <MenuLink href={carry(paths.changeTenant(tenantId, "tier"))}>Tier</MenuLink>
      <MenuLine />
      <MenuLink href={carry(paths.changes({ tenant: tenantId }))}>Changes so far</MenuLink>
    </Menu>
  );
}
