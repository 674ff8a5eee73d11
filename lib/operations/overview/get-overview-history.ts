import { z } from "zod";
import { OverviewHistory } from "@/lib/domain/views/overview";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";
import { rangeFault, rangeQuery, resolveRange } from "@/lib/operations/time-range";
import { readHistory, WHOLE_CLUSTER } from "@/lib/store";
import { overviewHistoryView } from "./overview-history-view";

/** As many as a chart of the first page can show. */
const POINTS_MAX = 360;

export const getOverviewHistory = defineOperation({
  name: "getOverviewHistory",
  summary: "What clients produced to each cluster over time, from the console's own minutes; a time of which nothing is known is a gap.",
  method: "GET",
  path: "/api/overview/history",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ cluster: Id.exactOptional(), ...rangeQuery }).superRefine((query, issues) => {
    const fault = rangeFault(query);
    if (fault !== null) issues.addIssue({ code: "custom", path: ["from"], message: fault });
  }),
  output: OverviewHistory,
  act: async (context, { cluster, ...range }) => {
    const fleet = context.fleet();
    if (cluster !== undefined) findCluster(fleet, cluster);
    const { fromMs, toMs } = resolveRange(range, context.now());
    const query = { tenantId: WHOLE_CLUSTER, fromMs, toMs, maxPoints: POINTS_MAX };
    const stored = await readHistory(context.store, cluster === undefined ? query : { ...query, clusterId: cluster }, context.now());
    const names = new Map(
      [...fleet.summaries.values()].filter(({ id }) => cluster === undefined || id === cluster).map(({ id, name }) => [id, name]),
    );
    return overviewHistoryView(stored, fromMs, toMs, names);
  },
});
