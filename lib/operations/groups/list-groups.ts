import { z } from "zod";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { packGroups } from "@/lib/domain/listed-groups";
import { GroupPage } from "@/lib/domain/views/lag";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id, pageQuery } from "@/lib/operations/list/list-query";
import { OwnerFilter } from "@/lib/operations/list/owner-filter";
import { pageOf } from "@/lib/operations/list/page";
import { SUPPORT } from "@/lib/operations/roles";
import { filterGroups, type GroupFilter, groupAgain, groupFilters, groupsCsv } from "./group-rows";

function groupsOf(fleet: FleetSnapshot, clusterId: string, filter: GroupFilter) {
  findCluster(fleet, clusterId);
  return filterGroups(fleet, fleet.groups.get(clusterId)?.values() ?? [], filter);
}

export const listGroups = defineOperation({
  name: "listGroups",
  summary: "The consumer groups of a cluster, with their owners and how far they are behind.",
  method: "GET",
  path: "/api/clusters/{clusterId}/groups",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ clusterId: Id, owner: OwnerFilter, ...groupFilters, ...pageQuery() }),
  output: GroupPage,
  version: (context) => context.fleet().version,
  csv: (context, { clusterId, ...filter }) => groupsCsv(`groups-${clusterId}`, groupsOf(context.fleet(), clusterId, filter)),
  act: (context, { clusterId, cursor, limit, ...filter }) => {
    const request = cursor === undefined ? { limit } : { limit, cursor };
    const { page, rows } = pageOf(context, request, {
      filters: ["groups", clusterId, filter],
      list: (fleet) => groupsOf(fleet, clusterId, filter),
      again: groupAgain,
    });
    return { page, ...packGroups(rows) };
  },
});
