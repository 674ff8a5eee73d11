/**
 * The tenants of the sandbox: who they are on the brokers, what they send and read, and what is wrong with some of them.
 * `sandbox/tenants.yaml` tells a console the same from a user's side; `README.md` has the table of stories.
 */
import type { QuotaSpec } from "@/sandbox/kafka/admin";
import type { AclPlan, Actor, ClusterId, GroupPlan, QuotaPlan, StreamPlan, TopicPlan } from "./plan";
import { POOL_TENANTS } from "./pool-tenants";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MIB = 1_048_576;

/** What the plans promise, as in tenants.yaml: bytes per second for a tenant as a whole. */
export const TIERS = {
  bronze: { produce: 24_000, consume: 48_000, retentionMs: DAY_MS, maxMessageBytes: MIB / 4 },
  silver: { produce: 60_000, consume: 120_000, requestPercent: 50, retentionMs: 2 * DAY_MS, maxMessageBytes: MIB / 2 },
  gold: { produce: 120_000, consume: 240_000, requestPercent: 100, retentionMs: 3 * DAY_MS, maxMessageBytes: MIB },
} as const;
type PaidTier = keyof typeof TIERS;

const SHARED_BROKERS = 3;
const SKEW_ALLOWANCE = 1.25;

/**
 * The promise split over the brokers that lead its partitions, with room for an uneven spread. `share` is the part meant for this
 * placement.
 */
function quotaOf(tier: PaidTier, topics: TopicPlan[], share = 1): QuotaPlan {
  const promise: { produce: number; consume: number; requestPercent?: number } = TIERS[tier];
  const brokersLeading = Math.min(SHARED_BROKERS, Math.max(...topics.map(({ partitions }) => partitions)));
  const perBroker = (bytesPerSecond: number) => Math.ceil((bytesPerSecond * share * SKEW_ALLOWANCE) / brokersLeading);
  return {
    producer_byte_rate: perBroker(promise.produce),
    consumer_byte_rate: perBroker(promise.consume),
    ...(promise.requestPercent === undefined ? {} : { request_percentage: promise.requestPercent }),
  };
}

/**
 * A partition keeps at most this and one segment more, whatever its retention time says: the disk of a laptop is the bound, so a busy
 * topic holds less time than its tier promises.
 */
const PARTITION_BYTES = 1.5 * MIB;
const SIZES = { "segment.bytes": String(MIB), "segment.ms": String(30 * MINUTE_MS), "retention.bytes": String(PARTITION_BYTES) };

function topic(name: string, partitions: number, tier: { retentionMs: number; maxMessageBytes: number }, configs = {}): TopicPlan {
  const declared = { "retention.ms": String(tier.retentionMs), "max.message.bytes": String(tier.maxMessageBytes) };
  return { name, partitions, configs: { ...SIZES, ...declared, ...configs } };
}

function stream(topicName: string, shape: StreamPlan["shape"], bytesPerSecond: number, more: Partial<StreamPlan> = {}): StreamPlan {
  return { topic: topicName, shape, bytesPerSecond, everyMs: 4_000, recordBytes: [400, 3_000], swing: 0.35, ...more };
}

function reads(id: string, topics: string[], more: Partial<GroupPlan> = {}): GroupPlan {
  return { id, topics, protocol: "classic", members: 1, behaviour: { kind: "reads" }, ...more };
}

/** What a tenant on topics of its own may do: everything under its prefix, the delimiter included. */
function ownPrefix(id: string): AclPlan[] {
  return [
    { resource: "TOPIC", operation: "READ", name: `${id}.`, prefixed: true },
    { resource: "TOPIC", operation: "WRITE", name: `${id}.`, prefixed: true },
    { resource: "GROUP", operation: "READ", name: `${id}.`, prefixed: true },
  ];
}

function tenant(id: string, tier: PaidTier, has: Pick<Actor, "topics" | "streams" | "groups"> & Partial<Actor>, share?: number): Actor {
  const quota = quotaOf(tier, has.topics, share);
  return { cluster: "shared-1", principal: id, clientId: `${id}-app`, acls: ownPrefix(id), quota, ...has };
}

