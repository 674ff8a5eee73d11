import { z } from "zod";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { packTenants } from "@/lib/domain/listed-tenants";
import type { Tier } from "@/lib/domain/tier";
import { type ListedTier, TENANT_SORTS, TENANT_VIEWS, TenantPage, type TenantRow } from "@/lib/domain/views/tenants";
import { defineOperation } from "@/lib/operations/define";
import { Id, Order, pageQuery, Words } from "@/lib/operations/list/list-query";
import { pageOf } from "@/lib/operations/list/page";
import { perFleet } from "@/lib/operations/list/per-fleet";
import { SUPPORT } from "@/lib/operations/roles";
import { RANGES } from "@/lib/operations/time-range";
import { minuteOf, sparklinesOf } from "./sparklines";
import { listOf, type TenantFilter } from "./tenant-list";
import { tenantsCsv } from "./tenants-csv";

function kept(fleet: FleetSnapshot, filter: TenantFilter) {
  return perFleet(fleet, JSON.stringify(["tenant-list", filter]), () => listOf(fleet, filter));
}

function listedTier({ id, name, produceBytesPerSecond, consumeBytesPerSecond }: Tier): ListedTier {
  return {
    id,
    name,
    ...(produceBytesPerSecond === undefined ? {} : { produceBytesPerSecond }),
    ...(consumeBytesPerSecond === undefined ? {} : { consumeBytesPerSecond }),
  };
}

export const listTenants = defineOperation({
  name: "listTenants",
  summary: "All tenants: searched, filtered, sorted, in pages; `spark` adds the produce rate over a time against its own peak.",
  method: "GET",
  path: "/api/tenants",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({
    q: Words,
    view: z.enum(TENANT_VIEWS).default("all"),
    sort: z.enum(TENANT_SORTS).default("attention"),
    order: Order.exactOptional(),
    cluster: Id.exactOptional(),
    spark: z.enum(RANGES).exactOptional(),
    ...pageQuery(),
  }),
  output: TenantPage,
  version: (context) => `${context.fleet().version}.${minuteOf(context)}`,
  csv: (context, { cursor: _cursor, limit: _limit, spark: _spark, ...filter }) => tenantsCsv(listOf(context.fleet(), filter).rows),
  act: async (context, { cursor, limit, spark, ...filter }) => {
    const request = cursor === undefined ? { limit } : { limit, cursor };
    const { page, rows, fleet } = pageOf<TenantRow>(context, request, {
      filters: ["tenants", filter],
      list: (pinned) => kept(pinned, filter).rows,
      again: { keyOf: ({ id }) => id, find: ({ tenants }, id) => tenants.get(id)?.row },
    });
    const { counts, severities } = kept(fleet, filter);
    const lines = spark === undefined ? null : await sparklinesOf(context, spark);
    return {
      page,
      counts,
      severities,
      ...packTenants(rows, [...fleet.tiers.values()].map(listedTier), (tenantId) => lines?.get(tenantId)),
    };
  },
});
