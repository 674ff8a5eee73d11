"use client";

import { type ReactElement, useState } from "react";
import { Menu, MenuLabel, MenuLine, MenuSwitch } from "@/components/ui/menu";
import { rememberPreference } from "@/lib/client/preferences";
import { OPTIONAL_COLUMNS } from "./tenant-columns";

interface ColumnsMenuProps {
  trigger: ReactElement;
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}

/** Which columns are shown and how high a row is; this browser remembers both. */
export function ColumnsMenu({ trigger, hidden, onChange }: ColumnsMenuProps) {
  const [comfortable, setComfortable] = useState(() => document.documentElement.dataset.density === "comfortable");
  const density = (on: boolean) => {
    if (on) document.documentElement.dataset.density = "comfortable";
    else delete document.documentElement.dataset.density;
    rememberPreference("density", on ? "comfortable" : null);
    setComfortable(on);
  };
  return (
    <Menu trigger={trigger} label="Columns" align="end">
      <MenuLabel>Columns</MenuLabel>
      {Object.entries(OPTIONAL_COLUMNS).map(([key, name]) => (
        <MenuSwitch
          key={key}
          on={!hidden.includes(key)}
          onChange={(on) => onChange(on ? hidden.filter((each) => each !== key) : [...hidden, key])}
        >
          {name}
        </MenuSwitch>
      ))}
      <MenuLine />
      <MenuSwitch on={comfortable} onChange={density}>
        Higher rows
      </MenuSwitch>
    </Menu>
  );
}
