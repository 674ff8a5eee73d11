import { monthOf } from "@/lib/domain/cost/cost-view";
import { costOf } from "@/lib/domain/cost/fleet-cost";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { isKnown } from "@/lib/domain/observed";
import type { Steps } from "@/lib/domain/steps";
import type { ReachView, TierUsage, UsageRow } from "@/lib/domain/views/usage";
import type { Reach } from "./growth";
import { binOf, type Lines, NEAR_PROMISE, shareOf, suggestTier, type TenantUsage, tenantUsage, UNDER_USED, USE_BINS } from "./tenant-usage";

/** Mean rates of everybody over a range, in equal steps. */
export interface UsageLines {
  fromMs: number;
  stepMs: number;
  count: number;
  of: (tenantId: string) => Lines;
}

export interface UsageOf {
  state: TenantState;
  usage: TenantUsage;
  lines: Lines;
}

const STEP = 100;

/** How everybody used their promise, in slices. */
export function* usageOfAll(fleet: FleetSnapshot, lines: UsageLines): Steps<UsageOf[]> {
  const all: UsageOf[] = [];
  for (const state of fleet.tenants.values()) {
    const own = lines.of(state.tenant.id);
    all.push({ state, lines: own, usage: tenantUsage(own, state.tier, lines.fromMs, lines.stepMs) });
    if (all.length % STEP === 0) yield;
  }
  return all;
}

export function usageRow(fleet: FleetSnapshot, { state, usage }: UsageOf): UsageRow {
  const { tenant, tier } = state;
  const tiers = [...fleet.tiers.values()];
  const cost = monthOf(costOf(fleet).tenants.get(tenant.id), fleet.at ?? "");
  return {
    tenantId: tenant.id,
    tenantName: tenant.name,
    tierId: tier.id,
    share: usage.share,
    direction: usage.direction,
    produceBytesPerSecond: usage.rates.produce,
    consumeBytesPerSecond: usage.rates.consume,
    growth: usage.growth === null ? null : { perMonth: usage.growth.perMonth, error: usage.growth.error },
    reach: reachView(usage.reach),
    suggestion: { ...suggestTier(state, usage, tiers), over: null },
    costPerMonth: isKnown(cost) ? cost.value : null,
    costAtLeast: isKnown(cost) && cost.atLeast === true,
    pricePerMonth: tier.pricePerMonth ?? null,
    options: tiers
      .filter(({ archived }) => archived !== true)
      .map((one) => ({
        tierId: one.id,
        share: shareOf(usage.rates, one).share,
        pricePerMonth: one.pricePerMonth ?? null,
      })),
  };
}

function reachView(reach: Reach): ReachView {
  if (reach.kind !== "date") return reach;
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    kind: "date",
    at: iso(reach.atMs),
    earliest: iso(reach.earliestMs),
    latest: reach.latestMs === null ? null : iso(reach.latestMs),
  };
}

export function isNear({ usage: { share } }: UsageOf): boolean {
  return share !== null && share >= NEAR_PROMISE;
}

export function isUnderUsed({ usage: { share } }: UsageOf): boolean {
  return share !== null && share < UNDER_USED;
}

/** A tier's tenants by their use, and what they produce together. */
export function tierUsage(tierId: string, all: readonly UsageOf[], count: number): TierUsage {
  const own = all.filter(({ state }) => state.tier.id === tierId);
  const bins = new Array<number>(USE_BINS).fill(0);
  const produce = new Array<number | null>(count).fill(null);
  let known = 0;
  for (const { usage, lines } of own) {
    if (usage.share !== null) {
      known += 1;
      const bin = binOf(usage.share);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    for (let at = 0; at < count; at += 1) {
      const rate = lines.produce[at] ?? null;
      if (rate !== null) produce[at] = (produce[at] ?? 0) + rate;
    }
  }
  return { tierId, tenants: own.length, known, bins, near: own.filter(isNear).length, underUsed: own.filter(isUnderUsed).length, produce };
}
