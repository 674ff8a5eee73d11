import { z } from "zod";
import { ClusterHistory } from "@/lib/domain/views/clusters";
import { changeMarks } from "@/lib/operations/changes/change-marks";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { gridOf } from "@/lib/operations/past/grid";
import { isKeptElsewhere, readPast } from "@/lib/operations/past/read-past";
import { SUPPORT } from "@/lib/operations/roles";
import { rangeFault, rangeQuery, resolveRange } from "@/lib/operations/time-range";
import { readHistory, WHOLE_CLUSTER } from "@/lib/store";
import { clusterHistoryView, missingKeys } from "./cluster-history-view";

/** Minutes of a day: each broker's own rates are kept for so long. */
const MINUTES_MAX = 24 * 60 + 1;
const STEPS_MAX = 499;
const STEPS_SECONDS = [60, 300, 3600, 7200, 21_600, 86_400];

export const getClusterHistory = defineOperation({
  name: "getClusterHistory",
  summary: "A cluster's load over time by broker: the console's own minutes, and CloudWatch's where those are missing. A gap is a gap.",
  method: "GET",
  path: "/api/clusters/{clusterId}/history",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ clusterId: Id, ...rangeQuery }).superRefine((query, issues) => {
    const fault = rangeFault(query);
    if (fault !== null) issues.addIssue({ code: "custom", path: ["from"], message: fault });
  }),
  output: ClusterHistory,
  act: async (context, { clusterId, ...range }) => {
    const { snapshot } = findCluster(context.fleet(), clusterId);
    const { fromMs, toMs } = resolveRange(range, context.now());
    const query = { tenantId: WHOLE_CLUSTER, clusterId, fromMs, toMs, maxPoints: MINUTES_MAX };
    const stored = await readHistory(context.store, query, context.now());
    const grid = gridOf(fromMs, toMs, Math.max(stepMsOf(toMs - fromMs), stored.stepMs));
    const keys = missingKeys(snapshot, stored, grid, (metric) => isKeptElsewhere(context, snapshot, "broker", metric));
    const [cloud, changes] = await Promise.all([
      readPast(context, snapshot, keys, grid),
      changeMarks(context, { clusterId }, fromMs, toMs),
    ]);
    return { ...clusterHistoryView({ snapshot, stored, cloud, grid, fromMs, toMs }), changes };
  },
});

/** The shortest step with which a range has no more points than a chart can show. */
function stepMsOf(spanMs: number): number {
  const fitting = STEPS_SECONDS.find((seconds) => spanMs / (seconds * 1000) <= STEPS_MAX) ?? 86_400;
  return fitting * 1000;
}
