import { publishedCapacity } from "@/lib/domain/cloud/msk-limits";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { formatByteRate } from "@/lib/domain/format";
import { listPromise, promisedOn } from "@/lib/domain/promised";
import { rateOn } from "@/lib/domain/rate-on";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { MONTH_HOURS } from "./cost";
import { formatDollars } from "./cost-words";
import { bookOf } from "./fleet-cost";
import { BROKER_TYPES } from "./price-list";

/** A cluster of one tenant against the size that would do for what it is promised, or for more where it uses more. */
export interface SiloSize {
  clusterId: string;
  tenantId: string;
  /** `over`: a smaller one would do. `unknown`: it cannot be told, and the sentence says why. */
  verdict: "over" | "unknown";
  /** US dollars a month that a smaller one would save; null: not known. */
  saves: number | null;
  sentence: string;
}

const BROKERS_MIN = 3;
/** A size that saves less than this part of the brokers' price is no finding: every change has its own cost. */
const WORTH = 0.2;

/** Clusters of one tenant that are larger than what is promised to it asks for; the main drawback of a silo. */
export function siloSizes(fleet: FleetSnapshot): SiloSize[] {
  const placed = Map.groupBy(
    [...fleet.tenants.values()].flatMap((state) =>
      [...new Set(state.tenant.placements.map(({ cluster }) => cluster))].map((id) => ({ id, state })),
    ),
    ({ id }) => id,
  );
  return [...fleet.clusters.values()].flatMap((cluster) => {
    const [only, second] = placed.get(cluster.clusterId) ?? [];
    if (only === undefined || second !== undefined) return [];
    const isSilo = only.state.tenant.placements.some((one) => one.cluster === cluster.clusterId && one.model === "silo");
    const size = isSilo ? sizeOf(fleet, cluster, only.state) : null;
    return size === null ? [] : [size];
  });
}

function sizeOf(fleet: FleetSnapshot, { clusterId, name, msk }: ClusterSnapshot, state: TenantState): SiloSize | null {
  if (msk === null || msk.cluster.kind === "serverless") return null;
  const { instanceType, brokerCount, kind, region } = msk.cluster;
  const unknown = (why: string): SiloSize => ({
    clusterId,
    tenantId: state.tenant.id,
    verdict: "unknown",
    saves: null,
    sentence: `Whether ${name} is larger than ${state.tenant.name} needs is not known: ${why}`,
  });
  if (kind === "standard") return unknown("AWS publishes no capacity of Standard brokers to plan with.");
  if (instanceType === null || brokerCount === null) return unknown("AWS does not tell its brokers.");
  const needIn = needOf(state, clusterId, "produce");
  const needOut = needOf(state, clusterId, "consume");
  if (needIn === null || needOut === null) return unknown("nothing is promised to it, so nothing says what it must be able to take.");
  const book = bookOf(fleet, region);
  const price = book.of(`broker:${instanceType}`);
  if (price === null) return unknown(`no price is set for ${instanceType} in ${region}.`);
  const now = price.dollars * brokerCount * MONTH_HOURS;
  const [best] = BROKER_TYPES.flatMap((type) => {
    const of = type.startsWith("express.") ? book.of(`broker:${type}`) : null;
    const each = publishedCapacity({ kind, instanceType: type, brokerCount: 1 });
    if (of === null || each === null) return [];
    const brokers = Math.max(BROKERS_MIN, Math.ceil(needIn / each.bytesPerSecond), Math.ceil(needOut / each.egressBytesPerSecond));
    return [{ type, brokers, dollars: of.dollars * brokers * MONTH_HOURS }];
  }).sort((a, b) => a.dollars - b.dollars);
  if (best === undefined || best.dollars > now * (1 - WORTH)) return null;
  const need = `${formatByteRate(needIn)} in and ${formatByteRate(needOut)} out`;
  return {
    clusterId,
    tenantId: state.tenant.id,
    verdict: "over",
    saves: now - best.dollars,
    sentence: `${name} has ${brokerCount} × ${instanceType}; for the ${need} that ${state.tenant.name} is promised or uses, ${best.brokers} × ${best.type} would do: ${formatDollars(best.dollars)} instead of ${formatDollars(now)} a month for brokers.`,
  };
}

/** What is promised there, or more where it uses more; null: nothing is promised. */
function needOf(state: TenantState, clusterId: string, direction: "produce" | "consume"): number | null {
  const promised = promisedOn(state.tenant, clusterId, listPromise(state.tier, direction));
  return promised === null ? null : Math.max(promised, rateOn(state, clusterId, direction)?.value ?? 0);
}
