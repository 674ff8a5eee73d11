import { z } from "zod";
import { againstIncluded, Month, MonthUse, monthOfTime, monthSpan } from "@/lib/domain/usage/month";
import type { Context } from "@/lib/operations/context";
import { type CsvValue, defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";
import { measureMonth, monthEntries } from "@/lib/store";

const MonthRow = z.object({
  tenantId: z.string(),
  month: z.string(),
  closed: z.boolean(),
  /** Entries that were written for it; more than one: it was corrected. */
  entries: z.number(),
  use: MonthUse,
});
type MonthRow = z.infer<typeof MonthRow>;

export const listMonths = defineOperation({
  name: "listMonths",
  summary:
    "Contract and use of every tenant in one month (the present one if none is given). A closed month does not change; corrections are new entries. Months are in UTC.",
  method: "GET",
  path: "/api/months",
  roles: EVERYONE,
  limits: "within",
  input: z.strictObject({ month: Month.exactOptional() }),
  output: z.object({ month: z.string(), rows: z.array(MonthRow) }),
  csv: async (context, { month }) => {
    const asked = month ?? monthOfTime(context.now().getTime());
    return { filename: `use-${asked}`, head: HEAD, rows: (await rowsOf(context, asked)).map(cells) };
  },
  act: async (context, { month }) => {
    const asked = month ?? monthOfTime(context.now().getTime());
    return { month: asked, rows: await rowsOf(context, asked) };
  },
});

async function rowsOf(context: Context, month: string): Promise<MonthRow[]> {
  const rows = await allRows(context, month);
  const { tenants } = context.fleet();
  return (context.actor.limits ?? null) === null ? rows : rows.filter(({ tenantId }) => tenants.has(tenantId));
}

/** As it was closed; what is not closed yet as it is measured now. */
async function allRows(context: Context, month: string): Promise<MonthRow[]> {
  const entries = await monthEntries(context.store, month);
  if (entries.length > 0) {
    return [...Map.groupBy(entries, ({ tenantId }) => tenantId)].flatMap(([tenantId, of]) => {
      const use = of.at(-1)?.use;
      return use === undefined ? [] : [{ tenantId, month, closed: true, entries: of.length, use }];
    });
  }
  const { fromMs, toMs } = monthSpan(month);
  const measured = await measureMonth(context.store, { fromMs, toMs: Math.min(toMs, context.now().getTime()) });
  const { tenants } = context.fleet();
  return [...measured].map(([tenantId, use]) => {
    const included = tenants.get(tenantId)?.tier.storageIncludedBytes;
    return { tenantId, month, closed: false, entries: 0, use: againstIncluded(use, included) };
  });
}

const HEAD = [
  "tenant",
  "month_utc",
  "closed",
  "entries",
  "minutes_seen",
  "minutes_above_promise",
  "minutes_throttled_above_promise",
  "minutes_throttled_below_promise",
  "minutes_at_limit_at_least",
  "minutes_lag_objective_missed",
  "produced_bytes",
  "consumed_bytes",
  "stored_bytes_highest",
  "stored_bytes_above_included",
];

function cells({ tenantId, month, closed, entries, use }: MonthRow): CsvValue[] {
  return [
    tenantId,
    month,
    closed,
    entries,
    use.minutesSeen,
    use.minutesAbovePromise,
    use.minutesThrottledAbove,
    use.minutesThrottledBelow,
    use.minutesAtLimit,
    use.minutesLagMissed,
    use.producedBytes,
    use.consumedBytes,
    use.storedBytes,
    use.storedAboveBytes,
  ];
}
