import type { TenantState } from "@/lib/domain/fleet";
import { ownerOfTopic } from "@/lib/domain/owner";
import { paths } from "@/lib/domain/paths";
import { eachInSlices, type Steps } from "@/lib/domain/steps";
import { filterTenants, parseTenantQuery } from "@/lib/domain/tenant-query";
import type { ClusterFacts, PlanFacts } from "./facts";
import type { LeftOut, Refusal } from "./plan";
import type { TenantScope, TopicScope } from "./request";

/** A topic of a change, with the tenants whose records it holds. */
export interface ScopedTopic {
  cluster: ClusterFacts;
  topic: string;
  /** None: nobody's. One: a bridge's or a silo's. Several: a pool's, and a change touches all of them. */
  tenants: TenantState[];
  /** What is carried out together: its tenant's, or the shared topic's own. */
  unit: string;
}

export interface Resolved<T> {
  items: T[];
  leftOut: LeftOut[];
  refusals: Refusal[];
}

type Registered = Pick<PlanFacts, "tenants" | "spared">;

const SLICE = 100;

/** The tenants of a scope without those that are spared, in the order of their ids where the scope gives none. */
export function tenantsOf(scope: TenantScope, { tenants, spared }: Registered): Resolved<TenantState> {
  const resolved = allOf(scope, tenants);
  if (spared === undefined) return resolved;
  return { ...resolved, items: resolved.items.filter(({ tenant }) => !spared.has(`tenant:${tenant.id}`)) };
}

function allOf(scope: TenantScope, tenants: PlanFacts["tenants"]): Resolved<TenantState> {
  if ("tenantIds" in scope) return byId(scope.tenantIds, tenants);
  const all = [...tenants.values()].toSorted((a, b) => (a.tenant.id < b.tenant.id ? -1 : 1));
  if ("tierId" in scope) return { items: all.filter(({ tenant }) => tenant.tier === scope.tierId), leftOut: [], refusals: [] };
  const about = (tenantId: string) => {
    const state = tenants.get(tenantId);
    const clusters = state?.tenant.placements.map(({ cluster }) => cluster) ?? [];
    return { clusters, rules: state?.conditions.map(({ rule }) => rule) ?? [] };
  };
  const found = filterTenants(
    all.map(({ row }) => row),
    parseTenantQuery(scope.filter),
    "all",
    about,
  );
  const ids = new Set(found.map(({ id }) => id));
  return { items: all.filter(({ tenant }) => ids.has(tenant.id)), leftOut: [], refusals: [] };
}

function byId(ids: readonly string[], tenants: PlanFacts["tenants"]): Resolved<TenantState> {
  const resolved: Resolved<TenantState> = { items: [], leftOut: [], refusals: [] };
  for (const id of new Set(ids)) {
    const state = tenants.get(id);
    if (state === undefined) resolved.refusals.push(noTenant(id));
    else resolved.items.push(state);
  }
  return resolved;
}

export function noTenant(id: string): Refusal {
  const wayOut = "It may have been renamed or never imported; look for it in the list.";
  return { field: "tenantIds", reason: `There is no tenant "${id}".`, wayOut, link: { label: "All tenants", href: paths.tenants() } };
}

/** The topics of a scope. Of a tenant only its own: what it shares with others is left out, and said. */
export function* topicsOf(scope: TopicScope, facts: PlanFacts): Steps<Resolved<ScopedTopic>> {
  if ("topics" in scope) {
    const named = namedTopics(scope.topics, facts);
    return { ...named, items: named.items.filter(({ unit }) => facts.spared?.has(unit) !== true) };
  }
  const { items: tenants, leftOut, refusals } = tenantsOf(scope, facts);
  const resolved: Resolved<ScopedTopic> = { items: [], leftOut: [...leftOut], refusals: [...refusals] };
  yield* eachInSlices(tenants, SLICE, (state) => addOwnTopics(state, facts, resolved));
  return resolved;
}

function namedTopics(refs: readonly { clusterId: string; topic: string }[], facts: PlanFacts): Resolved<ScopedTopic> {
  const resolved: Resolved<ScopedTopic> = { items: [], leftOut: [], refusals: [] };
  const seen = new Set<string>();
  for (const { clusterId, topic } of refs) {
    if (seen.has(`${clusterId} ${topic}`)) continue;
    seen.add(`${clusterId} ${topic}`);
    const cluster = facts.clusters.get(clusterId);
    if (cluster === undefined) {
      const wayOut = "Choose a topic of a cluster in the list.";
      const link = { label: "Clusters", href: paths.clusters() };
      resolved.refusals.push({ field: "topics", reason: `There is no cluster "${clusterId}".`, wayOut, link });
    } else if (!exists(cluster, topic)) {
      const wayOut = "It may have been deleted meanwhile; look at the topics of the cluster.";
      const link = { label: `Topics of ${cluster.name}`, href: paths.topics(clusterId) };
      resolved.refusals.push({ field: "topics", reason: `There is no topic "${topic}" on ${cluster.name}.`, wayOut, link });
    } else {
      resolved.items.push(scopedTopic(cluster, topic, facts));
    }
  }
  return resolved;
}

function exists({ partitions, snapshot }: ClusterFacts, topic: string): boolean {
  return partitions === null ? (snapshot.metadata?.topics.has(topic) ?? false) : partitions.has(topic);
}

/** A topic with the tenants whose records it holds. */
export function scopedTopic(cluster: ClusterFacts, topic: string, { owners, tenants }: PlanFacts): ScopedTopic {
  const ids = ownerOfTopic(owners, cluster.clusterId, topic).tenantIds;
  const states = ids.map((id) => tenants.get(id)).filter((state) => state !== undefined);
  const [only] = states;
  const unit = only !== undefined && states.length === 1 ? `tenant:${only.tenant.id}` : `topic:${cluster.clusterId}/${topic}`;
  return { cluster, topic, tenants: states, unit };
}

function addOwnTopics(state: TenantState, facts: PlanFacts, resolved: Resolved<ScopedTopic>): void {
  const { id, name } = state.tenant;
  const own = state.topics.filter(({ owner }) => owner.kind === "tenant");
  const shared = state.topics.length - own.length;
  if (shared > 0) {
    const what = shared === 1 ? "One of its topics holds" : `${shared} of its topics hold`;
    const reason = `${what} records of other tenants too, so their settings are not this tenant's. They are changed on the topic's page.`;
    resolved.leftOut.push({ subject: name, tenantId: id, reason, link: { label: "Its topics", href: paths.tenant(id, "topics") } });
  }
  const there = ownTopicsOf(state, facts);
  resolved.items.push(...there);
  if (there.length === 0 && shared === 0) {
    const reason = own.length === 0 ? "No topic of its own can be seen." : "Its topics are not there any more.";
    resolved.leftOut.push({ subject: name, tenantId: id, reason, link: { label: "Its topics", href: paths.tenant(id, "topics") } });
  }
}

/** A tenant's own topics that are there. */
export function ownTopicsOf(state: TenantState, { clusters }: Pick<PlanFacts, "clusters">): ScopedTopic[] {
  return state.topics.flatMap(({ clusterId, topic, owner }) => {
    const cluster = owner.kind === "tenant" ? clusters.get(clusterId) : undefined;
    if (cluster === undefined || !exists(cluster, topic)) return [];
    return [{ cluster, topic, tenants: [state], unit: `tenant:${state.tenant.id}` }];
  });
}
