import { z } from "zod";
import { AWS_PRICES } from "@/lib/domain/cost/aws-prices";
import { bookOf } from "@/lib/domain/cost/fleet-cost";
import { PRICE_ITEMS, type PriceSet } from "@/lib/domain/cost/price-list";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { MskCluster } from "@/lib/domain/msk-facts";
import { PriceList, type PriceRegion } from "@/lib/domain/views/cost";
import { defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";
import { listPriceSets } from "@/lib/store";

const SETS_SHOWN = 20;

export const listPrices = defineOperation({
  name: "listPrices",
  summary: "The prices that costs are worked out from, by region: AWS's public ones as of a month, and what operators set instead.",
  method: "GET",
  path: "/api/prices",
  roles: EVERYONE,
  limits: "within",
  input: z.strictObject({}),
  output: PriceList,
  act: async (context) => {
    const fleet = context.fleet();
    const regions: PriceRegion[] = [];
    for (const region of regionsOf(fleet)) regions.push(regionView(fleet, region, await listPriceSets(context.store, region, SETS_SHOWN)));
    return { asOf: AWS_PRICES.asOf, source: AWS_PRICES.source, regions };
  },
});

/** Where there are clusters first, then those that have prices. */
function regionsOf({ clusters, prices }: FleetSnapshot): string[] {
  const used = [...clusters.values()].flatMap(({ msk }) => (msk === null ? [] : [msk.cluster.region])).sort();
  return [...new Set([...used, ...(prices?.keys() ?? []), ...Object.keys(AWS_PRICES.regions)])];
}

function regionView(fleet: FleetSnapshot, region: string, sets: readonly PriceSet[]): PriceRegion {
  const clusters = [...fleet.clusters.values()].flatMap(({ msk }) => (msk?.cluster.region === region ? [msk.cluster] : []));
  const book = bookOf(fleet, region);
  const listed = AWS_PRICES.regions[region] ?? {};
  const own = fleet.prices?.get(region)?.prices ?? {};
  return {
    region,
    clusters: clusters.length,
    items: PRICE_ITEMS.map((item) => ({
      ...item,
      dollars: book.of(item.key)?.dollars ?? null,
      from: own[item.key] === undefined ? (listed[item.key] === undefined ? null : "aws") : "set",
      listed: listed[item.key] ?? null,
      unconfirmed: own[item.key] === undefined && AWS_PRICES.unconfirmed.includes(item.key),
      used: clusters.some((cluster) => isBilledBy(cluster, item.key)),
    })),
    set: sets.map(({ by, at, reason }) => ({ by, at, reason })),
  };
}

function isBilledBy({ kind, instanceType }: MskCluster, key: string): boolean {
  if (key.startsWith("broker:")) return key === `broker:${instanceType}`;
  return key.startsWith(`${kind}-`) || key === "metric-request" || (key === "metric" && kind !== "serverless");
}
