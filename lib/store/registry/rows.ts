import type { Placement } from "@/lib/domain/placement";
import type { ServicePrincipal } from "@/lib/domain/principal";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import type { placements, servicePrincipals, tenants, tiers } from "@/lib/store/schema";
import type { JsonRow } from "@/lib/store/sql/upsert-rows";

/*
 * The same facts as the domain names them and as the tables keep them. Rows were validated when they were written; they are
 * not parsed again, because that would take a second for 50,000 tenants.
 */

export type TierRow = typeof tiers.$inferSelect;
export type TenantRow = typeof tenants.$inferSelect;
export type PlacementRow = typeof placements.$inferSelect;
export type ServiceRow = typeof servicePrincipals.$inferSelect;

export function toTier(row: TierRow): Tier {
  const tier: Tier = { id: row.id, name: row.name, model: row.model, ...row.promise };
  if (row.archived) tier.archived = true;
  return tier;
}

export function fromTier({ id, name, model, archived, ...promise }: Tier): JsonRow<typeof tiers> {
  return { id, name, model, promise, archived: archived ?? false };
}

export function toTenant(row: TenantRow, placed: Placement[]): Tenant {
  const tenant: Tenant = { id: row.id, name: row.name, tier: row.tierId, placements: placed };
  if (row.requirements !== null) tenant.requirements = row.requirements;
  if (row.overrides !== null) tenant.overrides = row.overrides;
  if (row.managedElsewhere !== null) tenant.managedElsewhere = row.managedElsewhere;
  return tenant;
}

/** An empty list of overrides is none, so that a tenant reads the same however its last one went. */
export function fromTenant({ id, name, tier, requirements, overrides = [], managedElsewhere }: Tenant): JsonRow<typeof tenants> {
  return {
    id,
    name,
    tierId: tier,
    requirements: requirements ?? null,
    overrides: overrides.length === 0 ? null : overrides,
    managedElsewhere: managedElsewhere ?? null,
  };
}

export function toPlacement(row: PlacementRow): Placement {
  const placement: Placement = {
    cluster: row.clusterId,
    model: row.model,
    stream: row.stream,
    topics: row.topics,
    groups: row.groups,
    principals: row.principals,
    clientIds: row.clientIds,
  };
  if (row.record !== null) placement.record = row.record;
  if (row.recordValue !== null) placement.recordValue = row.recordValue;
  if (row.reported !== null) placement.reported = row.reported;
  if (row.share !== null) placement.share = row.share;
  return placement;
}

export function fromPlacement(tenantId: string, placement: Placement, position: number): JsonRow<typeof placements> {
  const { cluster, model, stream, topics, groups, principals, clientIds } = placement;
  return {
    tenantId,
    clusterId: cluster,
    stream,
    position,
    model,
    topics,
    groups,
    principals,
    clientIds,
    record: placement.record ?? null,
    recordValue: placement.recordValue ?? null,
    reported: placement.reported ?? null,
    share: placement.share ?? null,
  };
}

export function toService(row: ServiceRow): ServicePrincipal {
  const service: ServicePrincipal = { cluster: row.clusterId, principal: { kind: row.kind, name: row.name }, role: row.role };
  if (row.note !== null) service.note = row.note;
  return service;
}

export function fromService({ cluster, principal, role, note }: ServicePrincipal): JsonRow<typeof servicePrincipals> {
  return { clusterId: cluster, kind: principal.kind, name: principal.name, role, note: note ?? null };
}
