import { operationWords } from "@/lib/domain/cloud/msk-operations";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { formatByteRate, formatBytes, formatDuration, formatPercent } from "@/lib/domain/format";
import { knownValue } from "@/lib/domain/observed";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Cause, Level } from "./noise";

/** What began this long before counts as at that time. */
const NEAR_MS = 15 * 60_000;
/** One topic has most of the bytes. */
const MOST = 0.8;
/** A broker that takes this many times its part of the leaders has a partition that is hotter than the others. */
const HOT_TIMES = 2;
const TINY_BYTES = 100;
const HUGE_BYTES = 256 * 1024;
/** A group that reads what is older than this, while much goes out, reads the past again. */
const REPLAY_MS = 10 * 60_000;

export interface CauseInput {
  fleet: FleetSnapshot;
  cluster: ClusterSnapshot;
  state: TenantState;
  level: Level;
  meters: BrokerMeters;
  /** Each broker's part of the tenant's leaders. */
  spread: ReadonlyMap<number, number>;
  /** What the tenant does on all brokers together, of the same resource. */
  tenantRate: number;
  /** The tenant's clients that were first seen at the time of its rise. */
  newClients: readonly string[];
}

/** What speaks for a cause, the strongest first. Empty: nothing is known that would explain it. */
export function causesOf(input: CauseInput): Cause[] {
  return [
    ...operationCauses(input.cluster, input.level.sinceMs),
    ...replay(input),
    ...newClient(input),
    ...topics(input),
    ...hotPartition(input),
  ];
}

/** What MSK did at the time of a rise. */
export function operationCauses(cluster: ClusterSnapshot, sinceMs: number | null): Cause[] {
  if (sinceMs === null) return [];
  return (cluster.msk?.operations ?? []).flatMap(({ type, startedAt, endedAt }): Cause[] => {
    const isNear = Date.parse(startedAt) <= sinceMs + 60_000 && (endedAt === null || Date.parse(endedAt) >= sinceMs - NEAR_MS);
    return isNear ? [{ kind: "operation", sentence: `MSK's ${operationWords(type)} ran at that time.` }] : [];
  });
}

function topics({ fleet, cluster, state, level, meters }: CauseInput): Cause[] {
  if (level.resource === "requests") return recordSize(state, cluster, meters);
  const field = level.resource === "in" ? "bytesInPerSecond" : "bytesOutPerSecond";
  let most: { topic: string; rate: number } | null = null;
  let all = 0;
  for (const [topic, meter] of meters.topics) {
    const owner = fleet.topics.get(cluster.clusterId)?.get(topic)?.owner;
    const rate = meter[field] ?? 0;
    if (owner?.kind !== "tenant" || owner.tenantId !== state.tenant.id || rate === 0) continue;
    all += rate;
    if (most === null || rate > most.rate) most = { topic, rate };
  }
  const sizes = recordSize(state, cluster, meters);
  if (most === null || all === 0 || most.rate / all < MOST) return sizes;
  const sentence = `${formatPercent(most.rate / all)} of its bytes there are of one topic, ${most.topic}.`;
  return [{ kind: "one-topic", sentence, topic: most.topic }, ...sizes];
}

/** Very small records cost request time, very large ones memory and bandwidth at once. */
function recordSize(state: TenantState, cluster: ClusterSnapshot, meters: BrokerMeters): Cause[] {
  return state.topics.flatMap(({ topic, clusterId, owner }): Cause[] => {
    const meter = meters.topics.get(topic);
    const records = meter?.recordsInPerSecond ?? 0;
    if (clusterId !== cluster.clusterId || owner.kind !== "tenant" || records < 10) return [];
    const bytes = (meter?.bytesInPerSecond ?? 0) / records;
    if (bytes >= HUGE_BYTES)
      return [{ kind: "huge-records", sentence: `Records of ${topic} have ${formatBytes(bytes)} on average.`, topic }];
    if (bytes <= TINY_BYTES && records >= 1_000)
      return [
        {
          kind: "tiny-records",
          sentence: `Records of ${topic} have ${formatBytes(bytes)} on average: many requests for few bytes.`,
          topic,
        },
      ];
    return [];
  });
}

function hotPartition({ level, spread, tenantRate, cluster }: CauseInput): Cause[] {
  const part = spread.get(level.brokerId) ?? 0;
  if (level.resource === "requests" || part === 0 || part === 1 || tenantRate === 0 || (cluster.metadata?.brokers.length ?? 0) < 2)
    return [];
  const share = level.rate / tenantRate;
  if (share < part * HOT_TIMES && share < MOST) return [];
  if (share <= part) return [];
  const sentence = `${formatPercent(share)} of its traffic is on this broker, which leads ${formatPercent(part)} of its partitions: one partition is hotter than the others.`;
  return [{ kind: "hot-partition", sentence }];
}

function replay({ state, level, cluster }: CauseInput): Cause[] {
  if (level.resource !== "out") return [];
  const produced = knownValue(state.produce.bytesPerSecond);
  const consumed = knownValue(state.consume.bytesPerSecond);
  if (produced === null || consumed === null || consumed <= 2 * produced) return [];
  return state.groups.flatMap((group): Cause[] => {
    const behind = knownValue(group.timeBehindMs);
    if (group.clusterId !== cluster.clusterId || group.hasMembers !== true || group.state === "stuck" || behind === null) return [];
    if (behind < REPLAY_MS) return [];
    const sentence = `Its group ${group.groupId} reads ${formatDuration(behind)} behind the end while it takes ${formatByteRate(consumed)} against ${formatByteRate(produced)} produced: a replay, by its offsets.`;
    return [{ kind: "replay", sentence }];
  });
}

function newClient({ newClients }: CauseInput): Cause[] {
  const [first] = newClients;
  return first === undefined ? [] : [{ kind: "new-client", sentence: `A client that was not seen before began at that time: ${first}.` }];
}
