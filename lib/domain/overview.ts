import { namesOfTenants } from "@/lib/domain/conditions/tenant-names";
import type { FleetSnapshot, TenantState } from "./fleet";
import { type Observed, sumObserved, unavailable } from "./observed";
import { overviewSentence } from "./overview-sentence";
import { postureCounts } from "./posture/posture-view";
import { isPostureRule, isToldAsPosture } from "./posture/rules";
import { listPromise, promisedOn, sumPromised } from "./promised";
import { reservedOn } from "./reserved";
import type { Steps } from "./steps";
import { filterTenants } from "./tenant-query";
import type { Tier } from "./tier";
import type { ClusterSummary } from "./views/clusters";
import type { ConditionView } from "./views/common";
import type { ModelCounts, Overview, OverviewCluster, OverviewTier } from "./views/overview";
import type { TenantRow } from "./views/tenants";
import type { Direction } from "./views/use";

/** What the first page shows of what needs attention; the rest is counted. */
const SHOWN_MAX = 50;
const THROTTLED = ["limit.at-limit", "limit.throttled-below-promise"];

/** The fleet at a glance, or the part of it that stands on one cluster (null: all), with a pause after each pass over all tenants. */
export function* overviewSteps(fleet: FleetSnapshot, clusterId: string | null): Steps<Overview> {
  const tenants = [...fleet.tenants.values()].filter(({ tenant }) => clusterId === null || isOn(tenant.placements, clusterId));
  const summaries = [...fleet.summaries.values()].filter(({ id }) => clusterId === null || id === clusterId);
  const ids = new Set(tenants.map(({ tenant }) => tenant.id));
  const all = fleet.conditions.filter((condition) => isInScope(condition, clusterId, ids));
  yield;
  // What is wrong by construction is told on a page of its own; here it would stand before what is wrong now.
  const conditions = all.filter(({ rule }) => !isPostureRule(rule));
  const attention = conditions.filter(({ acknowledged }) => acknowledged === null);
  const acknowledged = conditions.filter((condition) => condition.acknowledged !== null);
  const shown = { attention: attention.slice(0, SHOWN_MAX), acknowledged: acknowledged.slice(0, SHOWN_MAX) };
  yield;
  const near = viewCounts(tenants, "near-limit", ({ produce, consume }) => produce.state === "unknown" || consume.state === "unknown");
  yield;
  const late = viewCounts(tenants, "lag", ({ lag }) => lag.state === "unknown");
  yield;
  const quota = { tenants: near.found.size, throttled: tenantsWith(conditions, ...THROTTLED), unknown: near.unknown.size };
  const lag = { tenants: late.found.size, stuck: tenantsWith(conditions, "lag.stuck"), unknown: late.unknown.size };
  yield;
  const parts = clusterParts(tenants);
  yield;
  const tiers = overviewTiers(fleet, tenants, clusterId);
  yield;
  return {
    at: fleet.at,
    sentence: overviewSentence({
      tenants: tenants.length,
      throttledBelowPromise: tenantsWith(conditions, "limit.throttled-below-promise"),
      losingRecords: tenantsWith(conditions, "lag.losing"),
      stuck: lag.stuck,
      pastLagObjective: lag.tenants,
      throttledAtQuota: tenantsWith(conditions, "limit.at-limit"),
      unknown: near.unknown.union(late.unknown).size,
      clusters: summaries,
      leaderlessPartitions: leaderless(fleet, summaries),
    }),
    tenants: { total: tenants.length, models: modelCounts(tenants) },
    produceBytesPerSecond: rateOf(summaries, "bytesInPerSecond", fleet.at),
    consumeBytesPerSecond: rateOf(summaries, "bytesOutPerSecond", fleet.at),
    promisedProduceBytesPerSecond: promisedSum(tenants, "produce", clusterId),
    promisedConsumeBytesPerSecond: promisedSum(tenants, "consume", clusterId),
    nearOrOverQuota: quota,
    pastLagObjective: lag,
    ...shown,
    attentionTotal: attention.length,
    acknowledgedTotal: acknowledged.length,
    posture: postureCounts(all.filter(({ rule }) => isToldAsPosture(rule))),
    tenantNames: namesOfTenants(fleet, [...shown.attention, ...shown.acknowledged]),
    clusters: summaries.map((summary) => ({ ...summary, ...(parts.get(summary.id) ?? NOTHING_PLACED) })),
    tiers,
  };
}

function isOn(placements: readonly { cluster: string }[], clusterId: string): boolean {
  return placements.some(({ cluster }) => cluster === clusterId);
}

