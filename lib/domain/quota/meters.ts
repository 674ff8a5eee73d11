import { cloudMeters } from "@/lib/domain/cloud/cloud-meters";
import type { CloudFacts } from "@/lib/domain/cloud-facts";
import type { ClientMeterFact, QuotaKey } from "@/lib/domain/facts";
import { principalKeyOfUser } from "@/lib/domain/principal-name";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import { drain, type Steps } from "@/lib/domain/steps";
import type { Direction } from "@/lib/domain/views/use";
import type { QuotaIndex } from "./effective";
import { CLOUD_TOPICS_HIDDEN, type Hidden } from "./visibility";

type NumberField = Exclude<keyof ClientMeterFact, "user" | "clientId">;

/** What is asked of a client's meter in each direction, and the quota that limits it. */
export const METERS: Record<Direction, { rate: NumberField; throttle: NumberField; key: QuotaKey }> = {
  produce: { rate: "produceBytesPerSecond", throttle: "produceThrottleMs", key: "producer_byte_rate" },
  consume: { rate: "consumeBytesPerSecond", throttle: "consumeThrottleMs", key: "consumer_byte_rate" },
};

/** One label set of one broker. */
export interface Meter {
  brokerId: number;
  fact: ClientMeterFact;
}

export interface MeterIndex {
  /** Label sets with a user, by the user's principal: an IAM role has those of all its sessions. */
  byPrincipal: ReadonlyMap<string, readonly Meter[]>;
  /** Label sets that name a client-id and no user. */
  byClientId: ReadonlyMap<string, readonly Meter[]>;
  /** Brokers that publish any client's rate in this direction. */
  publishing: Record<Direction, ReadonlySet<number>>;
}

export function indexMeters(meters: ClusterSnapshot["meters"]): MeterIndex {
  return drain(indexMetersSteps(meters));
}

/** The same in slices, for brokers that tell of tens of thousands of clients. */
export function* indexMetersSteps(meters: ClusterSnapshot["meters"]): Steps<MeterIndex> {
  const byPrincipal = new Map<string, Meter[]>();
  const byClientId = new Map<string, Meter[]>();
  const publishing = { produce: new Set<number>(), consume: new Set<number>() };
  for (const [brokerId, { clients }] of meters) {
    for (const [position, fact] of clients.entries()) {
      if (position % 1000 === 999) yield;
      if (fact.produceBytesPerSecond !== undefined) publishing.produce.add(brokerId);
      if (fact.consumeBytesPerSecond !== undefined) publishing.consume.add(brokerId);
      if (fact.user !== undefined) push(byPrincipal, principalKeyOfUser(fact.user), { brokerId, fact });
      else if (fact.clientId !== undefined) push(byClientId, fact.clientId, { brokerId, fact });
    }
  }
  return { byPrincipal, byClientId, publishing };
}

function push(map: Map<string, Meter[]>, key: string, meter: Meter): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [meter]);
  else known.push(meter);
}

/** A rate that is older than three readings is not a rate of now. */
const STALE_INTERVALS = 3;

/** Brokers whose meters tell about now, with the time of each; and living brokers whose meters do not. */
export interface MeteredBrokers {
  fresh: ReadonlyMap<number, BrokerMeters>;
  missing: readonly number[];
  /** Time of the oldest of the fresh readings; null: there is none. */
  at: string | null;
  /** CloudWatch stands in for the exporters: its minutes are derived, and it knows no clients. */
  derived: boolean;
  /** Why no topic's rate is told although the brokers' own are; null: topics are told. */
  topicsHidden: Hidden | null;
}

/** CloudWatch is asked every five minutes while nobody looks, and tells a minute or two late. */
const CLOUD_STALE_MS = 15 * 60_000;

type Metered = Pick<ClusterSnapshot, "meters" | "metadata" | "parts" | "cloud">;

/** Exporters first; where none of a cluster's can be read, CloudWatch. */
export function meteredBrokers(cluster: Metered, nowMs: number): MeteredBrokers {
  const measured = exportedBrokers(cluster, nowMs);
  const { cloud } = cluster;
  if (measured.at !== null || cloud === null || nowMs - Date.parse(cloud.at) > CLOUD_STALE_MS) return measured;
  return cloudBrokers(cloud, cluster.metadata);
}

function cloudBrokers(cloud: CloudFacts, metadata: ClusterSnapshot["metadata"]): MeteredBrokers {
  const fresh = cloudMeters(cloud);
  const missing = metadata?.brokers.map(({ id }) => id).filter((id) => !fresh.has(id)) ?? [];
  const topicsHidden = cloud.published.topic.includes("BytesInPerSec") ? null : CLOUD_TOPICS_HIDDEN;
  return { fresh, missing, at: fresh.size === 0 ? null : cloud.at, derived: true, topicsHidden };
}

function exportedBrokers(cluster: Metered, nowMs: number): MeteredBrokers {
  const oldestMs = nowMs - STALE_INTERVALS * cluster.parts.exporter.intervalMs;
  const alive = cluster.metadata?.brokers.map(({ id }) => id) ?? [...cluster.meters.keys()];
  const fresh = new Map<number, BrokerMeters>();
  const missing: number[] = [];
  let at: string | null = null;
  for (const brokerId of alive) {
    const meters = cluster.meters.get(brokerId);
    if (meters === undefined || Date.parse(meters.at) < oldestMs) {
      missing.push(brokerId);
      continue;
    }
    fresh.set(brokerId, meters);
    if (at === null || meters.at < at) at = meters.at;
  }
  return { fresh, missing, at, derived: false, topicsHidden: null };
}

/** The meters of fresh brokers that tell a rate in this direction. */
export function freshMeters(meters: readonly Meter[] | undefined, brokers: MeteredBrokers, rate: NumberField): Meter[] {
  return (meters ?? []).filter(({ brokerId, fact }) => brokers.fresh.has(brokerId) && fact[rate] !== undefined);
}

/** What the brokers of one cluster say about its clients in one direction. */
export interface Metering {
  clusterId: string;
  direction: Direction;
  /** null: the quotas could not be read. */
  quotas: QuotaIndex | null;
  meters: MeterIndex;
  brokers: MeteredBrokers;
  /** Said where no broker's meters could be read. */
  unread: Hidden;
  at: string;
}

/** Brokers are set up alike: where one tells about any client, another that does not had no traffic of clients. */
export function publishes({ brokers, meters, direction }: Metering): boolean {
  for (const brokerId of meters.publishing[direction]) if (brokers.fresh.has(brokerId)) return true;
  return false;
}