const { bronze, silver, gold } = TIERS;

/** Dots, dashes, underscores and 148 characters: legal, and somebody always has one. */
const LONG_NAME =
  "acme.crm_customer-profile.v2.eu-central-1__after-merge_2025-11.deduplicated-and-enriched.by-household_and-loyalty-tier.with-consent_flags.change-log";

const BRIDGE: Actor[] = [
  tenant("acme", "gold", {
    topics: [
      topic("acme.orders", 3, gold),
      topic("acme.payments", 3, gold),
      topic("acme.shipments", 3, gold),
      topic("acme.returns", 1, gold),
      topic(LONG_NAME, 1, gold, { "cleanup.policy": "compact,delete" }),
    ],
    streams: [
      stream("acme.orders", "order", 5_000),
      stream("acme.payments", "payment", 2_500),
      stream("acme.shipments", "scan", 1_500),
      stream(LONG_NAME, "activity", 200),
    ],
    groups: [reads("acme.fulfilment", ["acme.orders", "acme.shipments"]), reads("acme.billing", ["acme.orders", "acme.payments"])],
  }),

  // The prefix lacks its dot, so it also covers everything of ternary.
  tenant("tern", "silver", {
    acls: [
      { resource: "TOPIC", operation: "READ", name: "tern", prefixed: true },
      { resource: "TOPIC", operation: "WRITE", name: "tern", prefixed: true },
      { resource: "GROUP", operation: "READ", name: "tern.", prefixed: true },
    ],
    topics: [
      topic("tern.bookings", 3, silver),
      // Neither the tier's default nor inside its bound.
      topic("tern.boardings", 2, silver, { "retention.ms": String(14 * DAY_MS) }),
    ],
    streams: [stream("tern.bookings", "booking", 4_000), stream("tern.boardings", "scan", 1_000)],
    groups: [reads("tern.departure-control", ["tern.bookings", "tern.boardings"])],
  }),

  tenant("ternary", "bronze", {
    topics: [topic("ternary.page-views", 2, bronze), topic("ternary.conversions", 2, bronze)],
    streams: [stream("ternary.page-views", "activity", 2_000), stream("ternary.conversions", "order", 500)],
    groups: [reads("ternary.reports", ["ternary.page-views", "ternary.conversions"])],
  }),

  // Partition 0, and with it broker 1, takes 85 to 90 % of the per-broker quota of 25 kB/s; the other two are well below. Sent so often that
  // what a late send makes up for, half a second's bytes, still fits into the quota's window.
  tenant("fernway", "silver", {
    topics: [topic("fernway.positions", 3, silver), topic("fernway.trips", 2, silver)],
    streams: [
      stream("fernway.positions", "position", 36_500, { everyMs: 500, recordBytes: [2_000, 6_000], weights: [22, 9, 7], swing: 0 }),
      stream("fernway.trips", "booking", 300, { everyMs: 1_000 }),
    ],
    groups: [reads("fernway.live-map", ["fernway.positions"]), reads("fernway.trip-billing", ["fernway.trips"])],
  }),

  // One hub's key carries nearly everything: its broker stops at 50 kB/s, while 120 kB/s are promised.
  tenant("kestrel", "gold", {
    topics: [topic("kestrel.scans", 6, gold), topic("kestrel.parcels", 3, gold)],
    streams: [
      stream("kestrel.scans", "scan", 60_000, { everyMs: 500, recordBytes: [3_000, 9_000], hotKey: "hub-RTM-1", swing: 0 }),
      stream("kestrel.scans", "scan", 3_000),
      stream("kestrel.parcels", "scan", 2_000),
    ],
    groups: [reads("kestrel.tracking", ["kestrel.scans", "kestrel.parcels"])],
  }),

  // Its reader hangs with its members alive, and moves on only when its records are about to be deleted.
  tenant("mosaic", "silver", {
    topics: [
      topic("mosaic.ticket-sales", 2, silver, {
        "retention.ms": String(30 * MINUTE_MS),
        "segment.ms": String(MINUTE_MS),
        "retention.bytes": String(3 * MIB),
      }),
      topic("mosaic.seat-maps", 2, silver),
    ],
    streams: [stream("mosaic.ticket-sales", "booking", 1_600, { swing: 0 }), stream("mosaic.seat-maps", "activity", 800)],
    groups: [
      reads("mosaic.settlement", ["mosaic.ticket-sales"], {
        behaviour: { kind: "hangs", resumeBehindMs: 27 * MINUTE_MS, hangBehindMs: 12 * MINUTE_MS },
      }),
      reads("mosaic.seat-cache", ["mosaic.seat-maps"]),
    ],
  }),

  tenant("bluegill", "silver", {
    topics: [topic("bluegill.transfers", 3, silver, { "retention.bytes": String(8 * MIB) }), topic("bluegill.disputes", 1, silver)],
    streams: [stream("bluegill.transfers", "payment", 600), stream("bluegill.disputes", "payment", 150)],
    groups: [
      reads("bluegill.ledger", ["bluegill.transfers", "bluegill.disputes"]),
      reads("bluegill.reconciliation", ["bluegill.transfers"], { behaviour: { kind: "left" } }),
    ],
  }),

  tenant("larkspur", "bronze", {
    topics: [topic("larkspur.admissions", 2, bronze), topic("larkspur.lab-results", 2, bronze)],
    streams: [],
    groups: [],
  }),

  tenant("lumen", "bronze", {
    topics: [topic("lumen.readings", 4, bronze), topic("lumen.alarms", 2, bronze)],
    streams: [stream("lumen.readings", "reading", 5_000), stream("lumen.alarms", "reading", 200)],
    groups: [reads("lumen.dashboard", ["lumen.readings", "lumen.alarms"], { protocol: "consumer" })],
  }),

  // Its client-id has a rule of 1 kB/s (see RULES), which its user rule shadows.
  tenant("cobalt", "bronze", {
    clientId: "cobalt-game-server",
    topics: [topic("cobalt.matches", 3, bronze), topic("cobalt.purchases", 2, bronze)],
    streams: [stream("cobalt.matches", "activity", 10_000, { swing: 0.1 }), stream("cobalt.purchases", "payment", 500)],
    groups: [reads("cobalt.leaderboard", ["cobalt.matches"])],
  }),

  // Also in the pool: 0.8 of its promise is meant for its own topics.
  tenant(
    "juniper",
    "silver",
    {
      topics: [topic("juniper.deliveries", 3, silver), topic("juniper.temperatures", 2, silver)],
      streams: [stream("juniper.deliveries", "order", 2_500), stream("juniper.temperatures", "reading", 900)],
      groups: [reads("juniper.cold-chain", ["juniper.deliveries", "juniper.temperatures"])],
    },
    0.8,
  ),
];

