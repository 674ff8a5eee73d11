import { type MutationOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { FleetCostView, PriceList, TenantCostView } from "@/lib/domain/views/cost";
import { apiPath, fetchJson } from "./fetch-json";
import { SLOW_MS } from "./query-client";

export function tenantCost(tenantId: string) {
  return queryOptions({
    queryKey: ["cost", "tenant", tenantId],
    queryFn: ({ signal }) => fetchJson<TenantCostView>(`/api/tenants/${encodeURIComponent(tenantId)}/cost`, { signal }),
    refetchInterval: SLOW_MS,
  });
}

export function fleetCost() {
  return queryOptions({
    queryKey: ["cost", "fleet"],
    queryFn: ({ signal }) => fetchJson<FleetCostView>("/api/cost", { signal }),
    refetchInterval: SLOW_MS,
  });
}

/** What each tenant costs, as CSV. */
export const costCsvPath: string = apiPath("/api/cost", { format: "csv" });

export function priceList() {
  return queryOptions({
    queryKey: ["cost", "prices"],
    queryFn: ({ signal }) => fetchJson<PriceList>("/api/prices", { signal }),
  });
}

export interface PricesInput {
  region: string;
  prices: Record<string, number>;
  reason: string;
}

/** Everything that costs are worked out into. */
const SHOWING = new Set<unknown>(["cost", "isolation", "advice"]);

/** Sets a region's prices, and asks anew for what follows from them. */
export function savePrices(client: QueryClient): MutationOptions<unknown, Error, PricesInput> {
  return mutationOptions({
    mutationFn: ({ region, ...body }: PricesInput) =>
      fetchJson(`/api/prices/${encodeURIComponent(region)}`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey }) => SHOWING.has(queryKey[0]) }),
  });
}
