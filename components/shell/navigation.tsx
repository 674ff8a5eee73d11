import {
  ArrowUpFromLine,
  Building2,
  ChartNoAxesColumnIncreasing,
  Layers,
  LayoutGrid,
  type LucideIcon,
  Megaphone,
  Server,
} from "lucide-react";
import { paths } from "@/lib/domain/paths";

export interface NavigationEntry {
  label: string;
  href: string;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
}

/** The pages that exist. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { label: "Overview", href: paths.overview(), icon: LayoutGrid, key: "o" },
  { label: "Tenants", href: paths.tenants(), icon: Building2, key: "t" },
  { label: "Noisy", href: paths.noisy(), icon: Megaphone, key: "n" },
  { label: "Isolation", href: paths.isolation(), icon: Layers, key: "i" },
  { label: "Tiers", href: paths.tiers(), icon: ChartNoAxesColumnIncreasing, key: "r" },
  { label: "Clusters", href: paths.clusters(), icon: Server, key: "c" },
  { label: "Changes", href: paths.changes(), icon: ArrowUpFromLine, key: "h" },
];

export function isCurrent(entry: NavigationEntry, pathname: string): boolean {
  return pathname === entry.href || pathname.startsWith(`${entry.href}/`);
}
