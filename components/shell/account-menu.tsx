"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Menu, MenuAction, MenuLabel, MenuLine, MenuLink } from "@/components/ui/menu";
import { withBase } from "@/lib/client/base-path";
import { signOut } from "@/lib/client/enter";
import { paths } from "@/lib/domain/paths";

interface AccountMenuProps {
  trigger: ReactElement;
  name: string;
  role: string;
  reach: string;
}

export function AccountMenu({ trigger, name, role, reach }: AccountMenuProps) {
  const mutation = useMutation(signOut(useQueryClient()));
  // A whole load: nothing that was shown stays in memory.
  const leave = () => mutation.mutate(undefined, { onSuccess: () => window.location.assign(withBase(paths.signIn())) });
  return (
    <Menu trigger={trigger} label="Account">
      <MenuLabel>
        {name}, {role}
        {reach}
      </MenuLabel>
      <MenuLink href={paths.account()}>Account and sessions</MenuLink>
      <MenuLine />
      <MenuAction onSelect={leave}>Sign out</MenuAction>
    </Menu>
  );
}
