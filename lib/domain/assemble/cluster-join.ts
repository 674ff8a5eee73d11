import type { FleetMemory } from "@/lib/domain/fleet-memory";
import type { OwnerIndex, Ownership } from "@/lib/domain/owner";
import { type QuotaIndex, quotaIndexOf } from "@/lib/domain/quota/effective";
import { indexMetersSteps, type MeteredBrokers, type MeterIndex, type Metering, meteredBrokers } from "@/lib/domain/quota/meters";
import { same } from "@/lib/domain/same";
import { type ClusterSnapshot, PARTS, type Part } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import type { Direction } from "@/lib/domain/views/use";
import { blindnessOf, type ClusterBlindness } from "./cluster-blindness";
import { groupSummaries, type JoinedGroups } from "./group-summaries";
import { type Holdings, holdingsOf } from "./holdings";
import { sameForQuiet } from "./quiet-traffic";
import { metersUnread } from "./topic-rates";
import { type JoinedTopics, topicSummaries } from "./topic-summaries";

/** One cluster's snapshot joined with the declarations: what all tenants on it are assembled from. */
export interface ClusterJoin {
  cluster: ClusterSnapshot;
  owners: OwnerIndex;
  brokers: MeteredBrokers;
  meters: MeterIndex;
  quotas: QuotaIndex | null;
  metering: Record<Direction, Metering>;
  topics: JoinedTopics;
  groups: JoinedGroups;
  groupCounts: ReadonlyMap<string, number>;
  topicsOf: Holdings<TopicSummary>;
  groupsOf: Holdings<GroupSummary>;
  blindness: ClusterBlindness;
  /** Nothing that rates, quotas and sizes follow from has changed since the join before. */
  trafficStands: boolean;
  /** The same of tenants without topics and traffic, but for the time of the readings. */
  quietStands: boolean;
}

export interface JoinInput {
  cluster: ClusterSnapshot;
  owners: OwnerIndex;
  objectiveOf: (ownership: Ownership) => number | null;
  memory: FleetMemory;
  nowMs: number;
  at: string;
}

export function* joinCluster(input: JoinInput, previous: ClusterJoin | undefined): Steps<ClusterJoin> {
  const { cluster, owners, objectiveOf, memory, nowMs, at } = input;
  const brokers = meteredBrokers(cluster, nowMs);
  const trafficStands = previous !== undefined && sameTraffic(previous, input, brokers);
  const meters = previous?.cluster.meters === cluster.meters ? previous.meters : yield* indexMetersSteps(cluster.meters);
  const quotas = cluster.quotas === null ? null : quotaIndexOf(cluster.quotas);
  yield;
  const groupsStand = previous !== undefined && sameGroups(previous, input);
  const groups = groupsStand
    ? previous.groups
    : yield* groupSummaries({ cluster, owners, objectiveOf, memory, before: previous?.groups.summaries });
  const groupCounts = groupsStand ? previous.groupCounts : countGroups(groups);
  yield;
  const lent = trafficStands ? previous.topics : previous?.owners === owners ? { ownerships: previous.topics.ownerships } : {};
  const topics = yield* topicSummaries({ cluster, owners, brokers, groupCounts }, lent);
  yield;
  const topicsOf = holdingsOf(topics.summaries, topics.ownerships);
  yield;
  const groupsOf = groupsStand ? previous.groupsOf : holdingsOf(groups.summaries, groups.ownerships);
  yield;
  const metering = (direction: Direction): Metering => ({
    clusterId: cluster.clusterId,
    direction,
    quotas,
    meters,
    brokers,
    unread: metersUnread(cluster),
    at,
  });
  const both = { produce: metering("produce"), consume: metering("consume") };
  const blindness =
    previous !== undefined && sameProblems(previous, cluster, brokers)
      ? previous.blindness
      : same(previous?.blindness, blindnessOf(cluster, brokers));
  const joined = { topics, groups, groupCounts, topicsOf, groupsOf, blindness, trafficStands };
  const join = { cluster, owners, brokers, meters, quotas, metering: both, ...joined };
  return { ...join, quietStands: previous !== undefined && sameForQuiet(previous, join) };
}

/** Whether nothing that groups follow from has changed. Tiers may have: their objectives come with the owners. */
function sameGroups({ cluster: before, owners }: ClusterJoin, { cluster, owners: now }: JoinInput): boolean {
  return (
    owners === now &&
    before.groups === cluster.groups &&
    before.ends === cluster.ends &&
    before.starts === cluster.starts &&
    before.endHistory === cluster.endHistory &&
    before.progress === cluster.progress &&
    before.metadata === cluster.metadata &&
    before.configs === cluster.configs &&
    before.brokerConfigs === cluster.brokerConfigs &&
    before.cloud === cluster.cloud &&
    before.parts.offsets === cluster.parts.offsets
  );
}

function sameTraffic(previous: ClusterJoin, { cluster, owners }: JoinInput, brokers: MeteredBrokers): boolean {
  const { cluster: before } = previous;
  return (
    previous.owners === owners &&
    before.metadata === cluster.metadata &&
    before.meters === cluster.meters &&
    before.quotas === cluster.quotas &&
    before.pool === cluster.pool &&
    before.sizes === cluster.sizes &&
    before.cloud === cluster.cloud &&
    before.configs === cluster.configs &&
    before.brokerConfigs === cluster.brokerConfigs &&
    before.parts.exporter === cluster.parts.exporter &&
    before.parts.logs === cluster.parts.logs &&
    before.parts.configs === cluster.parts.configs &&
    before.parts.quotas === cluster.parts.quotas &&
    previous.brokers.at === brokers.at &&
    previous.brokers.derived === brokers.derived &&
    previous.brokers.fresh.size === brokers.fresh.size
  );
}

/** Whether the same of the cluster cannot be seen as before. */
function sameProblems({ cluster: before, brokers: told }: ClusterJoin, cluster: ClusterSnapshot, brokers: MeteredBrokers): boolean {
  const none = (one: ClusterSnapshot, part: Part) => one.parts[part].problems.length === 0;
  const same = PARTS.every(
    (part) => before.parts[part].problems === cluster.parts[part].problems || (none(before, part) && none(cluster, part)),
  );
  const read = (before.parts.exporter.at === null) === (cluster.parts.exporter.at === null) && (told.at === null) === (brokers.at === null);
  return (
    same &&
    read &&
    before.msk === cluster.msk &&
    before.cloud?.published === cluster.cloud?.published &&
    before.metadata === cluster.metadata &&
    before.knownBrokers === cluster.knownBrokers
  );
}

function countGroups({ summaries }: JoinedGroups): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { topics } of summaries.values()) for (const topic of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return counts;
}
