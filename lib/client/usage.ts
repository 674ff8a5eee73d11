import { keepPreviousData, type MutationOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type MonthUse, monthBefore, monthOfTime } from "@/lib/domain/usage/month";
import type { TenantMonths } from "@/lib/domain/views/months";
import type { TierUsageView, UsageView } from "@/lib/domain/views/usage";
import type { BrokerWhatIf } from "@/lib/domain/views/what-if";
import { clusterPath } from "./clusters";
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

/** `other`: another tier that its tenants are held against; empty: none. */
export function tierUsage(tierId: string, range: HistoryRange, other = "") {
  const query = { ...historyQuery(range), ...(other === "" ? {} : { other }) };
  return queryOptions({
    queryKey: ["usage", "tier", tierId, query],
    queryFn: ({ signal }) => fetchJson<TierUsageView>(apiPath(tierPath(tierId), query), { signal }),
    placeholderData: keepPreviousData,
  });
}

export function tierUsageCsvPath(tierId: string, range: HistoryRange, other = ""): string {
  return apiPath(tierPath(tierId), { ...historyQuery(range), ...(other === "" ? {} : { other }), format: "csv" });
}

/** A cluster with one broker more or less. */
export function brokerWhatIf(clusterId: string) {
  return queryOptions({
    queryKey: ["usage", "what-if", clusterId],
    queryFn: ({ signal }) => fetchJson<BrokerWhatIf>(`${clusterPath(clusterId)}/what-if`, { signal }),
  });
}

/** Contract and use of a tenant by month. */
export function tenantMonths(tenantId: string) {
  return queryOptions({
    queryKey: ["usage", "months", tenantId],
    queryFn: ({ signal }) => fetchJson<TenantMonths>(`/api/tenants/${encodeURIComponent(tenantId)}/months`, { signal }),
  });
}

export interface MonthCorrection {
  month: string;
  use: MonthUse;
  reason: string;
}

/** Adds a correction to a closed month of a tenant; what stood there stays on record. */
export function correctMonth(client: QueryClient, tenantId: string): MutationOptions<unknown, Error, MonthCorrection> {
  return mutationOptions({
    mutationFn: (correction: MonthCorrection) =>
      fetchJson(`/api/tenants/${encodeURIComponent(tenantId)}/months`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(correction),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: tenantMonths(tenantId).queryKey }),
  });
}

/** Everybody's contract and use in the present month or in the one before it, as CSV. */
export function monthsCsvPath(which: "this" | "last"): string {
  const month = which === "this" ? {} : { month: monthBefore(monthOfTime(Date.now())) };
  return apiPath("/api/months", { ...month, format: "csv" });
}
