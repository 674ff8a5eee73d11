import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { ConfigFact, Problem, QuotaRuleFact, Reading } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ClusterNoise, Level } from "@/lib/domain/noise/noise";
import type { ConditionView } from "@/lib/domain/views/common";
import type { WriteAnswer } from "@/lib/domain/writes";
import type { ConfigResource, GroupDescription, KafkaAdmin } from "@/lib/kafka";
import { AT } from "@/lib/operations/testing/fleet";
import { mixedFleet } from "@/lib/operations/testing/mixed-fleet";
import { acquireLease, correctMonth, importRegistry, reconcileConditions, type Store, storeChange, writeNoise } from "@/lib/store";

export const OWN = "bridge-tenant-0001";
export const OTHER = "bridge-tenant-0002";
/** Everybody else, by id and name, with their topics, groups and principals. */
export const FOREIGN = /bridge-tenant-000[023]|Bridge Tenant Number [023]|pool-tenant|Pool Tenant|shared\.(?:orders|clickstream|telemetry)/;
export const AT_MS = Date.parse(AT);
const MINUTE = 60_000;

/** A sentence, a subject and evidence in which somebody else stands in every way. */
const planted = (rule: string, tenantId: string | null): ConditionView => ({
  id: `${rule}|c1|${tenantId ?? ""}|User:${OTHER}`,
  rule,
  severity: "danger",
  label: "Planted",
  sentence: `Beside Bridge Tenant Number 2 (${OTHER}.orders-indexer), User:${OTHER} reads shared.orders; ${OTHER} and Pool Tenant Number 1 share it.`,
  evidence: {
    tenants: 2,
    affects: `${OWN} ${OTHER}`,
    principal: OTHER,
    topics: `${OTHER}.orders, shared.telemetry`,
    commands: `kafka-acls --principal User:${OTHER}`,
  },
  tenantId,
  clusterId: "c1",
  subject: `User:${OTHER}`,
  since: new Date(AT_MS - 5 * MINUTE).toISOString(),
  until: null,
  acknowledged: null,
});
export const PLANTED = [
  planted("noise.noisy", OWN),
  planted("isolation.acl-too-wide", OWN),
  planted("noise.pressure", null),
  planted("noise.noisy", OTHER),
];

const level = (tenantId: string): Level => ({
  tenantId,
  brokerId: 2,
  resource: "in",
  rate: 600,
  brokerRate: 1000,
  share: 0.6,
  entitlement: 0.2,
  times: 3,
  verdict: "noisy",
  sinceMs: AT_MS - 5 * MINUTE,
  source: "measured",
});
const pressure = {
  brokerId: 2,
  signs: [{ kind: "handlers" as const, value: 0.1, limit: 0.3, baseline: null }],
  sinceMs: AT_MS,
  unseen: [],
};
const victim = (tenantId: string) => ({
  groupId: `${tenantId}.orders-indexer`,
  tenantId,
  tenantCount: 1,
  beforeMs: 0,
  nowMs: MINUTE,
  beforeRecords: 0,
  nowRecords: 60,
  objectiveMs: null,
});
const episode = (tenantId: string, victims: string[]) => ({
  level: level(tenantId),
  pressure,
  peak: 0.7,
  victims: victims.map(victim),
  mechanism: null,
  causes: [{ kind: "one-topic" as const, sentence: `${tenantId}.orders takes all of it.`, topic: `${tenantId}.orders` }],
});
const NOISE: ClusterNoise = {
  clusterId: "c1",
  at: AT,
  levels: [level(OWN), level(OTHER)],
  brokers: [pressure],
  episodes: [episode(OTHER, [OWN, "bridge-tenant-0003"]), episode(OWN, [OTHER]), episode("bridge-tenant-0003", [OTHER])],
  findings: [],
  unseen: null,
};

export function plantedFleet(): FleetSnapshot {
  const fleet = mixedFleet(4, 2);
  for (const state of fleet.tenants.values()) state.conditions.push(...PLANTED.filter(({ tenantId }) => tenantId === state.tenant.id));
  return { ...fleet, conditions: [...PLANTED, ...fleet.conditions], noise: new Map([["c1", NOISE]]) };
}

export const USE = {
  minutesSeen: 1,
  minutesAbovePromise: 0,
  minutesThrottledAbove: 0,
  minutesThrottledBelow: 0,
  minutesAtLimit: 0,
  minutesLagMissed: 0,
  producedBytes: 1,
  consumedBytes: 1,
  storedBytes: 1,
  storedAboveBytes: null,
};

/** What the store keeps of them; answers the numbers of a change of each. */
export async function plant(store: Store, fleet: FleetSnapshot): Promise<{ own: number; other: number }> {
  const lease = await acquireLease(store, "cluster/c1", "me", 3_600_000);
  if (lease === null) throw new Error("no lease");
  const entries = [OWN, OTHER].map((id): [string, number, number, number, number, number] => [id, 0, 2, 3, 0.6, 0]);
  await writeNoise(store, { clusterId: "c1", atMs: AT_MS - 2 * MINUTE, entries }, lease);
  const scope = { clusterId: "c1", rules: [...new Set(PLANTED.map(({ rule }) => rule))] };
  await reconcileConditions(store, scope, PLANTED, new Date(AT_MS - MINUTE), lease);
  for (const tenantId of [OWN, OTHER])
    await correctMonth(store, { tenantId, month: "2026-10", use: USE, at: AT, actor: "ada", reason: "agreed" });
  const tenants = [...fleet.tenants.values()].map(({ tenant }) => tenant);
  await importRegistry(store, { tiers: [...fleet.tiers.values()], tenants, services: [], sha256: "1" }, "ada", new Date(AT));
  const other = await plantChange(store, OTHER);
  return { other, own: await plantChange(store, OWN) };
}

