import { z } from "zod";
import { ConditionList } from "@/lib/domain/views/clusters";
import { Severity } from "@/lib/domain/views/common";
import { defineOperation } from "@/lib/operations/define";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";

export const listConditions = defineOperation({
  name: "listConditions",
  summary: "Everything that is so now and asks for attention, worst first.",
  method: "GET",
  path: "/api/conditions",
  roles: SUPPORT,
  input: z.strictObject({ tenant: Id.exactOptional(), cluster: Id.exactOptional(), severity: Severity.exactOptional() }),
  output: ConditionList,
  version: (context) => context.fleet().version,
  act: (context, { tenant, cluster, severity }) => ({
    conditions: context
      .fleet()
      .conditions.filter(
        (condition) =>
          (tenant === undefined || condition.tenantId === tenant) &&
          (cluster === undefined || condition.clusterId === cluster) &&
          (severity === undefined || condition.severity === severity),
      ),
  }),
});
