import { indexPatterns, internSets, type PatternIndex, type TenantPattern } from "./name-patterns";
import type { ServicePrincipal } from "./principal";
import { principalKey } from "./principal-name";
import type { Registry } from "./registry";
import { drain, type Steps } from "./steps";
import { createTenantSets, type TenantSet, type TenantSets } from "./tenant-sets";
import type { Owner } from "./views/common";

/** Whose something is: the answer for people, and all the tenants behind it. */
export interface Ownership {
  owner: Owner;
  tenantIds: readonly string[];
  set: TenantSet | null;
}

interface ClusterOwners {
  topics: PatternIndex;
  groups: PatternIndex;
  principals: Map<string, TenantSet>;
  clientIds: Map<string, TenantSet>;
  services: Map<string, ServicePrincipal>;
}

/** Every declaration of who owns what, ready for many questions. Made once for each version of the registry. */
export interface OwnerIndex {
  clusters: ReadonlyMap<string, ClusterOwners>;
  sets: TenantSets;
  /** One answer object for each set of tenants and way of concluding. */
  answers: Record<By | "shared", Ownership[]>;
}

export type By = Extract<Owner, { kind: "tenant" }>["by"];

interface Declared {
  topics: TenantPattern[];
  groups: TenantPattern[];
  principals: [key: string, tenantId: string][];
  clientIds: [key: string, tenantId: string][];
  services: Map<string, ServicePrincipal>;
}

type Declarations = Pick<Registry, "tenants" | "services">;

export function indexOwners(registry: Declarations): OwnerIndex {
  return drain(indexOwnersSteps(registry));
}

/** The same in slices, for a registry of thousands. */
export function* indexOwnersSteps(registry: Declarations): Steps<OwnerIndex> {
  const declared = new Map<string, Declared>();
  const on = (cluster: string): Declared => {
    const entry = declared.get(cluster) ?? { topics: [], groups: [], principals: [], clientIds: [], services: new Map() };
    declared.set(cluster, entry);
    return entry;
  };
  for (const [position, { id: tenantId, placements }] of registry.tenants.entries()) {
    if (position % 500 === 499) yield;
    for (const placement of placements) {
      const entry = on(placement.cluster);
      for (const pattern of placement.topics) entry.topics.push({ tenantId, pattern });
      for (const pattern of placement.groups) entry.groups.push({ tenantId, pattern });
      for (const principal of placement.principals) entry.principals.push([principalKey(principal), tenantId]);
      for (const clientId of placement.clientIds) entry.clientIds.push([clientId, tenantId]);
    }
  }
  for (const service of registry.services) on(service.cluster).services.set(principalKey(service.principal), service);
  const sets = createTenantSets();
  const clusters = new Map<string, ClusterOwners>();
  for (const [cluster, { services, ...entry }] of declared) {
    const topics = yield* indexPatterns(entry.topics, sets);
    yield;
    const groups = yield* indexPatterns(entry.groups, sets);
    yield;
    const principals = yield* internSets(gather(entry.principals), sets);
    clusters.set(cluster, { topics, groups, principals, clientIds: yield* internSets(gather(entry.clientIds), sets), services });
    yield;
  }
  return { clusters, sets, answers: { pattern: [], prefix: [], topics: [], principal: [], shared: [] } };
}

function gather(entries: readonly [key: string, tenantId: string][]): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const [key, tenantId] of entries) {
    const known = ids.get(key);
    if (known === undefined) ids.set(key, [tenantId]);
    else known.push(tenantId);
  }
  return ids;
}
