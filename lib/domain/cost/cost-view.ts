import type { FleetSnapshot } from "@/lib/domain/fleet";
import { formatCountOf } from "@/lib/domain/format";
import { derived, type Observed, unavailable } from "@/lib/domain/observed";
import { type CostLineView, type FleetCostView, type TenantCostView, type TierCost, UNSHARED } from "@/lib/domain/views/cost";
import { AWS_PRICES } from "./aws-prices";
import type { CostKind, CostLine, Unpriced } from "./cost";
import { formatDollars } from "./cost-words";
import { costOf, type FleetCost, type TenantCost } from "./fleet-cost";
import { siloSizes } from "./silo-size";

type Placed<T> = T & { clusterId: string };

/** What asking CloudWatch costs the console itself in a month, by region. */
export interface ConsoleCalls {
  region: string;
  dollars: number;
  words: string;
}

const NOTE = "Prices times what is provisioned, stored and passed through now; without transfer between zones.";

/** A tenant's month in US dollars; "at least" where a part of it has no price or cannot be told apart. */
export function monthOf(cost: TenantCost | undefined, at: string): Observed<number> {
  const [missing] = cost?.unpriced.filter(({ always }) => always !== true) ?? [];
  if (cost === undefined || !cost.known) {
    return unavailable(
      missing?.reason ?? "It is placed on no cluster that has a price.",
      missing?.remedy ?? "Add a placement, or set prices.",
      at,
    );
  }
  const known = derived(cost.dollars, at, NOTE);
  return missing === undefined ? known : { ...known, atLeast: true };
}

export function tenantCostView(fleet: FleetSnapshot, tenantId: string): TenantCostView {
  const cost = costOf(fleet).tenants.get(tenantId);
  const lines = linesOf(fleet, cost?.lines ?? []);
  return {
    perMonth: monthOf(cost, atOf(fleet)),
    pricePerMonth: fleet.tenants.get(tenantId)?.tier.pricePerMonth ?? null,
    lines,
    unpriced: (cost?.unpriced ?? []).map(toUnpriced),
    at: fleet.at,
  };
}

/** The whole bill by tier, and what of it is no tenant's. */
export function fleetCostView(fleet: FleetSnapshot, calls: readonly ConsoleCalls[]): FleetCostView {
  const cost = costOf(fleet);
  const unpriced = [...cost.clusters.values()].flatMap((one) => one.unpriced.map((each) => ({ ...each, clusterId: one.clusterId })));
  const all = [...cost.clusters.values()].flatMap((one) => one.lines.map((line) => ({ ...line, clusterId: one.clusterId })));
  const ours = calls.map(toLine);
  const dollars = sum([...all, ...ours]);
  const isMissing = unpriced.some(({ always }) => always !== true);
  const whole: Observed<number> =
    all.length === 0
      ? unavailable(unpriced[0]?.reason ?? "There is no cluster.", unpriced[0]?.remedy ?? "Add a connection.", atOf(fleet))
      : { ...derived(dollars, atOf(fleet), NOTE), ...(isMissing ? { atLeast: true } : {}) };
  return {
    perMonth: whole,
    tiers: [...fleet.tiers.keys()].map((tierId) => tierCost(fleet, cost, tierId)),
    unshared: UNSHARED.map((holder) => {
      const own = [...all.filter((line) => line.holder.kind === holder), ...(holder === "rest" ? ours : [])];
      return { holder, dollars: sum(own), byKind: byKind(own), lines: linesOf(fleet, own) };
    }),
    unpriced: unpriced.map(toUnpriced),
    silos: siloSizes(fleet),
    asOf: AWS_PRICES.asOf,
    at: fleet.at,
  };
}

function toLine({ region, dollars, words }: ConsoleCalls): Placed<CostLine> {
  return { clusterId: region, holder: { kind: "rest" }, kind: "console-calls", of: "all", dollars, arithmetic: words };
}

function tierCost(fleet: FleetSnapshot, cost: FleetCost, tierId: string): TierCost {
  const states = [...fleet.tenants.values()].filter(({ tenant }) => tenant.tier === tierId);
  const own = states.map(({ tenant }) => cost.tenants.get(tenant.id)).filter((one) => one !== undefined);
  const known = own.filter((one) => one.known);
  const lines = known.flatMap((one) => one.lines);
  const missing = own.flatMap((one) => one.unpriced).find(({ always }) => always !== true);
  const price = fleet.tiers.get(tierId)?.pricePerMonth;
  const partial = missing !== undefined || known.length < states.length;
  return {
    tierId,
    tenants: states.length,
    known: known.length,
    perMonth:
      known.length === 0
        ? unavailable(missing?.reason ?? "No tenant is on it.", missing?.remedy ?? "Put one on it.", atOf(fleet))
        : { ...derived(sum(lines), atOf(fleet), NOTE), ...(partial ? { atLeast: true } : {}) },
    byKind: byKind(lines),
    lines: linesOf(fleet, addedUp(fleet, known)),
    revenue: price === undefined ? null : price * states.length,
  };
}

/** The largest first; whose part is the largest is named. */
function addedUp(fleet: FleetSnapshot, costs: readonly TenantCost[]): Placed<CostLine>[] {
  const groups = Map.groupBy(
    costs.flatMap(({ lines }) => lines),
    ({ clusterId, kind, of }) => `${clusterId} ${kind} ${of}`,
  );
  const added = [...groups.values()].map((lines): Placed<CostLine> => {
    const largest = lines.reduce((most, line) => (line.dollars > most.dollars ? line : most));
    const tenants = new Set(lines.map(({ holder }) => (holder.kind === "tenant" ? holder.tenantId : holder.kind)));
    return { ...largest, dollars: sum(lines), arithmetic: addedWords(fleet, largest, tenants.size) };
  });
  return added.sort((a, b) => b.dollars - a.dollars);
}

function addedWords({ tenants }: FleetSnapshot, { holder, dollars, arithmetic }: CostLine, count: number): string {
  if (count === 1 || holder.kind !== "tenant") return arithmetic;
  const name = tenants.get(holder.tenantId)?.tenant.name ?? holder.tenantId;
  return `The parts of ${formatCountOf(count, "tenant")}; the largest is ${formatDollars(dollars)} of ${name}: ${arithmetic}`;
}

function byKind(lines: readonly CostLine[]): Partial<Record<CostKind, number>> {
  const sums: Partial<Record<CostKind, number>> = {};
  for (const { kind, dollars } of lines) sums[kind] = (sums[kind] ?? 0) + dollars;
  return sums;
}

function sum(lines: readonly CostLine[]): number {
  return lines.reduce((total, { dollars }) => total + dollars, 0);
}

function linesOf(fleet: FleetSnapshot, lines: readonly Placed<CostLine>[]): CostLineView[] {
  return lines.map(({ clusterId, kind, of, dollars, arithmetic }) => ({
    clusterId,
    clusterName: fleet.summaries.get(clusterId)?.name ?? clusterId,
    kind,
    of,
    dollars,
    arithmetic,
  }));
}

function toUnpriced({ what, reason, remedy, clusterId }: Placed<Unpriced>): TenantCostView["unpriced"][number] {
  return { what, reason, remedy, clusterId };
}

function atOf(fleet: FleetSnapshot): string {
  return fleet.at ?? new Date(0).toISOString();
}
