import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { TierList } from "@/lib/domain/views/tenants";
import type { DriftPage, TierDetail } from "@/lib/domain/views/tiers";
import { apiPath, fetchJson } from "./fetch-json";
import { liveIntervalFor } from "./live-interval";
import { LIVE_MS, SLOW_MS } from "./query-client";

export function tierList() {
  return queryOptions({
    queryKey: ["tiers"],
    queryFn: ({ signal }) => fetchJson<TierList>("/api/tiers", { signal }),
    refetchInterval: SLOW_MS,
  });
}

export function tierDetail(tierId: string) {
  return queryOptions({
    queryKey: ["tiers", "one", tierId],
    queryFn: ({ signal }) => fetchJson<TierDetail>(`/api/tiers/${encodeURIComponent(tierId)}`, { signal }),
    refetchInterval: LIVE_MS,
  });
}

/** Whose drift is listed; null: everybody's. */
export interface DriftQuery {
  tenant: string | null;
  tier: string | null;
  cluster: string | null;
}

const PAGE_SIZE = 100;

export function driftList(query: DriftQuery) {
  return infiniteQueryOptions({
    queryKey: ["tiers", "drift", query],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<DriftPage>(apiPath("/api/drift", { ...query, limit: PAGE_SIZE, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: (current) => liveIntervalFor(current.state.data?.pages.length),
  });
}

/** How many values differ from what is declared. */
export function driftCount(cluster: string | null) {
  return queryOptions({
    queryKey: ["tiers", "drift", "count", cluster],
    queryFn: ({ signal }) => fetchJson<DriftPage>(apiPath("/api/drift", { cluster, limit: 1 }), { signal }),
    select: ({ page }: DriftPage) => page.total,
    refetchInterval: SLOW_MS,
  });
}

/** The whole list as CSV. */
export function driftCsvPath(query: DriftQuery): string {
  return apiPath("/api/drift", { ...query, format: "csv" });
}
