import { z } from "zod";
import { usageRow } from "@/lib/domain/usage/usage-rows";
import { TierUsageView } from "@/lib/domain/views/usage";
import { defineOperation } from "@/lib/operations/define";
import { found } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { EVERYONE } from "@/lib/operations/roles";
import { rangeFault, rangeQuery, resolveRange } from "@/lib/operations/time-range";
import { readUsage } from "./read-usage";
import { usageCsv } from "./usage-csv";
import { minutesOver, withMinutesOver } from "./with-minutes-over";

const SHOWN = 200;

const Query = z.strictObject({ tierId: Id, other: Id.exactOptional(), ...rangeQuery }).superRefine((query, issues) => {
  const fault = rangeFault(query);
  if (fault !== null) issues.addIssue({ code: "custom", message: fault, path: ["from"] });
});

export const getTierUsage = defineOperation({
  name: "getTierUsage",
  summary:
    "A tier's tenants with their use of the promise, how it grows, when it reaches the limit, which tier would do, and what they cost; with `other` given, how long each was above what that tier promises.",
  method: "GET",
  path: "/api/tiers/{tierId}/usage",
  roles: EVERYONE,
  limits: "within",
  input: Query,
  output: TierUsageView,
  csv: async (context, query) => {
    const { fleet, all } = await readUsage(context, query);
    found(fleet.tiers.get(query.tierId), `There is no tier "${query.tierId}".`);
    const other = query.other === undefined ? undefined : found(fleet.tiers.get(query.other), `There is no tier "${query.other}".`);
    const own = all.filter(({ state }) => state.tier.id === query.tierId);
    return usageCsv(context, `usage-${query.tierId}`, own, other);
  },
  act: async (context, query) => {
    const { tierId } = query;
    const { fleet, all, lines } = await readUsage(context, query);
    found(fleet.tiers.get(tierId), `There is no tier "${tierId}".`);
    const other = query.other === undefined ? null : found(fleet.tiers.get(query.other), `There is no tier "${query.other}".`);
    const { fromMs, toMs } = resolveRange(query, context.now());
    const own = all.filter(({ state }) => state.tier.id === tierId).sort((a, b) => (b.usage.share ?? -1) - (a.usage.share ?? -1));
    const rows = own.slice(0, SHOWN).map((one) => usageRow(fleet, one));
    return {
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      stepMs: lines.stepMs,
      tiers: [...fleet.tiers.values()].map(({ id, name }) => ({ id, name })),
      rows: await withMinutesOver(context, rows),
      total: own.length,
      over:
        other === null
          ? null
          : Object.fromEntries(
              await minutesOver(
                context,
                rows.map(({ tenantId }) => ({ tenantId, tier: other })),
              ),
            ),
    };
  },
});
