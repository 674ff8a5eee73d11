import { z } from "zod";
import { isNear, isUnderUsed, tierUsage, type UsageOf, usageRow } from "@/lib/domain/usage/usage-rows";
import { UsageView } from "@/lib/domain/views/usage";
import { changesWithin } from "@/lib/operations/changes/require-reach";
import { defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";
import { rangeFault, rangeQuery, resolveRange } from "@/lib/operations/time-range";
import { tierMoves } from "@/lib/store";
import { readUsage } from "./read-usage";
import { usageCsv } from "./usage-csv";
import { withMinutesOver } from "./with-minutes-over";

const SHOWN = 20;

const Query = z.strictObject(rangeQuery).superRefine((query, issues) => {
  const fault = rangeFault(query);
  if (fault !== null) issues.addIssue({ code: "custom", message: fault, path: ["from"] });
});

export const getUsage = defineOperation({
  name: "getUsage",
  summary:
    "How tenants use what their tiers promise, by tier: the 95th percentile over a time, in the worse direction; who is near it, who uses little of it.",
  method: "GET",
  path: "/api/usage",
  roles: EVERYONE,
  limits: "within",
  input: Query,
  output: UsageView,
  csv: async (context, query) => {
    const { all } = await readUsage(context, query);
    return usageCsv(context, "usage", all);
  },
  act: async (context, query) => {
    const { fleet, all, lines } = await readUsage(context, query);
    const { fromMs, toMs } = resolveRange(query, context.now());
    const shown = (found: UsageOf[]) =>
      withMinutesOver(
        context,
        found.slice(0, SHOWN).map((one) => usageRow(fleet, one)),
      );
    return {
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      stepMs: lines.stepMs,
      times: Array.from({ length: lines.count }, (_, at) => Math.round(lines.fromMs + at * lines.stepMs)),
      tiers: [...fleet.tiers.keys()].map((tierId) => tierUsage(tierId, all, lines.count)),
      moves: await tierMoves(context.store, { fromMs, toMs, ...changesWithin(context) }),
      near: await shown(all.filter(isNear).sort((a, b) => (b.usage.share ?? 0) - (a.usage.share ?? 0))),
      underUsed: await shown(all.filter(isUnderUsed).sort((a, b) => (b.state.tier.pricePerMonth ?? 0) - (a.state.tier.pricePerMonth ?? 0))),
      at: fleet.at,
    };
  },
});
