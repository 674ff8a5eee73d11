import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Overview, OverviewHistory } from "@/lib/domain/views/overview";
import { apiPath, fetchJson } from "./fetch-json";
import { type HistoryRange, historyQuery } from "./history-range";
import { LIVE_MS, SLOW_MS } from "./query-client";

/** The address of the first page's answer; also what the server tells the browser to load ahead, so it must not differ. */
export function overviewPath(cluster: string | null): string {
  return apiPath("/api/overview", { cluster });
}

export function overview(cluster: string | null) {
  return queryOptions({
    queryKey: ["overview", cluster],
    queryFn: ({ signal }) => fetchJson<Overview>(overviewPath(cluster), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
}

/** What was produced to each cluster. While another range loads, the last one stays. */
export function overviewHistory(cluster: string | null, range: HistoryRange) {
  const query = historyQuery(range);
  return queryOptions({
    queryKey: ["overview", cluster, "history", query],
    queryFn: ({ signal }) => fetchJson<OverviewHistory>(apiPath("/api/overview/history", { cluster, ...query }), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: range.kind === "custom" ? false : SLOW_MS,
  });
}