async function plantChange(store: Store, tenantId: string): Promise<number> {
  const target = { kind: "quota" as const, clusterId: "c1", entity: { user: tenantId }, key: "producer_byte_rate" as const };
  const note = `Shared with ${OTHER}.`;
  const operation: PlannedOperation = { target, before: "1", after: "2", phase: "loosen", unit: `tenant:${tenantId}`, note };
  const { change } = await storeChange(store, {
    kind: "quota",
    title: `Set the quota of ${tenantId}, as Bridge Tenant Number 3 has it`,
    request: { kind: "quota", scope: { tenantIds: [tenantId] }, produceBytesPerSecond: 2 },
    consequences: [
      { class: "note", sentence: `${OTHER} keeps what it has.`, detail: null, tenantId: OTHER, clusterId: null, links: [], instead: null },
    ],
    leftOut: [],
    fingerprint: tenantId,
    actor: "ada",
    reason: null,
    correlationId: "r1",
    idempotencyKey: tenantId,
    rollout: null,
    revertsId: null,
    brakeMinutes: null,
    at: AT,
    operations: [operation],
  });
  return change.id;
}

const CONFIGS: Record<string, string> = { "retention.ms": "86400000", "max.message.bytes": "1048576", "cleanup.policy": "delete" };
const config = ([name, value]: [string, string]): ConfigFact => ({
  name,
  value,
  source: "topic",
  readOnly: false,
  sensitive: false,
  synonyms: [],
});
const words = `${OTHER}.orders, shared.orders and Bridge Tenant Number 2 are beside it.`;
const problemOf = (operation: string): Problem => ({
  code: "forbidden",
  operation,
  message: `User:${OTHER} is not it: ${words}`,
  remedy: `Allow it on ${OTHER}.orders.`,
  resource: `${OTHER}.orders`,
});

/** Brokers that know everybody, and name somebody else in all they say and in all that they refuse. */
export function plantedAdmin(fleet: FleetSnapshot): Partial<KafkaAdmin> {
  const users = [OWN, OTHER, "bridge-tenant-0003", "pool-tenant-0001"];
  const rules: QuotaRuleFact[] = users.map((user) => ({
    entity: { user },
    values: { producer_byte_rate: 1_000, consumer_byte_rate: 1_000 },
  }));
  const refuses = async (writes: readonly unknown[]): Promise<WriteAnswer[]> =>
    writes.map(() => ({ ok: false, uncertain: false, problem: problemOf("Alter") }));
  return {
    readConfigs: async (resources: readonly ConfigResource[]) => ({
      value: resources.map((resource) => ({ resource, configs: Object.entries(CONFIGS).map(config) })),
      problems: [problemOf("DescribeConfigs")],
    }),
    readQuotas: async () => ({ value: rules, problems: [problemOf("DescribeClientQuotas")] }),
    readMetadata: async () => ({ value: fleet.clusters.get("c1")?.metadata ?? null, problems: [problemOf("Metadata")] }),
    describeGroup: async (id): Promise<Reading<GroupDescription>> => ({
      value: { id, type: "classic", state: "Stable", coordinatorId: 1, assignor: "range", members: [OWN, OTHER].map(memberOf) },
      problems: [problemOf("DescribeGroups")],
    }),
    alterTopicConfigs: refuses,
    alterQuotas: refuses,
    createPartitions: refuses,
  };
}

function memberOf(tenantId: string): GroupDescription["members"][number] {
  const assigned = [
    { topic: `${tenantId}.orders`, partitions: [0] },
    { topic: "shared.orders", partitions: [1] },
  ];
  return {
    memberId: `${tenantId}-app-1f2e3d4c`,
    clientId: `${tenantId}-app`,
    clientHost: "10.0.0.1",
    groupInstanceId: `${tenantId}-app-1`,
    assigned,
  };
}

/** Every kind of change, about a tenant and what is its own. */
export function requestsAbout(tenantId: string, changeId: number): Record<string, object> {
  const scope = { tenantIds: [tenantId] };
  const topics = { topics: [{ clusterId: "c1", topic: `${tenantId}.orders` }] };
  return {
    retention: { scope, retentionMs: 3_600_000 },
    "retention of a topic": { kind: "retention", scope: topics, retentionMs: 3_600_000 },
    "message-size": { scope: topics, maxMessageBytes: 2_097_152 },
    partitions: { clusterId: "c1", topic: `${tenantId}.orders`, count: 12 },
    quota: { scope, produceBytesPerSecond: 9_000_000 },
    "quota-rule": { clusterId: "c1", entity: { user: tenantId }, values: { producer_byte_rate: 2_000 } },
    tier: { scope, tierId: "gold" },
    brake: { tenantId, produceBytesPerSecond: 1_000, minutes: 5 },
    "brake-release": { tenantId },
    "bring-back": { scope },
    adopt: { scope },
    "override-end": { tenantId, overrides: [{ setting: "produceBytesPerSecond", on: { topic: `${tenantId}.orders` } }] },
    "managed-elsewhere": { tenantId, by: "Terraform" },
    revert: { changeId },
  };
}

/** As the API takes them, with what each is called. */
export const asked = (about: Record<string, object>) =>
  Object.entries(about).map(([kind, request]): [string, object] => [kind, { kind, ...request }]);
