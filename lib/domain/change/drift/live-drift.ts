import { basisOf } from "@/lib/domain/change/basis";
import type { ActiveBrake, ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import type { DriftItem } from "@/lib/domain/drift/drift-item";
import { type DriftSnapshot, driftOf } from "@/lib/domain/drift/drift-of";
import type { TenantState } from "@/lib/domain/fleet";

/** A tenant with what of it differs from what is declared, read live. */
export interface DriftingTenant {
  state: TenantState;
  basis: QuotaBasis;
  items: DriftItem[];
}

const snapshots = new WeakMap<ClusterFacts, DriftSnapshot>();

/** What drift is told from, with rules and settings as they were read live. Topics that could not be read have none. */
export function liveSnapshot(cluster: ClusterFacts, at: string): DriftSnapshot {
  const known = snapshots.get(cluster) ?? {
    clusterId: cluster.clusterId,
    name: cluster.name,
    metadata: cluster.snapshot.metadata,
    knownBrokers: cluster.snapshot.knownBrokers,
    quotas: cluster.quotas === null ? null : [...cluster.quotas],
    configs: new Map([...cluster.configs].map(([topic, entries]) => [topic, { at, entries: [...entries] }])),
  };
  snapshots.set(cluster, known);
  return known;
}

/** The clusters a tenant is placed on that are among the facts. */
export function clustersOf({ tenant }: Pick<QuotaBasis, "tenant">, { clusters }: Pick<PlanFacts, "clusters">): ClusterFacts[] {
  const ids = new Set(tenant.placements.map(({ cluster }) => cluster));
  return [...ids].flatMap((id) => clusters.get(id) ?? []);
}

export function driftingTenant(state: TenantState, facts: PlanFacts): DriftingTenant | null {
  const basis = basisOf(state, facts);
  return basis === null ? null : { state, basis, items: liveDrift(basis, facts) };
}

export function liveDrift(basis: QuotaBasis, facts: PlanFacts): DriftItem[] {
  return driftBeside(facts.brakes.get(basis.tenant.id), basis, facts);
}

/** What differs through a brake alone. */
export function brakedDrift(basis: QuotaBasis, facts: PlanFacts): DriftItem[] {
  const brake = facts.brakes.get(basis.tenant.id);
  if (brake === undefined) return [];
  const without = new Set(driftBeside(brake, basis, facts).map(({ key }) => key));
  return driftBeside(undefined, basis, facts).filter(({ key }) => !without.has(key));
}

function driftBeside(brake: ActiveBrake | undefined, basis: QuotaBasis, facts: PlanFacts): DriftItem[] {
  return clustersOf(basis, facts).flatMap((cluster) => driftOf(basis, liveSnapshot(cluster, facts.at), facts.at, brake));
}

/** The items that are meant: those named, else all. */
export function isMeant(items: readonly string[] | undefined): (item: Pick<DriftItem, "key">) => boolean {
  if (items === undefined) return () => true;
  const keys = new Set(items);
  return ({ key }) => keys.has(key);
}
