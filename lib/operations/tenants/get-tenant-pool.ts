import { z } from "zod";
import { poolView } from "@/lib/domain/pool/pool-view";
import { TenantPool } from "@/lib/domain/views/pool";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";

export const getTenantPool = defineOperation({
  name: "getTenantPool",
  summary: "A tenant's part of shared topics: its sampled share, what its application reports, and where its key puts its records.",
  method: "GET",
  path: "/api/tenants/{tenantId}/pool",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ tenantId: Id }),
  output: TenantPool,
  version: (context) => context.fleet().version,
  act: (context, { tenantId }) => {
    const fleet = context.fleet();
    return poolView(fleet, findTenant(fleet, tenantId), context.now().getTime());
  },
});
