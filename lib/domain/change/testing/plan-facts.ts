import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { ActiveBrake, PlanFacts } from "@/lib/domain/change/facts";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { Registry } from "@/lib/domain/registry";
import type { Tenant } from "@/lib/domain/tenant";
import { AT, GOLD } from "@/lib/domain/testing/cluster-fixture";
import { Tier } from "@/lib/domain/tier";
import { clusterFacts, type PlanClusterSpec } from "./cluster-facts";

/**
 * The facts of a plan as tests describe them. Tenants are joined with their clusters as the collector does it, so owners, topics and
 * groups are those that a console would see.
 */
export interface PlanFactsSpec {
  at?: string;
  tiers?: readonly Tier[];
  tenants?: readonly Tenant[];
  services?: Registry["services"];
  /** By id. Default: c1, empty. */
  clusters?: Record<string, PlanClusterSpec>;
  pastHours?: PlanFacts["pastHours"];
  brakes?: readonly ActiveBrake[];
  largestRecords?: PlanFacts["largestRecords"];
  recordBytes?: NonNullable<PlanFacts["recordBytes"]>;
  reverted?: PlanFacts["reverted"];
  declaring?: PlanFacts["declaring"];
}

export const DECLARING = { author: "olga@example.com", reason: "Ticket 7", at: AT };

export function planFacts(spec: PlanFactsSpec = {}): PlanFacts {
  const { at = AT, tiers = [GOLD], tenants = [], services = [] } = spec;
  const registry: Registry = { version: 1, tiers: [...tiers], tenants: [...tenants], services };
  const clusters = Object.entries(spec.clusters ?? { c1: {} }).map(([id, cluster]) => clusterFacts(id, cluster, at));
  const { fleet } = assembleFleet({ registry, clusters: clusters.map(({ snapshot }) => snapshot), memory: EMPTY_MEMORY, at });
  return {
    at,
    registry,
    owners: fleet.owners,
    tenants: fleet.tenants,
    clusters: new Map(clusters.map((cluster) => [cluster.clusterId, cluster])),
    pastHours: spec.pastHours ?? new Map(),
    brakes: new Map((spec.brakes ?? []).map((brake) => [brake.tenantId, brake])),
    largestRecords: spec.largestRecords ?? new Map(),
    ...(spec.recordBytes === undefined ? {} : { recordBytes: spec.recordBytes }),
    reverted: spec.reverted ?? null,
    declaring: spec.declaring === undefined ? DECLARING : spec.declaring,
  };
}

/** Gold with changes; what is given as undefined is not promised. */
export function tier(changes: Record<string, unknown> = {}): Tier {
  return Tier.parse(Object.fromEntries(Object.entries({ ...GOLD, ...changes }).filter(([, value]) => value !== undefined)));
}
