import type { LocatedIssue } from "@/lib/domain/issues";
import { type ServicePrincipal, serviceKey } from "@/lib/domain/principal";
import type { Registry } from "@/lib/domain/registry";
import { type NamedKind, reservedId } from "@/lib/domain/reserved-ids";
import { drain, type Steps } from "@/lib/domain/steps";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import { checkOverrides } from "./check-overrides";
import { checkPlacement } from "./check-placement";
import { checkTier, tierSet } from "./check-tier";
import { createPatternClaims } from "./pattern-claims";
import { createPrincipalClaims } from "./principal-claims";
import { unknownCluster } from "./unknown-cluster";

/** What an import file declares; each kind may be absent. */
export interface DeclaredRegistry {
  tiers: readonly Tier[];
  tenants: readonly Tenant[];
  services: readonly ServicePrincipal[];
}

export interface RegistryCheckInput {
  file: DeclaredRegistry;
  /** What is declared already; what the file names anew takes its place. */
  existing: Registry;
  /** Ids of the connections there are; null: not known, then any is allowed. */
  clusterIds: ReadonlySet<string> | null;
  /** Stop after so many issues: a person mends a few and comes again. */
  issuesMax: number;
}

/**
 * What is wrong with a file whose values are well formed by themselves, at its places: duplicates, references to nothing, shares above
 * the whole, names and principals that two tenants claim. Empty: the file can be taken over as a whole.
 */
export function* checkRegistrySteps(input: RegistryCheckInput): Steps<LocatedIssue[]> {
  const { file, existing, clusterIds } = input;
  const issues: LocatedIssue[] = [];
  issues.push(...sameIds(file.tiers, "tiers", "tier"), ...sameIds(file.tenants, "tenants", "tenant"));
  issues.push(...reserved(file.tiers, "tiers", "tier"), ...reserved(file.tenants, "tenants", "tenant"));
  const tiers = tierSet(existing.tiers, file.tiers);
  const before = new Map(existing.tenants.map((tenant) => [tenant.id, tenant]));
  const replaced = new Set(file.tenants.map(({ id }) => id));
  const topics = createPatternClaims();
  const groups = createPatternClaims();
  const principals = createPrincipalClaims([...existing.services, ...file.services]);
  const claim = (tenant: Tenant, path: PropertyKey[] | null) => {
    for (const [at, placement] of tenant.placements.entries()) {
      const place = path === null ? null : [...path, "placements", at];
      topics.add(placement, tenant.id, placement.topics, place === null ? null : [...place, "topics"]);
      groups.add(placement, tenant.id, placement.groups, place === null ? null : [...place, "groups"]);
      principals.add(placement, tenant.id, place === null ? null : [...place, "principals"]);
    }
  };
  for (const [at, tenant] of existing.tenants.entries()) {
    if (!replaced.has(tenant.id)) claim(tenant, null);
    if (at % 500 === 499) yield;
  }
  for (const [at, tenant] of file.tenants.entries()) {
    const path = ["tenants", at];
    issues.push(...checkTier(tenant, before.get(tenant.id), path, tiers), ...checkTenant(tenant, path, clusterIds));
    issues.push(...checkOverrides(tenant, before.get(tenant.id), path));
    claim(tenant, path);
    if (issues.length >= input.issuesMax) return issues.slice(0, input.issuesMax);
    if (at % 500 === 499) yield;
  }
  yield;
  issues.push(...topics.conflicts("topics"));
  yield;
  issues.push(...groups.conflicts("groups"), ...principals.conflicts(), ...checkServices(file.services, clusterIds));
  return issues.slice(0, input.issuesMax);
}

/** The same in one go. */
export function checkRegistry(input: RegistryCheckInput): LocatedIssue[] {
  return drain(checkRegistrySteps(input));
}

function checkTenant(tenant: Tenant, path: PropertyKey[], clusterIds: ReadonlySet<string> | null): LocatedIssue[] {
  const issues: LocatedIssue[] = [];
  const streams = new Set<string>();
  const reporting = new Set<string>();
  for (const [at, placement] of tenant.placements.entries()) {
    const place = [...path, "placements", at];
    issues.push(...checkPlacement(placement, place, clusterIds));
    const stream = `${placement.cluster} ${placement.stream}`;
    if (streams.has(stream)) {
      const message = `is the second placement on ${placement.cluster} with the stream "${placement.stream}"; give it a stream name of its own`;
      issues.push({ path: place, message });
    }
    streams.add(stream);
    if (placement.reported === undefined) continue;
    if (reporting.has(placement.cluster)) {
      const message = `is the second that reports on ${placement.cluster}: what is reported is the tenant's whole part of the cluster's pools`;
      issues.push({ path: [...place, "reported"], message });
    }
    reporting.add(placement.cluster);
  }
  const shares = tenant.placements.reduce((sum, { share }) => sum + (share ?? 0), 0);
  if (shares > 1 + 1e-9)
    issues.push({ path: [...path, "placements"], message: `the shares of the promise add up to ${round(shares)}, more than 1` });
  return issues;
}

function checkServices(services: readonly ServicePrincipal[], clusterIds: ReadonlySet<string> | null): LocatedIssue[] {
  const twice = duplicates(services, serviceKey).map(({ at, key, first }) => {
    return { path: ["services", at], message: `the service "${key}" is given twice; the first is services[${first}]` };
  });
  const unknown = services.flatMap(({ cluster }, at) =>
    clusterIds === null || clusterIds.has(cluster)
      ? []
      : [{ path: ["services", at, "cluster"], message: unknownCluster(cluster, clusterIds) }],
  );
  return [...twice, ...unknown];
}

function sameIds(items: readonly { id: string }[], list: string, what: string): LocatedIssue[] {
  return duplicates(items, ({ id }) => id).map(({ at, key, first }) => {
    return { path: [list, at, "id"], message: `the ${what} "${key}" is given twice; the first is ${list}[${first}]` };
  });
}

/** Each item whose key an earlier one has, with the place of the first. */
function duplicates<T>(items: readonly T[], keyOf: (item: T) => string): { at: number; key: string; first: number }[] {
  const firsts = new Map<string, number>();
  return items.flatMap((item, at) => {
    const key = keyOf(item);
    const first = firsts.get(key);
    if (first !== undefined) return { at, key, first };
    firsts.set(key, at);
    return [];
  });
}

function reserved(items: readonly { id: string }[], list: string, kind: NamedKind): LocatedIssue[] {
  return items.flatMap(({ id }, at) => {
    const message = reservedId(kind, id);
    return message === null ? [] : [{ path: [list, at, "id"], message }];
  });
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
