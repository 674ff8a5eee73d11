"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect, useState } from "react";
import { Account } from "./account";

const THEMES = [
  { value: "system", label: "System theme", icon: Monitor },
  { value: "light", label: "Light theme", icon: Sun },
  { value: "dark", label: "Dark theme", icon: Moon },
] as const;

function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  const index = mounted ? THEMES.findIndex((each) => each.value === theme) : 0;
  const current = THEMES[index] ?? THEMES[0];
  const next = THEMES[(index + 1) % THEMES.length] ?? THEMES[0];
  return (
    <button
      type="button"
      className="rail-item"
      aria-label={`${current.label}; change to ${next.label.toLowerCase()}`}
      title={current.label}
      onClick={() => setTheme(next.value)}
    >
      <current.icon aria-hidden />
      <span>{current.label}</span>
    </button>
  );
}

/** The theme, and who is at this console. */
export function RailFoot() {
  return (
    <ul>
      <li>
        <ThemeSwitch />
      </li>
      <li>
        <Account />
      </li>
    </ul>
  );
}
