import type { DriftItem } from "@/lib/domain/drift/drift-item";
import { driftOf } from "@/lib/domain/drift/drift-of";
import { same } from "@/lib/domain/same";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import type { TenantInput } from "./assemble-tenant";
import type { ClusterJoin } from "./cluster-join";
import type { TenantPlace } from "./tenant-places";

const NONE: readonly DriftItem[] = [];

type DriftInput = Pick<TenantInput, "tenant" | "tier" | "joins" | "memory" | "previous" | "previousJoins" | "at">;

/** A tenant's drift on all its clusters; the list it had, where nothing has changed that it follows from. */
export function tenantDrift(input: DriftInput, places: readonly TenantPlace[], topics: readonly TopicSummary[]): readonly DriftItem[] {
  const { tenant, tier, joins, memory, previous, at } = input;
  const brake = memory.brakes.get(tenant.id);
  if (previous !== undefined && driftStands(previous, places, input)) return previous.drift;
  const items: DriftItem[] = [];
  for (const { clusterId } of places) {
    const join = joins.get(clusterId);
    if (join !== undefined) items.push(...driftOf({ tenant, tier, topics }, join.cluster, at, brake));
  }
  return items.length === 0 ? NONE : same(previous?.drift, items);
}

/**
 * An override or a brake that ends makes a difference without anything else having changed, so a tenant with one is looked at each time.
 */
function driftStands(
  previous: NonNullable<DriftInput["previous"]>,
  places: readonly TenantPlace[],
  { tenant, tier, joins, memory, previousJoins }: DriftInput,
): boolean {
  const wasBraked = previous.conditions.some(({ rule }) => rule.startsWith("brake."));
  if (wasBraked || memory.brakes.has(tenant.id)) return false;
  if (previous.tenant !== tenant || previous.tier !== tier || (tenant.overrides ?? []).some(({ until }) => until !== undefined))
    return false;
  return places.every(({ clusterId }) => sameDeclarable(joins.get(clusterId), previousJoins?.get(clusterId)));
}

function sameDeclarable(join: ClusterJoin | undefined, before: ClusterJoin | undefined): boolean {
  if (join === undefined || before === undefined) return join === before;
  const { metadata, knownBrokers, quotas, configs } = join.cluster;
  return (
    join.owners === before.owners &&
    before.cluster.metadata === metadata &&
    before.cluster.knownBrokers.size === knownBrokers.size &&
    before.cluster.quotas === quotas &&
    before.cluster.configs === configs
  );
}
