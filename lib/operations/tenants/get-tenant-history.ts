import { z } from "zod";
import { TenantHistory } from "@/lib/domain/views/tenants";
import { changeMarks } from "@/lib/operations/changes/change-marks";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { rangeFault, rangeQuery, resolveRange } from "@/lib/operations/time-range";
import { readHistory } from "@/lib/store";
import { withCloudPast } from "./cloud-tenant-past";
import { historyView } from "./history-view";
import { operationsOf } from "./tenant-operations";

/** As many as a chart can show; one more than asked for can come back, because the first step may begin before the range. */
const POINTS_MAX = 499;

export const getTenantHistory = defineOperation({
  name: "getTenantHistory",
  summary: "A tenant's rates, throttling, lag and storage over time, at most 500 points; a time of which nothing is known is a gap.",
  method: "GET",
  path: "/api/tenants/{tenantId}/history",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ tenantId: Id, cluster: Id.exactOptional(), ...rangeQuery }).superRefine((query, issues) => {
    const fault = rangeFault(query);
    if (fault !== null) issues.addIssue({ code: "custom", path: ["from"], message: fault });
  }),
  output: TenantHistory,
  act: async (context, { tenantId, cluster, ...range }) => {
    const fleet = context.fleet();
    const state = findTenant(fleet, tenantId);
    const { fromMs, toMs } = resolveRange(range, context.now());
    const query = { tenantId, fromMs, toMs, maxPoints: POINTS_MAX };
    const stored = await readHistory(context.store, cluster === undefined ? query : { ...query, clusterId: cluster }, context.now());
    const view = historyView(stored, fromMs, toMs, (clusterId) => fleet.summaries.get(clusterId)?.name ?? clusterId);
    const about = cluster === undefined ? { tenantId } : { tenantId, clusterId: cluster };
    const [past, changes] = await Promise.all([withCloudPast(context, view, state, cluster), changeMarks(context, about, fromMs, toMs)]);
    return { ...past, operations: operationsOf(fleet, state, cluster, fromMs, toMs), changes };
  },
});
