import { publishedCapacity } from "@/lib/domain/cloud/msk-limits";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { formatByteRate } from "@/lib/domain/format";
import { MODELS, type Model } from "@/lib/domain/isolation";
import type { MskCluster } from "@/lib/domain/msk-facts";
import { knownValue } from "@/lib/domain/observed";
import { MONTH_HOURS } from "./cost";
import { formatDollars, formatPrice } from "./cost-words";
import { bookOf, costOf } from "./fleet-cost";
import { BROKER_TYPES, type PriceBook } from "./price-list";

/** What traffic costs under a model in a month. `dollars` null: not known, and the words say why. */
export interface ModelCost {
  dollars: number | null;
  words: string;
}

export interface Traffic {
  inRate: number | null;
  outRate: number | null;
}

/** MSK spreads the brokers of a cluster over three zones. */
const SMALLEST_BROKERS = 3;

/** What traffic would cost under each model: shared clusters at what their tenants cost here now, a silo by its smallest size. */
export function modelCosts(fleet: FleetSnapshot, traffic: Traffic, region: string | null): Record<Model, ModelCost> {
  return { pool: sharedCost(fleet, "pool", traffic), bridge: sharedCost(fleet, "bridge", traffic), silo: siloCost(fleet, traffic, region) };
}

/** The region of a tenant's first cluster, else the one where the fleet is; null: nowhere at AWS. */
export function regionFor(fleet: FleetSnapshot, state: TenantState | undefined): string | null {
  const ids = [...(state?.tenant.placements.map(({ cluster }) => cluster) ?? []), ...fleet.clusters.keys()];
  for (const id of ids) {
    const region = fleet.clusters.get(id)?.msk?.cluster.region;
    if (region !== undefined) return region;
  }
  return null;
}

/** A model's tenants here, by what their traffic costs together: a rate for traffic of the same kind. */
function sharedCost(fleet: FleetSnapshot, model: Model, { inRate, outRate }: Traffic): ModelCost {
  if (inRate === null || outRate === null) return { dollars: null, words: "its rates are not known" };
  const { tenants } = costOf(fleet);
  let dollars = 0;
  let rate = 0;
  for (const { tenant, row, produce, consume } of fleet.tenants.values()) {
    const cost = tenants.get(tenant.id);
    const produced = knownValue(produce.bytesPerSecond);
    const consumed = knownValue(consume.bytesPerSecond);
    if (row.model !== model || cost === undefined || !cost.known || produced === null || consumed === null) continue;
    dollars += cost.dollars;
    rate += produced + consumed;
  }
  if (rate === 0) return { dollars: null, words: `no ${model} tenant here has a cost and a rate to go by` };
  const estimate = (dollars / rate) * (inRate + outRate);
  return { dollars: estimate, words: `about ${formatDollars(estimate)}, at what ${model} tenants cost here now by traffic` };
}

function siloCost(fleet: FleetSnapshot, traffic: Traffic, region: string | null): ModelCost {
  if (region === null) return { dollars: null, words: "no cluster here is at AWS" };
  const sizes = smallestSilos(bookOf(fleet, region), traffic);
  const [cheapest] = sizes.sort((a, b) => a.dollars - b.dollars);
  if (cheapest === undefined) return { dollars: null, words: `no broker has a price in ${region}` };
  return { dollars: cheapest.dollars, words: `from ${formatDollars(cheapest.dollars)} before storage and data: ${cheapest.words}` };
}

/** Clusters that take the traffic, as far as AWS publishes what they take; of Standard brokers it does not. */
function smallestSilos(book: PriceBook, traffic: Traffic): { dollars: number; words: string }[] {
  const brokers = BROKER_TYPES.flatMap((type) => {
    const price = book.of(`broker:${type}`);
    if (price === null || !takes(type, traffic)) return [];
    const words = `${SMALLEST_BROKERS} × ${type} at ${formatPrice(price.dollars)} an hour (${price.from})`;
    return [{ dollars: SMALLEST_BROKERS * price.dollars * MONTH_HOURS, words }];
  });
  const serverless = book.of("serverless-cluster");
  if (serverless === null) return brokers;
  const words = `a serverless cluster at ${formatPrice(serverless.dollars)} an hour (${serverless.from})`;
  return [...brokers, { dollars: serverless.dollars * MONTH_HOURS, words }];
}

function takes(instanceType: string, { inRate, outRate }: Traffic): boolean {
  const kind: MskCluster["kind"] = instanceType.startsWith("express.") ? "express" : "standard";
  const capacity = publishedCapacity({ kind, instanceType, brokerCount: SMALLEST_BROKERS });
  if (capacity === null) return true;
  return (inRate ?? 0) <= capacity.bytesPerSecond && (outRate ?? 0) <= capacity.egressBytesPerSecond;
}

/** The costs of the models in a sentence. */
export function modelCostSentence(costs: Record<Model, ModelCost>, { inRate, outRate }: Traffic): string {
  const at = inRate === null || outRate === null ? "" : ` for ${formatByteRate(inRate)} in and ${formatByteRate(outRate)} out`;
  const told = MODELS.map((model) => `${model}: ${costs[model].words}`);
  return `A month${at}: ${told.join("; ")}.`;
}
