import type { TenantSet } from "@/lib/domain/tenant-sets";

/** A name that tenants have: one that exists, or the beginning of names that they claim. */
export interface Plot {
  name: string;
  tenants: TenantSet;
  /** Nothing has this name yet: a tenant claims what will. */
  isClaim?: true;
}

/**
 * All the names of one kind on a cluster in their order, so that what begins alike lies side by side: a prefix is a stretch of it, found
 * by halving. A run of names with the same owners is passed in one step.
 */
export interface Land {
  plots: readonly Plot[];
  /** For each plot where the run of plots with the same owners ends. */
  runEnds: Int32Array;
  /** How many of the plots before each one exist; one entry more than plots. */
  existing: Int32Array;
  /** The sets of owners that a tenant is in: its own, and those of pools. */
  setsOf: ReadonlyMap<string, readonly TenantSet[]>;
}

/** From the first of these plots to the one before the last. */
export interface Stretch {
  from: number;
  to: number;
}

export interface Run extends Stretch {
  tenants: TenantSet;
}

export function landOf(plots: readonly Plot[]): Land {
  const sorted = plots.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const runEnds = new Int32Array(sorted.length);
  for (let at = sorted.length - 1; at >= 0; at -= 1) {
    const next = sorted[at + 1];
    runEnds[at] = next !== undefined && next.tenants === sorted[at]?.tenants ? (runEnds[at + 1] ?? 0) : at + 1;
  }
  const existing = new Int32Array(sorted.length + 1);
  for (const [at, { isClaim }] of sorted.entries()) existing[at + 1] = (existing[at] ?? 0) + (isClaim ? 0 : 1);
  const setsOf = new Map<string, TenantSet[]>();
  for (const set of new Set(sorted.map(({ tenants }) => tenants))) {
    for (const id of set.tenantIds) {
      const known = setsOf.get(id);
      if (known === undefined) setsOf.set(id, [set]);
      else known.push(set);
    }
  }
  return { plots: sorted, runEnds, existing, setsOf };
}

/** The names that begin so; of an empty beginning all of them. */
export function stretchUnder({ plots }: Land, prefix: string): Stretch {
  if (prefix === "") return { from: 0, to: plots.length };
  return {
    from: halve(plots.length, (at) => (plots[at]?.name ?? "") >= prefix),
    to: halve(plots.length, (at) => (plots[at]?.name ?? "").slice(0, prefix.length) > prefix),
  };
}

/** How many names there are in a stretch; claims are none. */
export function namesIn({ existing }: Land, { from, to }: Stretch): number {
  return (existing[to] ?? 0) - (existing[from] ?? 0);
}

export function* runsIn({ plots, runEnds }: Land, { from, to }: Stretch): Generator<Run> {
  let at = from;
  while (at < to) {
    const tenants = plots[at]?.tenants;
    if (tenants === undefined) return;
    const end = Math.min(to, runEnds[at] ?? to);
    yield { tenants, from: at, to: end };
    at = end;
  }
}

/** The first index from which the test holds on. */
function halve(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