/** A topic of a tenant with a cluster to itself. */
function siloTopic(name: string, partitions: number): TopicPlan {
  return topic(name, partitions, { retentionMs: 7 * DAY_MS, maxMessageBytes: 2 * MIB }, { "retention.bytes": String(4 * MIB) });
}

const SILOS: Actor[] = [
  {
    cluster: "silo-umbra",
    principal: "umbra",
    clientId: "umbra-core",
    acls: ownPrefix("umbra"),
    quota: null,
    topics: [siloTopic("umbra.ledger", 3), siloTopic("umbra.trades", 6), siloTopic("umbra.positions", 3)],
    streams: [
      stream("umbra.trades", "payment", 12_000),
      stream("umbra.ledger", "payment", 4_000),
      stream("umbra.positions", "payment", 2_000),
    ],
    groups: [reads("umbra.risk", ["umbra.trades", "umbra.positions"]), reads("umbra.books", ["umbra.ledger"])],
  },
  // AWS gives a console names of this cluster's brokers that resolve nowhere: what it knows of vault, it knows through AWS.
  {
    cluster: "silo-vault",
    principal: "vault",
    clientId: "vault-ledger",
    acls: ownPrefix("vault"),
    quota: null,
    topics: [siloTopic("vault.entries", 3), siloTopic("vault.statements", 2), siloTopic("vault.seals", 1)],
    streams: [stream("vault.entries", "payment", 6_000), stream("vault.statements", "audit", 1_500)],
    groups: [reads("vault.posting", ["vault.entries"])],
  },
];

