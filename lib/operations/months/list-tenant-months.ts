import { z } from "zod";
import { againstIncluded, monthBefore, monthOfTime, monthSpan } from "@/lib/domain/usage/month";
import { type MonthView, TenantMonths } from "@/lib/domain/views/months";
import { defineOperation } from "@/lib/operations/define";
import { findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { EVERYONE } from "@/lib/operations/roles";
import { type ClosedMonth, measureMonth, tenantMonths } from "@/lib/store";

const MONTHS_SHOWN = 12;

export const listTenantMonths = defineOperation({
  name: "listTenantMonths",
  summary:
    "Contract and use of a tenant by month: minutes above its promise, throttled above and below it, with its lag objective missed. A closed month does not change; months are in UTC.",
  method: "GET",
  path: "/api/tenants/{tenantId}/months",
  roles: EVERYONE,
  limits: "within",
  input: z.strictObject({ tenantId: Id }),
  output: TenantMonths,
  act: async (context, { tenantId }) => {
    const { tier } = findTenant(context.fleet(), tenantId);
    const now = context.now().getTime();
    const months = [monthOfTime(now)];
    while (months.length <= MONTHS_SHOWN) months.push(monthBefore(months.at(-1) ?? ""));
    const entries = Map.groupBy(await tenantMonths(context.store, tenantId, months.at(-1) ?? ""), ({ month }) => month);
    const open = await measureMonth(context.store, { ...monthSpan(months[0] ?? ""), toMs: now, tenantIds: [tenantId] });
    return {
      months: months.flatMap((month, at): MonthView[] => {
        const of = entries.get(month) ?? [];
        const running = at === 0 ? open.get(tenantId) : undefined;
        const use = running === undefined ? of.at(-1)?.use : againstIncluded(running, tier.storageIncludedBytes);
        return use === undefined ? [] : [{ month, closed: at > 0, use, entries: of.map(toEntry) }];
      }),
    };
  },
});

function toEntry({ use, at, actor, reason }: ClosedMonth): MonthView["entries"][number] {
  return { use, at, actor, reason };
}
