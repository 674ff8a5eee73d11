import { z } from "zod";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { Part } from "@/lib/domain/snapshot";
import { TenantAccess } from "@/lib/domain/views/tenants";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { principalAccess } from "./principal-access";

const PARTS_READ: readonly Part[] = ["quotas", "acls", "scram"];

export const getTenantAccess = defineOperation({
  name: "getTenantAccess",
  summary: "Who signs in for a tenant, the quotas in force for each, and what they may do.",
  method: "GET",
  path: "/api/tenants/{tenantId}/access",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ tenantId: Id }),
  output: TenantAccess,
  version: (context) => context.fleet().version,
  act: (context, { tenantId }) => {
    const fleet = context.fleet();
    const { placements } = findTenant(fleet, tenantId).tenant;
    const principals = placements.flatMap((placement) =>
      placement.principals.map((principal) => principalAccess(fleet, tenantId, placement, principal)),
    );
    return { principals, ...partsOf(fleet, [...new Set(placements.map(({ cluster }) => cluster))]) };
  },
});

/** The oldest of the readings the answer rests on, and what was missing from them. */
function partsOf(fleet: FleetSnapshot, clusterIds: readonly string[]): Pick<z.output<typeof TenantAccess>, "problems" | "at"> {
  const states = clusterIds.flatMap((clusterId) => {
    const parts = fleet.clusters.get(clusterId)?.parts;
    return parts === undefined ? [] : PARTS_READ.map((part) => parts[part]);
  });
  const times = states.map(({ at }) => at);
  const known = times.filter((at) => at !== null);
  return { problems: states.flatMap(({ problems }) => problems), at: known.length < times.length ? null : (known.toSorted()[0] ?? null) };
}
