import { formatByteRate } from "@/lib/domain/format";
import { isKnown, type Observed, sumObserved, unavailable } from "@/lib/domain/observed";
import { NO_POOL_FACTS } from "@/lib/domain/pool/pool-facts";
import { poolRate } from "@/lib/domain/pool/pool-rate";
import { type Identities, measureIdentities, type PartUse } from "@/lib/domain/quota/buckets";
import { deriveUse } from "@/lib/domain/quota/derive-use";
import type { Hidden } from "@/lib/domain/quota/visibility";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import type { Direction } from "@/lib/domain/views/use";
import type { ClusterJoin } from "./cluster-join";
import { sharedOf } from "./holdings";
import { hasIdentity, type TenantPlace } from "./tenant-places";

/** Topics that take this much more than their tenant's own clients send are written by others too. */
const OTHERS_FACTOR = 2;
const OTHERS_BYTES_PER_SECOND = 10_000;

export interface PartsInput {
  tenantId: string;
  place: TenantPlace;
  /** undefined: the console has no connection to this cluster. */
  join: ClusterJoin | undefined;
  /** The tenant's own topics there. */
  topics: readonly TopicSummary[];
  /** Services that write and read shared topics there. */
  services: readonly string[];
  direction: Direction;
  nowMs: number;
  at: string;
}

/** What one cluster tells of a tenant in one direction: of its own topics and clients, and of its part in a pool. */
export function tenantParts(input: PartsInput): PartUse[] {
  const { place, join } = input;
  if (join === undefined) return [unconnected(place.clusterId, input.at)];
  const parts: PartUse[] = [];
  if (place.own !== null) parts.push(ownPart(place.own, join, input));
  if (place.pool !== null) parts.push(poolPart(place.pool, join, input, parts.length > 0));
  return parts;
}

/** Measured by the tenant's own clients; else derived from its topics. */
function ownPart(identities: Identities, join: ClusterJoin, { topics, direction, at }: PartsInput): PartUse {
  const total = topicTotal(topics, join, direction, at);
  if (hasIdentity(identities)) {
    const measured = measureIdentities(identities, join.metering[direction]);
    if (isKnown(measured.total)) {
      const limitUnknown = join.quotas === null ? "The quotas of this cluster could not be read." : null;
      const note = direction === "produce" ? writtenByOthers(measured.total.value, total) : null;
      return { clusterId: join.cluster.clusterId, ...measured, limitUnknown, hidden: null, note };
    }
    return derive(identities, join, topics, direction, total, measured.total);
  }
  const hidden = { reason: "No principal and no client-id of the tenant is declared here.", remedy: "Name them in its placement." };
  return derive(identities, join, topics, direction, total, hidden);
}

function derive(
  identities: Identities,
  { cluster, quotas, brokers }: ClusterJoin,
  topics: readonly TopicSummary[],
  direction: Direction,
  total: Observed<number>,
  { reason, remedy }: Hidden,
): PartUse {
  const rate = direction === "produce" ? "bytesInPerSecond" : "bytesOutPerSecond";
  const perBroker = new Map<number, number>();
  for (const [brokerId, meters] of brokers.fresh) {
    let sum = 0;
    for (const { topic } of topics) sum += meters.topics.get(topic)?.[rate] ?? 0;
    perBroker.set(brokerId, sum);
  }
  return deriveUse(identities, { clusterId: cluster.clusterId, direction, quotas, perBroker, total, hidden: { reason, remedy } });
}

function topicTotal(topics: readonly TopicSummary[], { cluster }: ClusterJoin, direction: Direction, at: string): Observed<number> {
  const none = unavailable(
    cluster.metadata === null ? "The topics of this cluster have not been read." : "No topic of this cluster fits the tenant's names.",
    cluster.metadata === null ? "They are asked for again by themselves." : "Check the names in its placement, or create its first topic.",
    at,
  );
  const rates = topics.map(({ bytesInPerSecond, bytesOutPerSecond }) => (direction === "produce" ? bytesInPerSecond : bytesOutPerSecond));
  return sumObserved(rates, none);
}

function writtenByOthers(own: number, total: Observed<number>): string | null {
  if (!isKnown(total) || total.value < own * OTHERS_FACTOR || total.value - own < OTHERS_BYTES_PER_SECOND) return null;
  return `Its topics take ${formatByteRate(total.value)}, more than its own clients send: others write to them too.`;
}

/**
 * In a pool the brokers tell a tenant apart only by clients of its own; else what its application reports counts, else its share of what
 * was sampled. No quota of Kafka can bind a tenant without an identity, so it has no limit there.
 */
function poolPart(identities: Identities, join: ClusterJoin, input: PartsInput, besideOwn: boolean): PartUse {
  const { tenantId, services, direction, nowMs, at } = input;
  const { clusterId, pool: facts = NO_POOL_FACTS } = join.cluster;
  const hidden = poolHidden(services, direction);
  if (hasIdentity(identities)) {
    const measured = measureIdentities(identities, join.metering[direction]);
    if (isKnown(measured.total)) return { clusterId, ...measured, limitUnknown: null, hidden: null, note: null };
  }
  const { rate, note: said } = poolRate({ tenantId, topics: sharedOf(join.topicsOf, tenantId), facts, direction, nowMs, at });
  if (isKnown(rate)) {
    const isUnbound = !hasIdentity(identities);
    const note = [said, isUnbound ? ENFORCED_BY : null].filter((sentence) => sentence !== null).join(" ");
    return { clusterId, buckets: [], total: rate, limitUnknown: isUnbound ? null : hidden.reason, hidden, note: note === "" ? null : note };
  }
  const total = unavailable(hidden.reason, hidden.remedy, at);
  const unseen = besideOwn ? "Its part in the pool cannot be seen and is not in the total." : null;
  const note = [said, unseen].filter((sentence) => sentence !== null).join(" ");
  return { clusterId, buckets: [], total, limitUnknown: hidden.reason, hidden, note: note === "" ? null : note };
}

/** Who holds a tenant of a pool to its promise. */
const ENFORCED_BY = "Enforced by: your application, or nobody.";

export function poolHidden(services: readonly string[], direction: Direction): Hidden {
  const verb = direction === "produce" ? "written" : "read";
  const by =
    services.length === 0
      ? "clients that serve many tenants"
      : `the service ${services.length === 1 ? "principal" : "principals"} ${services.join(", ")}`;
  return {
    reason: `Shared topics are ${verb} by ${by}, so the brokers cannot tell their tenants apart.`,
    remedy: "Sample the records, let the application meter its tenants, or give the tenant's clients a principal of their own.",
  };
}

function unconnected(clusterId: string, at: string): PartUse {
  const reason = `The console has no connection named ${clusterId}.`;
  const remedy = "Add it to the connections file, or correct the placement.";
  return { clusterId, buckets: [], total: unavailable(reason, remedy, at), limitUnknown: reason, hidden: { reason, remedy }, note: null };
}
