import { z } from "zod";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { poolHourView } from "@/lib/domain/noise/pool/pool-rows";
import { poolView } from "@/lib/domain/pool/pool-view";
import { HOUR_MS } from "@/lib/domain/pool/sampled-hour";
import { TenantPool } from "@/lib/domain/views/pool";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { levelOfEntry } from "@/lib/operations/noisy/kept-pools";
import { SUPPORT } from "@/lib/operations/roles";
import { readPoolHours } from "@/lib/store";

const HOURS_MS = 12 * HOUR_MS;

export const getTenantPool = defineOperation({
  name: "getTenantPool",
  summary:
    "A tenant's part of shared topics: its sampled share, what its application reports, where its key puts its records, and what it took by the hour.",
  method: "GET",
  path: "/api/tenants/{tenantId}/pool",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ tenantId: Id }),
  output: TenantPool,
  version: (context) => context.fleet().version,
  async act(context, { tenantId }) {
    const fleet = context.fleet();
    const state = findTenant(fleet, tenantId);
    const hours = await hoursOf(context, state);
    return { ...poolView(fleet, state, context.now().getTime()), hours, hoursUnseen: unseenHours(fleet, state, hours) };
  },
});

async function hoursOf(context: Context, { tenant }: TenantState): Promise<TenantPool["hours"]> {
  const fleet = context.fleet();
  const toMs = context.now().getTime();
  const pools = new Set(poolClusters(tenant));
  const stored = await readPoolHours(context.store, { tenantId: tenant.id, fromMs: toMs - HOURS_MS, toMs });
  return stored
    .filter(({ clusterId }) => pools.has(clusterId))
    .toReversed()
    .flatMap(({ clusterId, atMs, entries }) =>
      entries.map((entry) => {
        const level = levelOfEntry(entry, atMs);
        const view = poolHourView(fleet, { clusterId, fromMs: atMs, untilMs: atMs + HOUR_MS }, level);
        const direction = level.resource === "in" ? ("produce" as const) : ("consume" as const);
        return { ...view, clusterId, direction, verdict: level.verdict, source: level.source };
      }),
    );
}

function poolClusters({ placements }: TenantState["tenant"]): string[] {
  return placements.flatMap(({ cluster, model }) => (model === "pool" ? [cluster] : []));
}

/** Of clusters whose last hour says nothing of the tenant. */
function unseenHours(fleet: FleetSnapshot, { tenant }: TenantState, hours: TenantPool["hours"]): TenantPool["hoursUnseen"] {
  return [...new Set(poolClusters(tenant))].flatMap((clusterId) => {
    const pool = fleet.noise?.get(clusterId)?.pool;
    const newest = hours.find((hour) => hour.clusterId === clusterId);
    if (pool === undefined) return newest === undefined ? [{ clusterId, reason: NOT_YET }] : [];
    if (pool.unseen !== null) return [{ clusterId, reason: pool.unseen }];
    return newest !== undefined && Date.parse(newest.from) >= pool.fromMs ? [] : [{ clusterId, reason: NOT_MET }];
  });
}

const NOT_YET = "No whole hour was read and sampled yet since this process began to read the cluster.";
const NOT_MET = "In the last hour it was in no batch of the sample, or among those that took too little to be kept.";
