import { z } from "zod";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { TopicPage } from "@/lib/domain/views/tenants";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id, pageQuery } from "@/lib/operations/list/list-query";
import { OwnerFilter } from "@/lib/operations/list/owner-filter";
import { pageOf } from "@/lib/operations/list/page";
import { SUPPORT } from "@/lib/operations/roles";
import { filterTopics, type TopicFilter, topicAgain, topicFilters, topicsCsv } from "./topic-rows";

function topicsOf(fleet: FleetSnapshot, clusterId: string, filter: TopicFilter) {
  findCluster(fleet, clusterId);
  return filterTopics(fleet, fleet.topics.get(clusterId)?.values() ?? [], filter);
}

export const listTopics = defineOperation({
  name: "listTopics",
  summary: "The topics of a cluster, with their owners, rates and sizes.",
  method: "GET",
  path: "/api/clusters/{clusterId}/topics",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ clusterId: Id, owner: OwnerFilter, ...topicFilters, ...pageQuery() }),
  output: TopicPage,
  version: (context) => context.fleet().version,
  csv: (context, { clusterId, ...filter }) => topicsCsv(`topics-${clusterId}`, topicsOf(context.fleet(), clusterId, filter)),
  act: (context, { clusterId, cursor, limit, ...filter }) => {
    const request = cursor === undefined ? { limit } : { limit, cursor };
    const { page, rows } = pageOf(context, request, {
      filters: ["topics", clusterId, filter],
      list: (fleet) => topicsOf(fleet, clusterId, filter),
      again: topicAgain,
    });
    return { page, rows };
  },
});
