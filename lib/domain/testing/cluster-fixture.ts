import type { ClientMeterFact, GroupFact, QuotaRuleFact, TopicFact } from "@/lib/domain/facts";
import type { Registry } from "@/lib/domain/registry";
import { type BrokerMeters, type ClusterSnapshot, PARTS, type Part, type PartState } from "@/lib/domain/snapshot";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";

export const AT = "2026-11-23T10:00:00.000Z";
export const AT_MS = Date.parse(AT);
const MINUTE = 60_000;

/** A cluster of three brokers; every topic has three partitions, led by brokers 1, 2 and 3, with 1,000 records each. */
export interface ClusterSpec {
  id?: string;
  at?: string;
  topics?: string[];
  /** Bytes per second written to a topic on each broker; what is read is the same. Default 0. */
  rates?: Record<string, [number, number, number]>;
  /** Group → topic → how many records it is behind in every partition. */
  groups?: Record<string, { behind?: Record<string, number>; state?: GroupFact["state"]; movedMsAgo?: number }>;
  quotas?: QuotaRuleFact[] | null;
  /** What each broker's exporter says of clients. */
  clients?: Partial<Record<number, ClientMeterFact[]>>;
  deadBrokers?: number[];
  /** Brokers whose exporters did not answer. */
  unread?: number[];
}

const BROKERS = [1, 2, 3];

export function cluster(spec: ClusterSpec = {}): ClusterSnapshot {
  const { id = "c1", at = AT, topics = [], deadBrokers = [] } = spec;
  const alive = BROKERS.filter((broker) => !deadBrokers.includes(broker));
  const names = new Map(topics.map((name) => [name, topicFact(name, deadBrokers)]));
  return {
    clusterId: id,
    name: id,
    mode: "observe",
    version: 1,
    at,
    parts: parts(at),
    metadata: {
      kafkaClusterId: "k",
      controllerId: 1,
      brokers: alive.map((broker) => ({ id: broker, host: `b${broker}`, port: 9096, rack: null })),
      topics: names,
    },
    knownBrokers: new Map(BROKERS.map((broker) => [broker, { id: broker, host: `b${broker}`, lastSeenAt: at }])),
    ends: new Map(topics.map((name) => [name, [1000n, 1000n, 1000n]])),
    starts: new Map(topics.map((name) => [name, [100n, 100n, 100n]])),
    groups: new Map(Object.entries(spec.groups ?? {}).map(([group, told]) => [group, groupFact(group, told)])),
    progress: progress(spec, at),
    endHistory: new Map(topics.map((name) => [name, BROKERS.map(() => history(at))])),
    meters: new Map(alive.filter((broker) => !spec.unread?.includes(broker)).map((broker) => [broker, meters(broker, spec, at)])),
    sizes: new Map(topics.map((name) => [name, BROKERS.map(() => new Map(BROKERS.map((broker) => [broker, 500])))])),
    dirs: [],
    quotas: spec.quotas === undefined ? [] : spec.quotas,
    acls: [],
    scramUsers: [],
    configs: new Map(topics.map((name) => [name, { at, entries: [config("retention.ms", String(60 * MINUTE))] }])),
    brokerConfigs: [config("offsets.retention.minutes", "10080")],
    diskHistory: new Map(),
    msk: null,
    cloud: null,
    metadataFrom: "kafka",
  };
}

/** A cluster that never answered. */
export function unreadCluster(id = "c1", problems: PartState["problems"] = []): ClusterSnapshot {
  const empty = cluster({ id, quotas: null });
  const never: PartState = { at: null, intervalMs: MINUTE, problems };
  return {
    ...empty,
    parts: parts(AT, never),
    metadata: null,
    knownBrokers: new Map(),
    meters: new Map(),
    configs: new Map(),
    acls: null,
    scramUsers: null,
  };
}

export function rule(entity: QuotaRuleFact["entity"], produce: number, consume = produce): QuotaRuleFact {
  return { entity, values: { producer_byte_rate: produce, consumer_byte_rate: consume } };
}

