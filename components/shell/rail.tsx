"use client";

import { PanelLeft } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { rememberPreference } from "@/lib/client/preferences";
import { paths } from "@/lib/domain/paths";
import { homeOf } from "@/lib/domain/people/roles";
import { BrandMark } from "./brand-mark";
import { RailFoot } from "./rail-foot";
import { RailLinks } from "./rail-links";
import { useActor } from "./use-actor";

const WIDE = "(min-width: 1200px)";

function isCollapsed(): boolean {
  const chosen = document.documentElement.dataset.rail;
  return chosen === undefined ? !window.matchMedia(WIDE).matches : chosen === "icons";
}

/** The pages at the left. Collapsed to icons when chosen, or by itself where the window is narrow. */
export function Rail({ initiallyCollapsed }: { initiallyCollapsed: boolean }) {
  const actor = useActor();
  const [collapsed, setCollapsed] = useState(initiallyCollapsed);
  useEffect(() => {
    const media = window.matchMedia(WIDE);
    const update = () => setCollapsed(isCollapsed());
    update();
    media.addEventListener("change", update);
    return () => media.removeEventListener("change", update);
  }, []);
  const toggle = () => {
    const next = isCollapsed() ? "open" : "icons";
    document.documentElement.dataset.rail = next;
    rememberPreference("rail", next);
    setCollapsed(next === "icons");
  };
  return (
    <nav className="rail" aria-label="Main">
      <div className="brand">
        <Link href={actor === undefined ? paths.overview() : homeOf(actor.role)} prefetch={false} title="Tenant Console">
          <BrandMark />
          <span>Tenant Console</span>
        </Link>
        <Button
          kind="quiet"
          square
          onClick={toggle}
          aria-expanded={!collapsed}
          aria-label={collapsed ? "Expand navigation" : "Collapse navigation"}
        >
          <PanelLeft aria-hidden />
        </Button>
      </div>
      <RailLinks />
      <RailFoot />
    </nav>
  );
}
