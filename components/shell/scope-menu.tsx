"use client";

import type { ReactElement } from "react";
import { Menu, MenuChoice, MenuChoices, MenuLine } from "@/components/ui/menu";
import type { StatusView } from "@/lib/domain/views/clusters";

interface ScopeMenuProps {
  trigger: ReactElement;
  scope: string | null;
  clusters: StatusView["clusters"];
  onChange: (scope: string | null) => void;
}

const ALL = "";

export function ScopeMenu({ trigger, scope, clusters, onChange }: ScopeMenuProps) {
  return (
    <Menu trigger={trigger} label="Scope">
      <MenuChoices value={scope ?? ALL} onChange={(value) => onChange(value === ALL ? null : value)}>
        <MenuChoice value={ALL}>All clusters</MenuChoice>
        <MenuLine />
        {clusters.map((cluster) => (
          <MenuChoice key={cluster.id} value={cluster.id} end={cluster.state === "healthy" ? null : cluster.state}>
            {cluster.name}
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}
