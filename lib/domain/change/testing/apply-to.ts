import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import { entityName, type PlannedOperation, type Target } from "@/lib/domain/change/operation";
import type { ConfigFact, QuotaRuleFact } from "@/lib/domain/facts";
import { Override, overrideKey } from "@/lib/domain/override";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { configFact } from "./topic-facts";

type Write = Pick<PlannedOperation, "target" | "after">;

/** The facts as they are read anew when the operations have been carried out. What the collector sees later stays as it was. */
export function applyTo(facts: PlanFacts, operations: readonly Write[]): PlanFacts {
  return operations.reduce(applyOne, facts);
}

/** The operations that bring back what was there before, last one first. */
export function inverted(operations: readonly PlannedOperation[]): PlannedOperation[] {
  return operations.map((operation) => ({ ...operation, before: operation.after, after: operation.before })).toReversed();
}

/** Everything that operations can write, in an order of its own: for comparing two states. */
export function writtenState({ clusters, registry }: PlanFacts) {
  return {
    clusters: [...clusters.values()].map(({ clusterId, configs, partitions, quotas }) => ({
      clusterId,
      configs: [...configs].map(([topic, entries]) => [topic, sorted(entries, ({ name, value, source }) => `${name} ${source} ${value}`)]),
      partitions: partitions === null ? null : [...partitions],
      quotas: quotas === null ? null : sorted(quotas, ({ entity, values }) => `${entityName(entity)} ${JSON.stringify(values)}`),
    })),
    tiers: sorted(registry.tiers, ({ id }) => id),
    tenants: registry.tenants.map(({ overrides = [], ...tenant }) => ({ ...tenant, overrides: sorted(overrides, overrideKey) })),
  };
}

function sorted<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function applyOne(facts: PlanFacts, { target, after }: Write): PlanFacts {
  switch (target.kind) {
    case "topic-config":
      return onCluster(facts, target.clusterId, (cluster) => withConfig(cluster, target, after));
    case "partitions":
      return onCluster(facts, target.clusterId, (cluster) => ({
        ...cluster,
        partitions: new Map(cluster.partitions ?? []).set(target.topic, Number(after)),
      }));
    case "quota":
      return onCluster(facts, target.clusterId, (cluster) => ({ ...cluster, quotas: withQuota(cluster.quotas ?? [], target, after) }));
    case "tier":
      return withTier(facts, target.tierId, after);
    case "tenant-tier":
    case "override":
    case "managed-elsewhere":
      return withTenant(facts, target, after);
  }
}

function onCluster(facts: PlanFacts, clusterId: string, change: (cluster: ClusterFacts) => ClusterFacts): PlanFacts {
  const cluster = facts.clusters.get(clusterId);
  if (cluster === undefined) throw new Error(`There is no cluster ${clusterId}.`);
  return { ...facts, clusters: new Map(facts.clusters).set(clusterId, change(cluster)) };
}

function withConfig(cluster: ClusterFacts, { topic, key }: Extract<Target, { kind: "topic-config" }>, after: string | null): ClusterFacts {
  const entries = cluster.configs.get(topic) ?? [];
  const inherited = entries.find(({ name }) => name === key)?.synonyms.filter(({ source }) => source !== "topic") ?? [];
  const synonyms: ConfigFact["synonyms"] = after === null ? inherited : [{ name: key, value: after, source: "topic" }, ...inherited];
  const others = entries.filter(({ name }) => name !== key);
  const written = synonyms.length === 0 ? others : [...others, configFact(key, synonyms)];
  return { ...cluster, configs: new Map(cluster.configs).set(topic, written) };
}

function withQuota(
  rules: readonly QuotaRuleFact[],
  { entity, key }: Extract<Target, { kind: "quota" }>,
  after: string | null,
): QuotaRuleFact[] {
  const isSame = (rule: QuotaRuleFact) => entityName(rule.entity) === entityName(entity);
  const values = { ...rules.find(isSame)?.values };
  if (after === null) delete values[key];
  else values[key] = Number(after);
  const others = rules.filter((rule) => !isSame(rule));
  return Object.keys(values).length === 0 ? others : [...others, { entity, values }];
}

function withTier(facts: PlanFacts, tierId: string, after: string | null): PlanFacts {
  const others = facts.registry.tiers.filter(({ id }) => id !== tierId);
  const tiers = after === null ? others : [...others, Tier.parse(JSON.parse(after))];
  return declared(facts, { tiers, tenants: facts.registry.tenants });
}

type TenantTarget = Extract<Target, { tenantId: string }>;

function withTenant(facts: PlanFacts, target: TenantTarget, after: string | null): PlanFacts {
  const tenants = facts.registry.tenants.map((tenant) => (tenant.id === target.tenantId ? written(tenant, target, after) : tenant));
  return declared(facts, { tiers: facts.registry.tiers, tenants });
}

function written(tenant: Tenant, target: TenantTarget, after: string | null): Tenant {
  if (target.kind === "tenant-tier") return { ...tenant, tier: JSON.parse(after ?? '""') as string };
  const { managedElsewhere: _, overrides = [], ...rest } = tenant;
  if (target.kind === "managed-elsewhere") {
    const by = after === null ? {} : { managedElsewhere: JSON.parse(after) as string };
    return { ...rest, ...by, ...(tenant.overrides === undefined ? {} : { overrides }) };
  }
  const at = overrides.findIndex((override) => overrideKey(override) === overrideKey(target));
  const made = after === null ? [] : [Override.parse(JSON.parse(after))];
  // In its place, as it is carried out.
  const all = at < 0 ? [...overrides, ...made] : overrides.toSpliced(at, 1, ...made);
  // Parsed, so that what the console could not store fails here.
  return Tenant.parse({ ...tenant, overrides: all });
}

function declared(facts: PlanFacts, { tiers, tenants }: { tiers: Tier[]; tenants: Tenant[] }): PlanFacts {
  const states = new Map(facts.tenants);
  for (const tenant of tenants) {
    const state = states.get(tenant.id);
    const tier = tiers.find(({ id }) => id === tenant.tier);
    if (state !== undefined) states.set(tenant.id, { ...state, tenant, tier: tier ?? state.tier });
  }
  return { ...facts, registry: { ...facts.registry, tiers, tenants, version: facts.registry.version + 1 }, tenants: states };
}
