import { z } from "zod";
import { MONTH_HOURS } from "@/lib/domain/cost/cost";
import { type ConsoleCalls, fleetCostView, monthOf } from "@/lib/domain/cost/cost-view";
import { formatPrice } from "@/lib/domain/cost/cost-words";
import { bookOf, costOf } from "@/lib/domain/cost/fleet-cost";
import { siloSizes } from "@/lib/domain/cost/silo-size";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { formatCount } from "@/lib/domain/format";
import { isKnown } from "@/lib/domain/observed";
import { FleetCostView } from "@/lib/domain/views/cost";
import type { Context } from "@/lib/operations/context";
import { type Csv, defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";

export const getFleetCost = defineOperation({
  name: "getFleetCost",
  summary:
    "What the fleet costs in a month as it is now, by tier; idle capacity, pools and everything else of nobody have lines of their own.",
  method: "GET",
  path: "/api/cost",
  roles: EVERYONE,
  limits: "within",
  input: z.strictObject({}),
  output: FleetCostView,
  csv: (context) => tenantsCsv(context.fleet()),
  act: (context) => {
    const fleet = context.fleet();
    // Who has a cluster alone can only be told of all of it.
    const silos = siloSizes(fleet.whole ?? fleet).filter(({ tenantId }) => fleet.tenants.has(tenantId));
    if (fleet.within !== "tenants") return { ...fleetCostView(fleet, consoleCalls(context, fleet)), silos };
    return { ...fleetCostView(fleet, []), unshared: [], silos };
  },
});

const HOUR_MS = 3_600_000;

/** At the pace since the console started; a pace of less than an hour says nothing of a month. */
function consoleCalls(context: Context, fleet: FleetSnapshot): ConsoleCalls[] {
  const regions = new Map<string, ConsoleCalls>();
  for (const { clusterId, msk } of fleet.clusters.values()) {
    const aws = msk === null ? null : context.aws(clusterId);
    if (aws === null || regions.has(aws.region)) continue;
    const price = bookOf(fleet, aws.region).of("metric-request");
    const { since, seriesRequested } = aws.spending();
    const hours = (context.now().getTime() - Date.parse(since)) / HOUR_MS;
    if (price === null || hours < 1) continue;
    const perMonth = (seriesRequested / hours) * MONTH_HOURS;
    const words = `${formatCount(perMonth)} series of GetMetricData a month at ${formatPrice(price.dollars)} a thousand (${price.from}), at the pace since ${since}.`;
    regions.set(aws.region, { region: aws.region, dollars: (perMonth / 1000) * price.dollars, words });
  }
  return [...regions.values()];
}

function tenantsCsv(fleet: FleetSnapshot): Csv {
  const { tenants } = costOf(fleet);
  return {
    filename: "cost",
    head: ["tenant", "name", "tier", "cost_usd_per_month", "cost_at_least", "price_per_month", "reason_without_cost"],
    rows: [...fleet.tenants.values()].map(({ tenant, tier }) => {
      const month = monthOf(tenants.get(tenant.id), fleet.at ?? "");
      const known = isKnown(month);
      return [
        tenant.id,
        tenant.name,
        tenant.tier,
        known ? month.value : null,
        known ? month.atLeast === true : null,
        tier.pricePerMonth ?? null,
        known ? null : month.reason,
      ];
    }),
  };
}
