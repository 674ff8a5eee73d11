import type { FleetSnapshot } from "@/lib/domain/fleet";
import { ownerOfGroup, ownerOfTopic } from "@/lib/domain/owner";
import type { NamePattern } from "@/lib/domain/placement";
import type { Steps } from "@/lib/domain/steps";
import type { TenantSet } from "@/lib/domain/tenant-sets";
import type { OwnedType } from "./foreign-reach";
import { type Land, landOf, type Plot } from "./land";

export interface Lands {
  lands: Record<OwnedType, Land>;
  claimOf: (type: OwnedType, name: string) => TenantSet | null;
}

const SLICE = 500;
const NO_NAMES: ReadonlyMap<string, TenantSet> = new Map();

/**
 * What tenants have on a cluster by kind: topics and groups that exist, and the names and prefixes they claim, so that what is still to come
 * counts as theirs. Transactions have no owner of their own; an id that begins as a tenant's topics or groups do is taken to be its.
 */
export function* landsSteps(fleet: FleetSnapshot, clusterId: string): Steps<Lands> {
  const { owners } = fleet;
  const topics = new Map<string, TenantSet>();
  const groups = new Map<string, TenantSet>();
  const claimed = { topics: new Map<string, TenantSet>(), groups: new Map<string, TenantSet>() };
  let done = 0;
  const put = (map: Map<string, TenantSet>, name: string, set: TenantSet | null): void => {
    if (set !== null) map.set(name, set);
  };
  for (const name of fleet.topics.get(clusterId)?.keys() ?? []) {
    put(topics, name, ownerOfTopic(owners, clusterId, name).set);
    done += 1;
    if (done % SLICE === 0) yield;
  }
  for (const [name, { topics: read }] of fleet.groups.get(clusterId) ?? []) {
    put(groups, name, ownerOfGroup(owners, clusterId, name, read).set);
    done += 1;
    if (done % SLICE === 0) yield;
  }
  for (const { tenant } of fleet.tenants.values()) {
    for (const placement of tenant.placements) {
      if (placement.cluster !== clusterId) continue;
      for (const start of placement.topics.map(startOf))
        if (start !== null) put(claimed.topics, start, ownerOfTopic(owners, clusterId, start).set);
      for (const start of placement.groups.map(startOf))
        if (start !== null) put(claimed.groups, start, ownerOfGroup(owners, clusterId, start, []).set);
    }
    done += 1;
    if (done % SLICE === 0) yield;
  }
  const topic = landOf(plotsOf(claimed.topics, topics));
  yield;
  const group = landOf(plotsOf(claimed.groups, groups));
  yield;
  const transactional = landOf(plotsOf(new Map([...claimed.topics, ...claimed.groups]), NO_NAMES));
  return {
    lands: { topic, group, "transactional-id": transactional },
    claimOf: (type, name) => (type === "group" ? ownerOfGroup(owners, clusterId, name, []).set : ownerOfTopic(owners, clusterId, name).set),
  };
}

/** Where the names of a pattern begin; a glob or an expression claims what exists alone. */
function startOf(pattern: NamePattern): string | null {
  if ("name" in pattern) return pattern.name;
  return "prefix" in pattern ? pattern.prefix : null;
}

/** What exists takes the place of a claim to the same name. */
function plotsOf(claimed: ReadonlyMap<string, TenantSet>, existing: ReadonlyMap<string, TenantSet>): Plot[] {
  const claims = [...claimed].filter(([name]) => !existing.has(name));
  return [
    ...claims.map(([name, tenants]): Plot => ({ name, tenants, isClaim: true })),
    ...[...existing].map(([name, tenants]): Plot => ({ name, tenants })),
  ];
}
