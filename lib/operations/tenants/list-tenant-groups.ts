import { z } from "zod";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { packGroups } from "@/lib/domain/listed-groups";
import { GroupPage } from "@/lib/domain/views/lag";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { filterGroups, type GroupFilter, groupAgain, groupFilters, groupsCsv } from "@/lib/operations/groups/group-rows";
import { Id, LIMIT_MAX, pageQuery } from "@/lib/operations/list/list-query";
import { pageOf } from "@/lib/operations/list/page";
import { SUPPORT } from "@/lib/operations/roles";

type Filter = Omit<GroupFilter, "owner"> & { cluster?: string };

function groupsOf(fleet: FleetSnapshot, tenantId: string, { cluster, ...filter }: Filter) {
  const groups = findTenant(fleet, tenantId).groups.filter(({ clusterId }) => cluster === undefined || clusterId === cluster);
  return filterGroups(fleet, groups, { ...filter, owner: "all" });
}

export const listTenantGroups = defineOperation({
  name: "listTenantGroups",
  summary: "The consumer groups a tenant owns or shares, over all its clusters.",
  method: "GET",
  path: "/api/tenants/{tenantId}/groups",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ tenantId: Id, cluster: Id.exactOptional(), ...groupFilters, ...pageQuery(LIMIT_MAX) }),
  output: GroupPage,
  version: (context) => context.fleet().version,
  csv: (context, { tenantId, ...filter }) => groupsCsv(`groups-of-${tenantId}`, groupsOf(context.fleet(), tenantId, filter)),
  act: (context, { tenantId, cursor, limit, ...filter }) => {
    const request = cursor === undefined ? { limit } : { limit, cursor };
    const { page, rows } = pageOf(context, request, {
      filters: ["tenant-groups", tenantId, filter],
      list: (fleet) => groupsOf(fleet, tenantId, filter),
      again: groupAgain,
    });
    return { page, ...packGroups(rows) };
  },
});
