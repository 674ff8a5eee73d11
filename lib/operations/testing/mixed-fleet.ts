import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { ClientMeterFact, QuotaRuleFact } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { Tenant } from "@/lib/domain/tenant";
import { AT, type ClusterSpec, client, cluster, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";

const BROKERS = [1, 2, 3];
const POOL_TOPICS = ["shared.clickstream", "shared.orders", "shared.telemetry"];

/** What one bridge tenant of the fleet adds to its cluster. */
interface Bridge {
  tenant: Tenant;
  topics: string[];
  rates: NonNullable<ClusterSpec["rates"]>;
  groups: NonNullable<ClusterSpec["groups"]>;
  quota: QuotaRuleFact;
  client: (broker: number) => ClientMeterFact;
}

/** Rates as a division gives them, and every state in turn: well, near its quota, throttled, stuck, left by its consumers. */
function bridge(index: number): Bridge {
  const id = `bridge-tenant-${String(index).padStart(4, "0")}`;
  const rate = 271_828.182845 * (1 + (index % 37));
  const turn = index % 5;
  const share = turn === 1 ? 0.87654321 : turn === 2 ? 1 : 0.3141592;
  const behind = { [`${id}.orders`]: turn === 3 ? 700 : 12 };
  return {
    tenant: named(tenant(id), `Bridge Tenant Number ${index}`),
    topics: [`${id}.orders`, `${id}.events`],
    rates: { [`${id}.orders`]: [rate, rate / 3, rate / 7] },
    groups: { [`${id}.orders-indexer`]: { behind, state: turn === 4 ? "Empty" : "Stable", movedMsAgo: turn === 3 ? 700_000 : 0 } },
    quota: rule({ user: id }, Math.ceil(rate / share)),
    client: (broker) =>
      client(id, rate / broker, { consumeBytesPerSecond: rate / (broker + 1), produceThrottleMs: turn === 2 ? 123.456789 : 0 }),
  };
}

function pooled(index: number): Tenant {
  const id = `pool-tenant-${String(index).padStart(4, "0")}`;
  const topics = POOL_TOPICS.map((name) => ({ name }));
  return named(tenant(id, { model: "pool", topics, record: { header: "tenant" } }), `Pool Tenant Number ${index}`);
}

function named(one: Tenant, name: string): Tenant {
  return { ...one, name };
}

/** A fleet as a platform has it: bridge tenants with measured traffic in every state, and pools on shared topics, on one cluster. */
export function mixedFleet(bridgeCount: number, poolCount: number): FleetSnapshot {
  const bridges = Array.from({ length: bridgeCount }, (_, index) => bridge(index));
  const shared = Object.fromEntries(POOL_TOPICS.map((name) => [`${name}-enricher`, { behind: { [name]: 40 } }]));
  const snapshot = cluster({
    topics: [...POOL_TOPICS, ...bridges.flatMap(({ topics }) => topics)],
    rates: Object.assign({}, ...bridges.map(({ rates }) => rates)),
    groups: Object.assign(shared, ...bridges.map(({ groups }) => groups)),
    quotas: bridges.map(({ quota }) => quota),
    clients: Object.fromEntries(BROKERS.map((broker) => [broker, bridges.map((one) => one.client(broker))])),
  });
  const tenants = [...bridges.map((one) => one.tenant), ...Array.from({ length: poolCount }, (_, index) => pooled(index))];
  return assembleFleet({ registry: registry(tenants), clusters: [snapshot], memory: EMPTY_MEMORY, at: AT }).fleet;
}
