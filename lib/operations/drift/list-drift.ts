import { z } from "zod";
import { driftRule } from "@/lib/domain/conditions/drift-findings";
import { DRIFT_KINDS } from "@/lib/domain/drift/drift-item";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { DriftPage, type DriftRow } from "@/lib/domain/views/tiers";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { Id, pageQuery } from "@/lib/operations/list/list-query";
import { pageOf } from "@/lib/operations/list/page";
import { SUPPORT } from "@/lib/operations/roles";

const Filter = z.strictObject({
  tenant: Id.exactOptional(),
  tier: Id.exactOptional(),
  cluster: Id.exactOptional(),
  kind: z.enum(DRIFT_KINDS).exactOptional(),
  ...pageQuery(),
});
type Filter = Omit<z.output<typeof Filter>, "cursor" | "limit">;

const HEAD = [
  "tenant",
  "tenant name",
  "tier",
  "cluster",
  "kind",
  "resource",
  "key",
  "declared",
  "live",
  "declared by",
  "since",
  "managed elsewhere",
];

/** Who manages a cluster is read of its connection; a cluster that is no longer connected is nobody's. */
function managerOf(context: Context, clusterId: string): string | null {
  try {
    return context.connection(clusterId).managedElsewhere ?? null;
  } catch {
    return null;
  }
}

function rowsOf(context: Context, fleet: FleetSnapshot, { tenant, tier, cluster, kind }: Filter): DriftRow[] {
  const managers = new Map([...fleet.clusters.keys()].map((clusterId) => [clusterId, managerOf(context, clusterId)]));
  const states = tenant === undefined ? [...fleet.tenants.values()] : [fleet.tenants.get(tenant)].filter((state) => state !== undefined);
  return states
    .filter((state) => tier === undefined || state.tenant.tier === tier)
    .flatMap((state) => state.drift.map((item) => rowOf(item, state, fleet, managers)))
    .filter((row) => (cluster === undefined || row.clusterId === cluster) && (kind === undefined || row.kind === kind));
}

function rowOf(
  item: TenantState["drift"][number],
  { tenant, conditions }: TenantState,
  fleet: FleetSnapshot,
  managers: ReadonlyMap<string, string | null>,
): DriftRow {
  const rule = driftRule(item.kind);
  const condition = conditions.find((one) => one.rule === rule && one.clusterId === item.clusterId);
  return {
    ...item,
    tenantName: tenant.name,
    clusterName: fleet.summaries.get(item.clusterId)?.name ?? item.clusterId,
    tierId: tenant.tier,
    since: condition?.since ?? null,
    managedElsewhere: tenant.managedElsewhere ?? managers.get(item.clusterId) ?? null,
  };
}

export const listDrift = defineOperation({
  name: "listDrift",
  summary: "Where the live clusters differ from what tiers and overrides declare, value by value, since when, and who manages it.",
  method: "GET",
  path: "/api/drift",
  roles: SUPPORT,
  limits: "within",
  input: Filter,
  output: DriftPage,
  csv: (context, { cursor: _cursor, limit: _limit, ...filter }) => ({
    filename: "drift",
    head: HEAD,
    rows: rowsOf(context, context.fleet(), filter).map((row) => [
      row.tenantId,
      row.tenantName,
      row.tierId,
      row.clusterId,
      row.kind,
      row.resource,
      row.name,
      row.declared,
      row.live,
      row.source,
      row.since,
      row.managedElsewhere,
    ]),
  }),
  act: (context, { cursor, limit, ...filter }) => {
    const request = cursor === undefined ? { limit } : { cursor, limit };
    const { page, rows } = pageOf(context, request, { filters: ["drift", filter], list: (fleet) => rowsOf(context, fleet, filter) });
    return { page, rows };
  },
});
