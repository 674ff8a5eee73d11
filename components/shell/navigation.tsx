import {
  ArrowUpFromLine,
  Building2,
  ChartNoAxesColumnIncreasing,
  Layers,
  LayoutGrid,
  type LucideIcon,
  Megaphone,
  ScrollText,
  Server,
  UsersRound,
} from "lucide-react";
import { paths } from "@/lib/domain/paths";
import type { Permission } from "@/lib/domain/people/roles";

export interface NavigationEntry {
  label: string;
  href: string;
  icon: LucideIcon;
  /** Pressed after `g`. */
  key: string;
  /** What the role has to reach to see it. */
  permission: Permission;
}

/** The pages that exist. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { label: "Overview", href: paths.overview(), icon: LayoutGrid, key: "o", permission: "tenants" },
  { label: "Tenants", href: paths.tenants(), icon: Building2, key: "t", permission: "tenants" },
  { label: "Noisy", href: paths.noisy(), icon: Megaphone, key: "n", permission: "tenants" },
  { label: "Isolation", href: paths.isolation(), icon: Layers, key: "i", permission: "tenants" },
  { label: "Tiers", href: paths.tiers(), icon: ChartNoAxesColumnIncreasing, key: "r", permission: "usage" },
  { label: "Clusters", href: paths.clusters(), icon: Server, key: "c", permission: "tenants" },
  { label: "Changes", href: paths.changes(), icon: ArrowUpFromLine, key: "h", permission: "tenants" },
  { label: "People", href: paths.people(), icon: UsersRound, key: "p", permission: "people" },
  { label: "Audit", href: paths.audit(), icon: ScrollText, key: "a", permission: "people" },
];

/** Drift, and the forms of tiers: plans, which are not for everybody who sees tiers. */
const PLANS = /^\/(?:drift(?:\/|$)|tiers\/new$|tiers\/[^/]+\/edit$)/;

/** What a page asks of the role; null: nothing, or it is no page of the console's list. */
export function permissionOf(pathname: string): Permission | null {
  if (PLANS.test(pathname)) return "tenants";
  return NAVIGATION.find((entry) => isCurrent(entry, pathname))?.permission ?? null;
}

export function isCurrent(entry: NavigationEntry, pathname: string): boolean {
  return pathname === entry.href || (entry.href !== "/" && pathname.startsWith(`${entry.href}/`));
}