function isInScope(condition: ConditionView, clusterId: string | null, tenantIds: ReadonlySet<string>): boolean {
  if (clusterId === null || condition.clusterId === clusterId) return true;
  return condition.clusterId === null && condition.tenantId !== null && tenantIds.has(condition.tenantId);
}

function tenantsWith(conditions: readonly ConditionView[], ...rules: string[]): number {
  return new Set(conditions.filter(({ rule, tenantId }) => tenantId !== null && rules.includes(rule)).map(({ tenantId }) => tenantId)).size;
}

const NOBODY = { clusters: [], rules: [] };

/** Ids of the tenants in a saved view of the list, which the figure leads to, and of those of which it cannot be said. */
function viewCounts(tenants: readonly TenantState[], view: "near-limit" | "lag", isUnknown: (row: TenantRow) => boolean) {
  const rows = tenants.map(({ row }) => row);
  const found = new Set(filterTenants(rows, { tests: [] }, view, () => NOBODY).map(({ id }) => id));
  const unknown = new Set(rows.filter((row) => !found.has(row.id) && isUnknown(row)).map(({ id }) => id));
  return { found, unknown };
}

function leaderless(fleet: FleetSnapshot, summaries: readonly { id: string }[]): number {
  let sum = 0;
  for (const { id } of summaries) for (const topic of fleet.topics.get(id)?.values() ?? []) sum += topic.leaderless;
  return sum;
}

function modelCounts(tenants: readonly TenantState[]): ModelCounts {
  const counts: ModelCounts = { pool: 0, bridge: 0, silo: 0, mixed: 0, unplaced: 0 };
  for (const { row } of tenants) counts[row.model] += 1;
  return counts;
}

function rateOf(summaries: readonly ClusterSummary[], rate: "bytesInPerSecond" | "bytesOutPerSecond", at: string | null): Observed<number> {
  const none = unavailable("No cluster is connected.", "Add one to the connections file.", at ?? new Date(0).toISOString());
  return sumObserved(
    summaries.map((summary) => summary[rate]),
    none,
  );
}

function promisedSum(tenants: readonly TenantState[], direction: Direction, clusterId: string | null): number | null {
  return sumPromised(
    tenants.map(({ tenant, tier }) => {
      const promise = listPromise(tier, direction);
      return clusterId === null ? promise : promisedOn(tenant, clusterId, promise);
    }),
  );
}

type ClusterPart = Pick<OverviewCluster, "promisedBytesPerSecond" | "placements">;

const NOTHING_PLACED: ClusterPart = { promisedBytesPerSecond: null, placements: { pool: 0, bridge: 0, silo: 0 } };

/** By cluster, what is placed there, and what of its promises has to be kept free. */
function clusterParts(tenants: readonly TenantState[]): Map<string, ClusterPart> {
  const parts = new Map<string, ClusterPart>();
  for (const state of tenants) {
    const { tenant } = state;
    for (const clusterId of new Set(tenant.placements.map(({ cluster }) => cluster))) {
      const part = parts.get(clusterId) ?? structuredClone(NOTHING_PLACED);
      const here = tenant.placements.filter(({ cluster }) => cluster === clusterId);
      for (const model of new Set(here.map((placement) => placement.model))) part.placements[model] += 1;
      part.promisedBytesPerSecond = sumPromised([part.promisedBytesPerSecond, reservedOn(state, clusterId, "produce")]);
      parts.set(clusterId, part);
    }
  }
  return parts;
}

/** Declared tiers, and those that only tenants name, in the order of their declaration. */
function overviewTiers(fleet: FleetSnapshot, tenants: readonly TenantState[], clusterId: string | null): OverviewTier[] {
  const byTier = new Map<string, { tier: Tier; members: TenantState[] }>();
  for (const tier of fleet.tiers.values()) byTier.set(tier.id, { tier, members: [] });
  for (const state of tenants) {
    const known = byTier.get(state.tier.id);
    if (known === undefined) byTier.set(state.tier.id, { tier: state.tier, members: [state] });
    else known.members.push(state);
  }
  const nobody = unavailable("No tenant has this tier.", "A tenant gets it by its declaration.", fleet.at ?? new Date(0).toISOString());
  // What is no longer given to anybody, and nobody has, is told on the page of tiers alone.
  const given = [...byTier.values()].filter(({ tier, members }) => !tier.archived || members.length > 0);
  return given.map(({ tier, members }) => ({
    id: tier.id,
    name: tier.name,
    models: modelCounts(members),
    tenants: members.length,
    promisedProduceBytesPerSecond: promisedSum(members, "produce", clusterId),
    produceBytesPerSecond: sumObserved(
      members.map(({ produce }) => produce.bytesPerSecond),
      nobody,
    ),
    needAttention: members.filter(({ row }) => row.attention !== null).length,
  }));
}
