import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { TenantMonths } from "@/lib/domain/views/months";
import type { TierUsageView, UsageView } from "@/lib/domain/views/usage";
import { apiPath, fetchJson } from "./fetch-json";
import { type HistoryRange, historyQuery } from "./history-range";

export function usage(range: HistoryRange) {
  const times = historyQuery(range);
  return queryOptions({
    queryKey: ["usage", times],
    queryFn: ({ signal }) => fetchJson<UsageView>(apiPath("/api/usage", times), { signal }),
    placeholderData: keepPreviousData,
  });
}

export function usageCsvPath(range: HistoryRange): string {
  return apiPath("/api/usage", { ...historyQuery(range), format: "csv" });
}

const tierPath = (tierId: string): string => `/api/tiers/${encodeURIComponent(tierId)}/usage`;

export function tierUsage(tierId: string, range: HistoryRange) {
  const times = historyQuery(range);
  return queryOptions({
    queryKey: ["usage", "tier", tierId, times],
    queryFn: ({ signal }) => fetchJson<TierUsageView>(apiPath(tierPath(tierId), times), { signal }),
    placeholderData: keepPreviousData,
  });
}

export function tierUsageCsvPath(tierId: string, range: HistoryRange): string {
  return apiPath(tierPath(tierId), { ...historyQuery(range), format: "csv" });
}

/** Contract and use of a tenant by month. */
export function tenantMonths(tenantId: string) {
  return queryOptions({
    queryKey: ["usage", "months", tenantId],
    queryFn: ({ signal }) => fetchJson<TenantMonths>(`/api/tenants/${encodeURIComponent(tenantId)}/months`, { signal }),
  });
}

/** Everybody's contract and use in the present month, as CSV. */
export const monthsCsvPath: string = apiPath("/api/months", { format: "csv" });
