import { z } from "zod";
import { compareConditions } from "@/lib/domain/conditions/condition";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { Placement } from "@/lib/domain/placement";
import { tenantSentence } from "@/lib/domain/tenant-sentence";
import type { ConditionView } from "@/lib/domain/views/common";
import { TenantDetail } from "@/lib/domain/views/tenants";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";

export const getTenant = defineOperation({
  name: "getTenant",
  summary: "One tenant: its promise, its quotas in force, its traffic, lag and storage, what is wrong, and what cannot be seen.",
  method: "GET",
  path: "/api/tenants/{tenantId}",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ tenantId: Id }),
  output: TenantDetail,
  version: (context) => context.fleet().version,
  act: (context, { tenantId }) => {
    const fleet = context.fleet();
    const { tenant, tier, row, cannotSee, topics, groups, ...state } = findTenant(fleet, tenantId);
    const conditions = withNoise(fleet, tenantId, state.conditions);
    const { produce, consume, lag, storageBytes, storageWithReplicasBytes } = state;
    return {
      id: tenant.id,
      name: tenant.name,
      tier,
      model: row.model,
      requirements: tenant.requirements ?? {},
      overrides: tenant.overrides ?? [],
      managedElsewhere: tenant.managedElsewhere ?? null,
      placements: tenant.placements.map((placement) => ({
        ...placement,
        clusterName: fleet.summaries.get(placement.cluster)?.name ?? null,
      })),
      sentence: tenantSentence(conditions, cannotSee.length > 0),
      conditions,
      produce,
      consume,
      lag,
      groups,
      storageBytes,
      storageWithReplicasBytes,
      counts: { topics: topics.length, groups: groups.length, principals: principalCount(tenant.placements) },
      cannotSee,
      at: oldestReading(fleet, tenant.placements),
    };
  },
});

/** How loud it is was judged of the clusters, after the tenants were put together. */
function withNoise(fleet: FleetSnapshot, tenantId: string, own: readonly ConditionView[]): ConditionView[] {
  const noise = fleet.conditions.filter((condition) => condition.tenantId === tenantId && condition.rule.startsWith("noise."));
  return noise.length === 0 ? [...own] : [...noise, ...own].sort(compareConditions);
}

function principalCount(placements: readonly Placement[]): number {
  return new Set(placements.flatMap(({ cluster, principals }) => principals.map(({ kind, name }) => `${cluster} ${kind} ${name}`))).size;
}

/** The oldest reading among the tenant's clusters; null: one of them was never read, or there is none. */
function oldestReading(fleet: FleetSnapshot, placements: readonly Placement[]): string | null {
  const times = placements.map(({ cluster }) => fleet.summaries.get(cluster)?.at ?? null);
  return times.includes(null) ? null : (times.filter((at) => at !== null).toSorted()[0] ?? null);
}
