import type { TenantSet } from "@/lib/domain/tenant-sets";
import { type Land, namesIn, runsIn, type Stretch } from "./land";

/** What of others lies under a pattern: the first names and tenants, and how many there are. Tenants without a name claim names to come. */
export interface Covered {
  tenantIds: string[];
  tenantCount: number;
  names: string[];
  nameCount: number;
  /** There are more than were counted: what denials leave is told by its first names. */
  atLeast?: true;
}

export const NOTHING: Covered = { tenantIds: [], tenantCount: 0, names: [], nameCount: 0 };
/** What an answer names; the rest is counted. */
export const NAMED_MAX = 50;
/** Runs that are passed to find names to tell. */
const RUNS_MAX = 200;

/** All that lies in a stretch, whoever asks. */
export interface Summary {
  names: number;
  bySet: ReadonlyMap<TenantSet, number>;
  /** For each tenant in how many of the sets it is. */
  setsWith: ReadonlyMap<string, number>;
}

export function summaryOf(land: Land, stretch: Stretch, onWork: (steps: number) => void): Summary {
  const bySet = new Map<TenantSet, number>();
  const setsWith = new Map<string, number>();
  for (const { tenants, from, to } of runsIn(land, stretch)) {
    onWork(1);
    const before = bySet.get(tenants);
    bySet.set(tenants, (before ?? 0) + namesIn(land, { from, to }));
    if (before !== undefined) continue;
    onWork(tenants.tenantIds.length);
    for (const id of tenants.tenantIds) setsWith.set(id, (setsWith.get(id) ?? 0) + 1);
  }
  return { names: namesIn(land, stretch), bySet, setsWith };
}

/** What is left of a stretch when the asker's own is taken away, in work that grows with the asker's own and not with the stretch. */
export function coveredBeside(
  land: Land,
  stretch: Stretch,
  summary: Summary,
  ownSets: ReadonlySet<TenantSet>,
  onWork: (steps: number) => void,
): Covered {
  let nameCount = summary.names;
  let others = summary.bySet.size;
  const ownTimes = new Map<string, number>();
  for (const set of ownSets) {
    const count = summary.bySet.get(set);
    if (count === undefined) continue;
    nameCount -= count;
    others -= 1;
    onWork(set.tenantIds.length);
    for (const id of set.tenantIds) ownTimes.set(id, (ownTimes.get(id) ?? 0) + 1);
  }
  if (others === 0) return NOTHING;
  let tenantCount = summary.setsWith.size;
  for (const [id, times] of ownTimes) if (summary.setsWith.get(id) === times) tenantCount -= 1;
  return { nameCount, tenantCount, ...firstOf(land, stretch, ownSets, onWork) };
}

function firstOf(
  land: Land,
  stretch: Stretch,
  ownSets: ReadonlySet<TenantSet>,
  onWork: (steps: number) => void,
): Pick<Covered, "names" | "tenantIds"> {
  const names: string[] = [];
  const tenantIds = new Set<string>();
  let runs = 0;
  for (const { tenants, from, to } of runsIn(land, stretch)) {
    onWork(1);
    runs += 1;
    if (runs > RUNS_MAX || tenantIds.size >= NAMED_MAX) break;
    if (ownSets.has(tenants)) continue;
    for (const plot of land.plots.slice(from, Math.min(to, from + NAMED_MAX))) {
      if (!plot.isClaim && names.length < NAMED_MAX) names.push(plot.name);
    }
    for (const id of tenants.tenantIds.slice(0, NAMED_MAX)) tenantIds.add(id);
  }
  return { names, tenantIds: [...tenantIds].slice(0, NAMED_MAX) };
}

/**
 * The same where some names are denied: names are passed one by one until enough are found, and a denied beginning is passed as a whole.
 * `deniedTo` answers where what is denied at a plot ends; null: it is open.
 */
export function coveredPast(
  land: Land,
  stretch: Stretch,
  ownSets: ReadonlySet<TenantSet>,
  deniedTo: (at: number) => number | null,
  onWork: (steps: number) => void,
): Covered {
  const names: string[] = [];
  const tenantIds = new Set<string>();
  let at = stretch.from;
  while (at < stretch.to && names.length < NAMED_MAX) {
    onWork(1);
    const plot = land.plots[at];
    if (plot === undefined) break;
    if (ownSets.has(plot.tenants)) {
      at = land.runEnds[at] ?? stretch.to;
      continue;
    }
    const end = deniedTo(at);
    if (end !== null) {
      at = end;
      continue;
    }
    if (!plot.isClaim) names.push(plot.name);
    for (const id of plot.tenants.tenantIds.slice(0, NAMED_MAX)) tenantIds.add(id);
    at += 1;
  }
  const found = { tenantIds: [...tenantIds].slice(0, NAMED_MAX), tenantCount: tenantIds.size, names, nameCount: names.length };
  return at < stretch.to ? { ...found, atLeast: true } : found;
}
