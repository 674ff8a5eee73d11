import type { ClientMeterFact } from "@/lib/domain/facts";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { ownerOfClientId, ownerOfPrincipal } from "@/lib/domain/owner";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import type { Resource } from "./noise";

/** What a tenant does on one broker; a rate that is absent is not known. */
export interface BrokerTraffic {
  rates: Partial<Record<Resource, number>>;
  source: "measured" | "derived";
}

/** By broker, then by tenant. */
export type Traffic = Map<number, Map<string, BrokerTraffic>>;

const STEP = 500;

/** What each tenant does on each broker: by its own clients where the broker counts them, else by its own topics. */
export function* trafficOf(fleet: FleetSnapshot, cluster: ClusterSnapshot, fresh: ReadonlyMap<number, BrokerMeters>): Steps<Traffic> {
  const { clusterId } = cluster;
  const traffic: Traffic = new Map();
  for (const [brokerId, meters] of fresh) {
    const byTenant = new Map<string, BrokerTraffic>();
    for (const [position, fact] of meters.clients.entries()) {
      if (position % STEP === STEP - 1) yield;
      const tenantId = tenantOfClient(fleet, clusterId, fact);
      if (tenantId !== null) addClient(byTenant, tenantId, fact);
    }
    let topics = 0;
    for (const [topic, meter] of meters.topics) {
      if (++topics % STEP === 0) yield;
      const owner = fleet.topics.get(clusterId)?.get(topic)?.owner;
      if (owner?.kind !== "tenant" || byTenant.get(owner.tenantId)?.source === "measured") continue;
      const own = byTenant.get(owner.tenantId) ?? { rates: {}, source: "derived" };
      add(own, "in", meter.bytesInPerSecond);
      add(own, "out", meter.bytesOutPerSecond);
      byTenant.set(owner.tenantId, own);
    }
    traffic.set(brokerId, byTenant);
    yield;
  }
  return traffic;
}

/** Whose a label set of clients is; null: no tenant's alone. */
export function tenantOfClient(fleet: FleetSnapshot, clusterId: string, { user, clientId }: ClientMeterFact): string | null {
  const { owner } =
    user === undefined ? ownerOfClientId(fleet.owners, clusterId, clientId ?? "") : ownerOfPrincipal(fleet.owners, clusterId, user);
  return owner.kind === "tenant" ? owner.tenantId : null;
}

function addClient(byTenant: Map<string, BrokerTraffic>, tenantId: string, fact: ClientMeterFact): void {
  const own: BrokerTraffic = byTenant.get(tenantId) ?? { rates: {}, source: "measured" };
  own.source = "measured";
  add(own, "in", fact.produceBytesPerSecond);
  add(own, "out", fact.consumeBytesPerSecond);
  add(own, "requests", fact.requestPercent);
  byTenant.set(tenantId, own);
}

function add(traffic: BrokerTraffic, resource: Resource, rate: number | undefined): void {
  if (rate !== undefined) traffic.rates[resource] = (traffic.rates[resource] ?? 0) + rate;
}

/** A broker's own count of a resource: bytes as it counts them, request time as the sum of all clients that it tells. */
export function brokerRate({ broker, clients }: BrokerMeters, resource: Resource): number | null {
  if (resource === "in") return broker.bytesInPerSecond ?? null;
  if (resource === "out") return broker.bytesOutPerSecond ?? null;
  const told = clients.flatMap(({ requestPercent }) => (requestPercent === undefined ? [] : [requestPercent]));
  return told.length === 0 ? null : told.reduce((sum, percent) => sum + percent, 0);
}

/** Which part of a tenant's partitions each broker leads: how its promise is spread. Of a pool tenant those of the shared topics. */
export function leaderSpread(state: TenantState, cluster: ClusterSnapshot): Map<number, number> {
  const own = state.topics.filter((topic) => topic.clusterId === cluster.clusterId && topic.owner.kind === "tenant");
  const names = own.length > 0 ? own : state.topics.filter((topic) => topic.clusterId === cluster.clusterId);
  const leaders = new Map<number, number>();
  let all = 0;
  for (const { topic } of names) {
    for (const { leader } of cluster.metadata?.topics.get(topic)?.partitions ?? []) {
      if (leader === null) continue;
      leaders.set(leader, (leaders.get(leader) ?? 0) + 1);
      all += 1;
    }
  }
  for (const [broker, count] of leaders) leaders.set(broker, count / all);
  return leaders;
}
