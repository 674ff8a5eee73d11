import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { MetadataFacts, QuotaRuleFact, TopicFact } from "@/lib/domain/facts";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { ServicePrincipal } from "@/lib/domain/principal";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { Tenant } from "@/lib/domain/tenant";
import { AT, cluster } from "@/lib/domain/testing/cluster-fixture";
import { Tier } from "@/lib/domain/tier";
import { ACTORS, RULES } from "@/sandbox/tenants/cast";
import type { ClusterId, TopicPlan } from "@/sandbox/tenants/plan";
import { driftOf } from "./drift-of";

const told = parse(readFileSync(`${import.meta.dirname}/../../../sandbox/tenants.yaml`, "utf8"));
const REGISTRY = {
  version: 1,
  tiers: Tier.array().parse(told.tiers),
  tenants: Tenant.array().parse(told.tenants),
  services: ServicePrincipal.array().parse(told.services),
};
const BROKERS: Record<ClusterId, number[]> = { "shared-1": [1, 2, 3], "silo-umbra": [1], "silo-vault": [1] };

/** The brokers as the sandbox sets them up: partition p is led by the p-th of them in turn. */
function snapshotOf(id: ClusterId): ClusterSnapshot {
  const actors = ACTORS.filter((actor) => actor.cluster === id);
  const topics = actors.flatMap((actor) => actor.topics);
  const own = actors.map(({ principal, quota }) => ({ entity: { user: principal }, limits: quota ?? {} }));
  const quotas = [...own, ...RULES.filter((rule) => rule.cluster === id)].map(ruleFact);
  const ids = BROKERS[id];
  const metadata: MetadataFacts = {
    kafkaClusterId: id,
    controllerId: 1,
    brokers: ids.map((broker) => ({ id: broker, host: `b${broker}`, port: 9096, rack: null })),
    topics: new Map(topics.map((topic) => [topic.name, topicFact(topic, ids)])),
  };
  const configs = new Map(topics.map(({ name, configs: own }) => [name, { at: AT, entries: entriesOf(own) }]));
  return { ...cluster({ id }), metadata, quotas, configs };
}

function ruleFact({ entity, limits }: Pick<(typeof RULES)[number], "entity" | "limits">): QuotaRuleFact {
  const set = Object.entries(limits).filter(([, value]) => value !== null);
  return { entity, values: Object.fromEntries(set) };
}

function topicFact({ name, partitions }: TopicPlan, ids: number[]): TopicFact {
  const replicas = (partition: number) => ids.map((_, replica) => ids[(partition + replica) % ids.length] ?? 0);
  const facts = Array.from({ length: partitions }, (_, partition) => {
    const all = replicas(partition);
    return { partition, leader: all[0] ?? null, replicas: all, isr: all };
  });
  return { name, internal: false, partitions: facts };
}

function entriesOf(configs: Record<string, string>) {
  const own = { source: "topic" as const, readOnly: false, sensitive: false, synonyms: [] };
  return Object.entries(configs).map(([name, value]) => ({ name, value, ...own }));
}

const CLUSTERS = (Object.keys(BROKERS) as ClusterId[]).map(snapshotOf);
const { fleet } = assembleFleet({ registry: REGISTRY, clusters: CLUSTERS, memory: EMPTY_MEMORY, at: AT });

test("of the sandbox's tenants those drift that were set up so, and no others", () => {
  const found = [...fleet.tenants.values()].flatMap((state) => CLUSTERS.flatMap((one) => driftOf(state, one, AT)));
  expect(found.map(({ tenantId, resource, name, declared, live }) => [tenantId, resource, name, declared, live])).toEqual([
    ["tern", "tern.boardings", "retention.ms", "172800000", "1209600000"],
    ["mosaic", "mosaic.ticket-sales", "retention.ms", "172800000", "1800000"],
  ]);
});

test("a rule of the sandbox that is changed elsewhere is drift of its tenant", () => {
  const [shared] = CLUSTERS;
  const state = fleet.tenants.get("kestrel");
  if (shared === undefined || state === undefined) throw new Error("The cast has changed.");
  const rules = (shared.quotas ?? []).map((rule) =>
    rule.entity.user === "kestrel" ? { ...rule, values: { ...rule.values, producer_byte_rate: 20_000 } } : rule,
  );
  expect(driftOf(state, { ...shared, quotas: rules }, AT)).toMatchObject([
    {
      key: "kestrel|shared-1|user kestrel|producer_byte_rate",
      kind: "quota",
      declared: "50000",
      live: "20000",
      source: "Gold: 120\u00a0kB/s × 1.25 / 3 brokers = 50\u00a0kB/s a broker",
    },
  ]);
});
