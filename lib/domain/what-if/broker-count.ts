import { type Capacity, publishedCapacity } from "@/lib/domain/cloud/msk-limits";
import { clusterBill } from "@/lib/domain/cost/cluster-bill";
import { clusterHoldings } from "@/lib/domain/cost/cluster-holdings";
import type { ClusterHoldings } from "@/lib/domain/cost/cost";
import { bookOf } from "@/lib/domain/cost/fleet-cost";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import type { MskCluster } from "@/lib/domain/msk-facts";
import { listPromise, promisedOn, sumPromised } from "@/lib/domain/promised";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import type { Direction } from "@/lib/domain/views/use";
import type { BrokerSize, BrokerWhatIf, SizedTenant } from "@/lib/domain/views/what-if";
import { type PastPeaks, sizedTenant } from "./sized-tenants";

export interface BrokerQuestion {
  fleet: FleetSnapshot;
  cluster: ClusterSnapshot;
  fromMs: number;
  toMs: number;
  peaks: ReadonlyMap<string, PastPeaks>;
  /** The cluster's own highest minutes. */
  whole: PastPeaks | undefined;
}

const SHOWN = 50;
const STEP = 200;

/** One broker more or less, and as many as MSK takes at once. Quotas stay as they are; partitions are spread evenly. */
export function* brokerWhatIf(question: BrokerQuestion): Steps<BrokerWhatIf> {
  const { fleet, cluster, peaks, whole, fromMs, toMs } = question;
  const { clusterId, name, msk } = cluster;
  const now = brokersOf(cluster);
  const placed = [...fleet.tenants.values()].filter(({ tenant }) => tenant.placements.some((one) => one.cluster === clusterId));
  const holdings = clusterHoldings(fleet, clusterId, placed);
  const numbers = now === null ? [] : sizesOf(now, zonesOf(cluster));
  const all: SizedTenant[] = [];
  let unseen = 0;
  for (const [index, state] of placed.entries()) {
    const sized = now === null ? [] : sizedTenant(state, cluster, peaks.get(state.tenant.id), { sizes: numbers, brokersNow: now });
    if (sized === null) unseen += 1;
    else all.push(...sized);
    if (index % STEP === STEP - 1) yield;
  }
  const over = all.filter(({ bySize }) => bySize.some(({ share, shareOneDown }) => share > 1 || shareOneDown > 1)).sort(worstFirst);
  return {
    clusterId,
    clusterName: name,
    reason: reasonOf(cluster, now),
    sizes: numbers.map((brokers, at) => ({
      brokers,
      isNow: brokers === now,
      isTaken: msk === null ? null : brokers % Math.max(1, msk.cluster.zoneIds.length) === 0,
      ...capacityOf(msk?.cluster ?? null, brokers),
      dollarsPerMonth: msk === null ? null : billOf(fleet, msk.cluster, holdings, brokers),
      throttled: tenantsAbove(all, at, "share"),
      throttledOneDown: tenantsAbove(all, at, "shareOneDown"),
    })),
    promised: bothOf((direction) => promisedOf(placed, clusterId, direction)),
    bound: bothOf((direction) => boundOf(holdings, direction)),
    peak: bothOf((direction) => whole?.[direction]?.bytesPerSecond ?? null),
    tenants: over.slice(0, SHOWN),
    tenantsTotal: over.length,
    unseen,
    notes: notesOf(cluster, numbers),
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  };
}

/** As AWS says; else as many as were ever seen. */
function brokersOf({ msk, knownBrokers }: ClusterSnapshot): number | null {
  if (msk?.cluster.kind === "serverless") return null;
  const count = msk?.cluster.brokerCount ?? knownBrokers.size;
  return count === 0 ? null : count;
}

function zonesOf({ msk }: ClusterSnapshot): number {
  return Math.max(1, msk?.cluster.zoneIds.length ?? 1);
}

function sizesOf(now: number, zones: number): number[] {
  const sizes = new Set([now - zones, now - 1, now, now + 1, now + zones]);
  return [...sizes].filter((brokers) => brokers >= 1).sort((a, b) => a - b);
}

