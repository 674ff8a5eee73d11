import { queryOptions } from "@tanstack/react-query";
import type { ConditionView } from "@/lib/domain/views/common";
import { apiPath, fetchJson } from "./fetch-json";
import { SLOW_MS } from "./query-client";

/** How many tenants are noisy and nobody has acknowledged it. Apart from the other requests on noise: every page loads this one. */
export function noisyTenantCount() {
  return queryOptions({
    queryKey: ["conditions", "noisy"],
    queryFn: ({ signal }) =>
      fetchJson<{ conditions: ConditionView[] }>(apiPath("/api/conditions", { rule: "noise.noisy", acknowledged: "no" }), { signal }),
    select: ({ conditions }) => new Set(conditions.map(({ tenantId }) => tenantId)).size,
    refetchInterval: SLOW_MS,
  });
}
