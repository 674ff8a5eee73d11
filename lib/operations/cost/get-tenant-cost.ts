import { z } from "zod";
import { tenantCostView } from "@/lib/domain/cost/cost-view";
import { TenantCostView } from "@/lib/domain/views/cost";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { EVERYONE } from "@/lib/operations/roles";

export const getTenantCost = defineOperation({
  name: "getTenantCost",
  summary: "What a tenant costs in a month as it is now, line by line with the arithmetic, and what of it has no price.",
  method: "GET",
  path: "/api/tenants/{tenantId}/cost",
  roles: EVERYONE,
  limits: "within",
  input: z.strictObject({ tenantId: Id }),
  output: TenantCostView,
  version: (context) => context.fleet().version,
  act: (context, { tenantId }) => {
    const fleet = context.fleet();
    findTenant(fleet, tenantId);
    return tenantCostView(fleet, tenantId);
  },
});