function reasonOf({ name, msk }: ClusterSnapshot, now: number | null): string | null {
  if (msk?.cluster.kind === "serverless")
    return `${name} is serverless: AWS decides on its brokers, and bills partitions and data instead.`;
  return now === null ? `The brokers of ${name} have not been seen yet.` : null;
}

function capacityOf(cluster: MskCluster | null, brokers: number): Pick<BrokerSize, "produce" | "consume"> {
  const of = (count: number): Capacity | null =>
    cluster === null || count < 1 ? null : publishedCapacity({ ...cluster, brokerCount: count });
  const [all, down] = [of(brokers), of(brokers - 1)];
  return {
    produce: { capacity: all?.bytesPerSecond ?? null, capacityOneDown: down?.bytesPerSecond ?? null },
    consume: { capacity: all?.egressBytesPerSecond ?? null, capacityOneDown: down?.egressBytesPerSecond ?? null },
  };
}

/** What depends on the number of brokers has to have a price; what does not counts as far as it has one. */
function billOf(fleet: FleetSnapshot, cluster: MskCluster, holdings: ClusterHoldings, brokers: number): number | null {
  const { parts, unpriced } = clusterBill({ ...cluster, brokerCount: brokers }, holdings, bookOf(fleet, cluster.region));
  const byBrokers = cluster.kind === "standard" ? [...BY_BROKERS, "Storage"] : BY_BROKERS;
  if (unpriced.some(({ what }) => byBrokers.includes(what))) return null;
  return parts.reduce((sum, { dollars }) => sum + dollars, 0);
}

/** Parts of a bill that depend on the number of brokers; on Standard the volumes do too. */
const BY_BROKERS = ["Brokers", "Volume throughput", "Monitoring"];

function promisedOf(placed: readonly TenantState[], clusterId: string, direction: Direction): number | null {
  return sumPromised(placed.map(({ tenant, tier }) => promisedOn(tenant, clusterId, listPromise(tier, direction))));
}

function boundOf({ tenants }: ClusterHoldings, direction: Direction): number {
  const key = direction === "produce" ? "reservedIn" : "reservedOut";
  return [...tenants.values()].reduce((sum, holding) => sum + holding[key], 0);
}

function bothOf<T>(of: (direction: Direction) => T): Record<Direction, T> {
  return { produce: of("produce"), consume: of("consume") };
}

function tenantsAbove(all: readonly SizedTenant[], at: number, key: "share" | "shareOneDown"): number {
  return new Set(all.filter(({ bySize }) => (bySize[at]?.[key] ?? 0) > 1).map(({ tenantId }) => tenantId)).size;
}

/** By the fewest brokers, where most is over. */
function worstFirst(a: SizedTenant, b: SizedTenant): number {
  return (b.bySize[0]?.share ?? 0) - (a.bySize[0]?.share ?? 0) || a.tenantId.localeCompare(b.tenantId);
}

function notesOf({ msk }: ClusterSnapshot, sizes: readonly number[]): string[] {
  if (sizes.length === 0) return [];
  const zones = msk?.cluster.zoneIds.length ?? 0;
  return [
    "Quotas are per broker and stay as they are until a change sets them: with fewer brokers they let less through altogether, with more brokers more. Which quota then follows from the promise stands as drift.",
    "Partitions are taken to be spread evenly over the brokers that there would be. By default nobody moves them: MSK does on Express, on Standard it is to be done with Kafka’s own tool.",
    "A share by the hottest broker takes the quota of that minute, which may have been another one than now.",
    ...((sizes[0] ?? 3) < 3 ? ["Fewer than three brokers cannot hold three copies of each partition."] : []),
    ...(zones > 1 ? [`MSK takes multiples of its ${zones} zones only.`] : []),
    ...(msk !== null && publishedCapacity(msk.cluster) === null ? ["AWS publishes no capacity of Standard brokers to plan with."] : []),
    ...(msk === null ? ["It is not known to be an MSK cluster, so no capacity and no price list applies."] : []),
  ];
}
