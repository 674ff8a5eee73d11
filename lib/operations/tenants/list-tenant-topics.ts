import { z } from "zod";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { TopicPage } from "@/lib/domain/views/tenants";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id, LIMIT_MAX, pageQuery } from "@/lib/operations/list/list-query";
import { pageOf } from "@/lib/operations/list/page";
import { SUPPORT } from "@/lib/operations/roles";
import { filterTopics, type TopicFilter, topicAgain, topicFilters, topicsCsv } from "@/lib/operations/topics/topic-rows";

type Filter = Omit<TopicFilter, "owner"> & { cluster?: string };

function topicsOf(fleet: FleetSnapshot, tenantId: string, { cluster, ...filter }: Filter) {
  const topics = findTenant(fleet, tenantId).topics.filter(({ clusterId }) => cluster === undefined || clusterId === cluster);
  return filterTopics(fleet, topics, { ...filter, owner: "all" });
}

export const listTenantTopics = defineOperation({
  name: "listTenantTopics",
  summary: "The topics a tenant owns or shares, over all its clusters.",
  method: "GET",
  path: "/api/tenants/{tenantId}/topics",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ tenantId: Id, cluster: Id.exactOptional(), ...topicFilters, ...pageQuery(LIMIT_MAX) }),
  output: TopicPage,
  version: (context) => context.fleet().version,
  csv: (context, { tenantId, ...filter }) => topicsCsv(`topics-of-${tenantId}`, topicsOf(context.fleet(), tenantId, filter)),
  act: (context, { tenantId, cursor, limit, ...filter }) => {
    const request = cursor === undefined ? { limit } : { limit, cursor };
    const { page, rows } = pageOf(context, request, {
      filters: ["tenant-topics", tenantId, filter],
      list: (fleet) => topicsOf(fleet, tenantId, filter),
      again: topicAgain,
    });
    return { page, rows };
  },
});