/** How one service writes for all the tenants of the pool: a batch holds records of one tenant, who is named in a header. */
export const POOL = {
  header: "tenant-id",
  /** One record in so many comes without the header. */
  missingHeaderOneIn: 200,
  everyMs: 3_000,
  streams: [
    { topic: "pool.orders", shape: "order", bytesPerSecond: 5_000, recordBytes: [400, 2_000] },
    { topic: "pool.clicks", shape: "activity", bytesPerSecond: 5_000, recordBytes: [250, 900] },
    { topic: "pool.audit", shape: "audit", bytesPerSecond: 2_000, recordBytes: [300, 900] },
  ] as Pick<StreamPlan, "topic" | "shape" | "bytesPerSecond" | "recordBytes">[],
  /** A topic with a partition for each tenant: partition i belongs to the i-th of the pool. */
  legacyTopic: "legacy.per-tenant",
  legacyEveryMs: 2_000,
};

const poolTier = { retentionMs: DAY_MS, maxMessageBytes: MIB / 4 };

const SERVICES: Actor[] = [
  {
    cluster: "shared-1",
    principal: "pool-service",
    clientId: "pool-service",
    topics: [
      ...POOL.streams.map(({ topic: name }) => topic(name, 6, poolTier)),
      topic(POOL.legacyTopic, POOL_TENANTS.length, poolTier, { "retention.bytes": String(MIB) }),
    ],
    streams: [],
    groups: [reads("pool-indexer", ["pool.orders", "pool.clicks", "pool.audit"], { members: 2 })],
    acls: [
      { resource: "TOPIC", operation: "READ", name: "pool.", prefixed: true },
      { resource: "TOPIC", operation: "WRITE", name: "pool.", prefixed: true },
      { resource: "TOPIC", operation: "READ", name: POOL.legacyTopic },
      { resource: "TOPIC", operation: "WRITE", name: POOL.legacyTopic },
      { resource: "GROUP", operation: "READ", name: "pool-indexer" },
    ],
    quota: { producer_byte_rate: 1_000_000, consumer_byte_rate: 2_000_000 },
  },
  {
    cluster: "shared-1",
    principal: "ops-tools",
    clientId: "ops-tools",
    // Belongs to nobody: no tenant's prefix covers it, nor the group that once read it.
    topics: [topic("export-2025-tmp", 1, poolTier)],
    streams: [stream("export-2025-tmp", "activity", 100)],
    groups: [reads("console-consumer-48211", ["export-2025-tmp"], { behaviour: { kind: "left" } })],
    acls: [
      { resource: "TOPIC", operation: "READ", name: "export-2025-tmp" },
      { resource: "TOPIC", operation: "WRITE", name: "export-2025-tmp" },
      { resource: "GROUP", operation: "READ", name: "console-consumer-", prefixed: true },
    ],
    quota: { producer_byte_rate: 1_000_000, consumer_byte_rate: 1_000_000 },
  },
];

export const ACTORS: Actor[] = [...BRIDGE, ...SILOS, ...SERVICES];

/**
 * Rules beside the principals' own. The first makes the brokers measure every user, by a limit nobody reaches on a name nobody uses; without
 * it brokers publish series only for the kinds of rule they happen to have.
 */
export const RULES: (QuotaSpec & { cluster: ClusterId })[] = [
  {
    cluster: "shared-1",
    entity: { user: "measure-everybody" },
    limits: { producer_byte_rate: 1e12, consumer_byte_rate: 1e12, request_percentage: 1e6 },
  },
  { cluster: "shared-1", entity: { clientId: "cobalt-game-server" }, limits: { producer_byte_rate: 1_000 } },
];
