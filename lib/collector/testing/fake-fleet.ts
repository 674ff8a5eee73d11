import type { Assemble } from "@/lib/collector/fleet/fleet-keeper";
import type { FleetInput } from "@/lib/domain/assemble/assemble-fleet";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { measured, type Observed, unavailable } from "@/lib/domain/observed";
import { indexOwners } from "@/lib/domain/owner";
import type { Placement } from "@/lib/domain/placement";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import type { ConditionView } from "@/lib/domain/views/common";
import type { BrokerUse, DirectionUse } from "@/lib/domain/views/use";

export const NOT_SEEN = unavailable("not seen", "look again", "");

export function placement(cluster: string): Placement {
  return { cluster, model: "bridge", stream: "main", topics: [], groups: [], principals: [], clientIds: [] };
}

export function tenant(id: string, ...clusters: string[]): Tenant {
  return { id, name: id, tier: "basic", placements: clusters.map(placement) };
}

export function use(
  bytesPerSecond: Observed<number>,
  brokers: (BrokerUse & { clusterId?: string })[] = [],
  more: Partial<DirectionUse> = {},
): DirectionUse {
  const clusters = [...new Set(brokers.map(({ clusterId }) => clusterId ?? "shared-1"))];
  const buckets = clusters.map((clusterId) => ({
    clusterId,
    bucket: "user acme",
    quota: null,
    brokers: brokers.filter((broker) => (broker.clusterId ?? "shared-1") === clusterId),
  }));
  return { state: "free", bytesPerSecond, worst: null, buckets, throttleVisible: true, promise: null, note: null, ...more };
}

/** A tenant of whom nothing is known but what the test says. */
export function state(of: Tenant, more: Partial<TenantState> = {}): TenantState {
  const unknown = use(NOT_SEEN, [], { state: "unknown", throttleVisible: false });
  const lag = { state: "none" as const, clusterId: null, groupId: null, recordsBehind: null, timeBehindMs: null, reason: null };
  const rowUse = {
    state: "unknown" as const,
    bytesPerSecond: null,
    source: "unavailable" as const,
    share: null,
    worstBytesPerSecond: null,
    brokerId: null,
    throttleMs: null,
    promiseShare: null,
  };
  return {
    tenant: of,
    tier: Tier.parse({ id: "basic", name: "Basic", model: "bridge" }),
    row: {
      id: of.id,
      name: of.name,
      tier: of.tier,
      model: "bridge",
      attention: null,
      produce: rowUse,
      consume: rowUse,
      lag,
      storageBytes: null,
    },
    produce: unknown,
    consume: unknown,
    lag,
    storageBytes: NOT_SEEN,
    storageWithReplicasBytes: NOT_SEEN,
    topics: [],
    groups: [],
    conditions: [],
    drift: [],
    cannotSee: [],
    ...more,
  };
}

export function fleetOf(
  clusters: readonly ClusterSnapshot[],
  tenants: readonly TenantState[],
  conditions: ConditionView[] = [],
): FleetSnapshot {
  return {
    version: "",
    at: null,
    tiers: new Map(),
    services: [],
    owners: indexOwners({ tenants: [], services: [] }),
    tenants: new Map(tenants.map((each) => [each.tenant.id, each])),
    clusters: new Map(clusters.map((each) => [each.clusterId, each])),
    summaries: new Map(),
    topics: new Map(),
    groups: new Map(),
    conditions,
    answers: new Map(),
    lists: new Map(),
    listsWithin: new Map(),
  };
}

/** Shows each tenant producing what the first broker's meters say, and the conditions that the test has put into `holding`. */
export function fakeAssemble(holding: ConditionView[] = []): Assemble & { inputs: FleetInput[] } {
  const inputs: FleetInput[] = [];
  function* assemble(input: FleetInput) {
    inputs.push(input);
    const [first] = input.clusters;
    const meters = first?.meters.get(1);
    yield undefined;
    const tenants = input.registry.tenants.map((each) =>
      state(each, meters === undefined ? {} : { produce: use(measured(meters.broker.bytesInPerSecond ?? 0, meters.at)) }),
    );
    const { conditionsSince: since, acknowledgements } = input.memory;
    const conditions = holding.map((each) => ({
      ...each,
      since: since.get(each.id) ?? input.at,
      acknowledged: acknowledgements.get(each.id) ?? null,
    }));
    const conditionsSince = new Map(conditions.map(({ id, since }) => [id, since]));
    return { fleet: fleetOf(input.clusters, tenants, conditions), memory: { ...EMPTY_MEMORY, conditionsSince } };
  }
  return Object.assign(assemble, { inputs });
}
