import { z } from "zod";
import { MonthUse } from "@/lib/domain/usage/month";
import { Time } from "./common";

/** A month of a tenant. Of a closed one the newest entry is in force, and what it corrects stands behind it. */
export const MonthView = z.object({
  month: z.string(),
  closed: z.boolean(),
  use: MonthUse.nullable(),
  entries: z.array(z.object({ use: MonthUse, at: Time, actor: z.string().nullable(), reason: z.string().nullable() })),
});
export type MonthView = z.infer<typeof MonthView>;

export const TenantMonths = z.object({ months: z.array(MonthView) });
export type TenantMonths = z.infer<typeof TenantMonths>;
