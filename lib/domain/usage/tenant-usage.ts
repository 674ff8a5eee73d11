import { advise } from "@/lib/domain/advisor/advise";
import { needsOfTenant } from "@/lib/domain/advisor/tenant-needs";
import type { TenantState } from "@/lib/domain/fleet";
import type { Model } from "@/lib/domain/isolation";
import { listPromise } from "@/lib/domain/promised";
import type { Tier } from "@/lib/domain/tier";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import { type Growth, growthOf, type Reach, reachOf } from "./growth";
import { percentile } from "./percentile";

/** Mean rates in equal steps, oldest first, bytes per second; null: nothing was seen then. */
export type Lines = Record<Direction, readonly (number | null)[]>;

/** Near the promise, and far below it. */
export const NEAR_PROMISE = 0.8;
export const UNDER_USED = 0.15;
const PART = 0.95;
const DAY_MS = 86_400_000;

export interface TenantUsage {
  /** 95th percentile of the rate over the promise, in the direction where that is higher; null: nothing promised, or nothing seen. */
  share: number | null;
  direction: Direction | null;
  /** The rates themselves, by direction. */
  rates: Record<Direction, number | null>;
  stepsSeen: number;
  growth: Growth | null;
  reach: Reach;
}

/** How a tenant used its promise over a time. */
export function tenantUsage(lines: Lines, tier: Tier, fromMs: number, stepMs: number): TenantUsage {
  const rates = { produce: percentile(known(lines.produce), PART), consume: percentile(known(lines.consume), PART) };
  const { share, direction } = shareOf(rates, tier);
  const stepsSeen = Math.max(known(lines.produce).length, known(lines.consume).length);
  if (direction === null) {
    return { share, direction, rates, stepsSeen, growth: null, reach: { kind: "none", because: "there is nothing to compare with" } };
  }
  const promise = listPromise(tier, direction) ?? 0;
  const days = dailyPeaks(lines[direction], stepMs).map((rate) => (rate === null ? null : rate / promise));
  const growth = growthOf(days);
  const lastDayMs = fromMs + days.length * DAY_MS;
  return { share, direction, rates, stepsSeen, growth, reach: reachOf(growth, 1, lastDayMs) };
}

/** The worse of both directions against a tier's promise. */
export function shareOf(rates: Record<Direction, number | null>, tier: Tier): { share: number | null; direction: Direction | null } {
  let worst: { share: number; direction: Direction } | null = null;
  for (const direction of DIRECTIONS) {
    const promise = listPromise(tier, direction);
    const rate = rates[direction];
    if (promise === null || promise === 0 || rate === null) continue;
    if (worst === null || rate / promise > worst.share) worst = { share: rate / promise, direction };
  }
  return worst ?? { share: null, direction: null };
}

/** The 95th percentile of each day; steps longer than a day have none. */
function dailyPeaks(line: readonly (number | null)[], stepMs: number): (number | null)[] {
  const perDay = Math.round(DAY_MS / stepMs);
  if (perDay < 1) return [];
  const days: (number | null)[] = [];
  for (let from = 0; from + perDay <= line.length; from += perDay) days.push(percentile(known(line.slice(from, from + perDay)), PART));
  return days;
}

function known(line: readonly (number | null)[]): number[] {
  return line.filter((rate) => rate !== null);
}

export interface Suggestion {
  tierId: string | null;
  reason: string;
  /** Of list prices; null: one of the two tiers has none. */
  perMonth: number | null;
  /** Where the models differ it has to be moved; null: it stays where it is. */
  moves: { from: Model; to: Model } | null;
}

type NeedingState = Pick<TenantState, "tenant" | "tier" | "produce" | "consume">;

/** The tier that would do, by the use of the range and by what the tenant is declared to need. */
export function suggestTier(state: NeedingState, usage: TenantUsage, tiers: readonly Tier[]): Suggestion {
  const stay = (reason: string): Suggestion => ({ tierId: null, reason, perMonth: null, moves: null });
  const { share, rates } = usage;
  const { tier } = state;
  if (share === null) return stay("nothing to compare with");
  if (share > UNDER_USED && share < NEAR_PROMISE) return stay("its tier fits");
  const fitting = tiers.filter((one) => {
    const there = shareOf(rates, one).share;
    return one.id !== tier.id && one.archived !== true && one.pricePerMonth !== undefined && there !== null && there < NEAR_PROMISE;
  });
  if (tier.pricePerMonth === undefined) return stay("its tier has no price to compare");
  const price = tier.pricePerMonth;
  const isUp = share >= NEAR_PROMISE;
  const [best] = fitting
    .filter((one) => (isUp ? (one.pricePerMonth ?? 0) > price : (one.pricePerMonth ?? 0) < price))
    .sort((a, b) => (a.pricePerMonth ?? 0) - (b.pricePerMonth ?? 0));
  if (best === undefined) return stay(isUp ? "no higher tier would hold it" : "no lower tier would hold it");
  const lost = lostBy(state, best);
  if (lost !== null) return stay(lost);
  const moves = best.model === tier.model ? null : { from: tier.model, to: best.model };
  const moved = moves === null ? "" : `; it moves from ${moves.from} to ${moves.to}`;
  const reason = isUp ? `it is near its promise${moved}` : `it uses little of its promise${moved}`;
  return { tierId: best.id, reason, perMonth: (best.pricePerMonth ?? 0) - price, moves };
}

/** Why another model cannot give what a tenant is declared to need, by the rows of the matrix; null: it can, or the model stays. */
function lostBy(state: NeedingState, to: Tier): string | null {
  if (to.model === state.tier.model) return null;
  const fit = advise(needsOfTenant(state)).fits.find(({ model }) => model === to.model);
  const [unmet] = fit?.reasons.filter(({ verdict }) => verdict === "no") ?? [];
  return unmet === undefined ? null : `a ${to.model} cannot give what it is declared to need: ${unmet.need}`;
}

/** Bins of the distribution of use: 5 % each up to 120 %, and one beyond. */
export const USE_BINS = 25;

export function binOf(share: number): number {
  return Math.min(USE_BINS - 1, Math.floor(share * 20 + 1e-9));
}