export function client(user: string, produce: number, more: Partial<ClientMeterFact> = {}): ClientMeterFact {
  return { user, produceBytesPerSecond: produce, consumeBytesPerSecond: produce, produceThrottleMs: 0, consumeThrottleMs: 0, ...more };
}

export const GOLD = Tier.parse({
  id: "gold",
  name: "Gold",
  model: "bridge",
  produceBytesPerSecond: 3000,
  consumeBytesPerSecond: 6000,
  lagObjectiveMs: 2 * MINUTE,
});

/** A bridge tenant on c1 with the prefix and the SCRAM user of its id, unless said otherwise. */
export function tenant(id: string, ...placements: object[]): Tenant {
  const bridge = { topics: [{ prefix: `${id}.` }], groups: [{ prefix: `${id}.` }], principals: [{ kind: "scram", name: id }] };
  const given = placements.length === 0 ? [bridge] : placements;
  return Tenant.parse({ id, name: id, tier: "gold", placements: given.map((one) => ({ cluster: "c1", model: "bridge", ...one })) });
}

export function poolTenant(id: string): Tenant {
  return tenant(id, { model: "pool", topics: [{ prefix: "pool." }], record: { header: "tenant" } });
}

export function registry(tenants: Tenant[], services: Registry["services"] = []): Registry {
  return { version: 1, tiers: [GOLD], tenants, services };
}

function parts(at: string, all?: PartState): Record<Part, PartState> {
  return Object.fromEntries(PARTS.map((part) => [part, all ?? { at, intervalMs: MINUTE, problems: [] }])) as Record<Part, PartState>;
}

function topicFact(name: string, dead: number[]): TopicFact {
  const isr = BROKERS.filter((broker) => !dead.includes(broker));
  return {
    name,
    internal: false,
    partitions: BROKERS.map((broker, partition) => ({
      partition,
      leader: dead.includes(broker) ? (isr[0] ?? null) : broker,
      replicas: BROKERS,
      isr,
    })),
  };
}

/** An end that grew by a record a second for the last 1,000 seconds. */
function history(at: string) {
  const now = Date.parse(at);
  return [
    { atMs: now - 1_000_000, offset: 0n },
    { atMs: now, offset: 1000n },
  ];
}

function groupFact(id: string, { behind = {}, state = "Stable" }: NonNullable<ClusterSpec["groups"]>[string]): GroupFact {
  const committed = Object.entries(behind).flatMap(([topic, records]) =>
    BROKERS.map((_, partition) => ({ topic, partition, offset: BigInt(1000 - records) })),
  );
  return { id, type: "classic", state, protocolType: "consumer", coordinatorId: 1, committed };
}

function progress({ groups = {} }: ClusterSpec, at: string): ClusterSnapshot["progress"] {
  return new Map(
    Object.entries(groups).map(([group, { behind = {}, movedMsAgo = 0 }]) => [
      group,
      new Map(
        Object.keys(behind).flatMap((topic) =>
          BROKERS.map((_, p) => [`${topic}/${p}`, { offset: 0n, movedAtMs: Date.parse(at) - movedMsAgo }]),
        ),
      ),
    ]),
  );
}

function meters(broker: number, { topics = [], rates = {}, clients = {} }: ClusterSpec, at: string): BrokerMeters {
  const told = topics.map((name): [string, BrokerMeters["broker"]] => {
    const rate = rates[name]?.[broker - 1] ?? 0;
    return [name, { bytesInPerSecond: rate, bytesOutPerSecond: rate, recordsInPerSecond: rate / 100 }];
  });
  return {
    at,
    clients: clients[broker] ?? [],
    topics: new Map(told),
    broker: { bytesInPerSecond: 10, bytesOutPerSecond: 20, recordsInPerSecond: 1 },
  };
}

function config(name: string, value: string) {
  return { name, value, source: "topic" as const, readOnly: false, sensitive: false, synonyms: [] };
}
