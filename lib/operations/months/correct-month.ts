import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { Month, MonthUse } from "@/lib/domain/usage/month";
import { Time } from "@/lib/domain/views/common";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { OPERATOR } from "@/lib/operations/roles";
import { correctMonth as keepCorrection, tenantMonths } from "@/lib/store";

export const correctMonth = defineOperation({
  name: "correctMonth",
  summary: "Adds a correction to a closed month of a tenant, with its reason. What stood there before stays on record.",
  method: "POST",
  path: "/api/tenants/{tenantId}/months",
  roles: OPERATOR,
  limits: "within",
  input: z.strictObject({ tenantId: Id, month: Month, use: MonthUse, reason: z.string().trim().min(1).max(500) }),
  output: z.object({ month: z.string(), at: Time }),
  act: async (context, { tenantId, month, use, reason }) => {
    findTenant(context.fleet(), tenantId);
    const closed = await tenantMonths(context.store, tenantId, month);
    if (!closed.some((entry) => entry.month === month)) throw new AppError("conflict", `The month ${month} of ${tenantId} is not closed.`);
    const at = context.now().toISOString();
    await keepCorrection(context.store, { tenantId, month, use, at, actor: context.actor.name, reason });
    return { month, at };
  },
});
