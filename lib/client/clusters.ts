import { queryOptions } from "@tanstack/react-query";
import type { ClusterDetail, ClusterHistory, ClusterList, ConnectionCheckView } from "@/lib/domain/views/clusters";
import { apiPath, fetchJson } from "./fetch-json";
import { type HistoryRange, historyQuery } from "./history-range";
import { LIVE_MS, SLOW_MS } from "./query-client";

export function clusterPath(clusterId: string): string {
  return `/api/clusters/${encodeURIComponent(clusterId)}`;
}

export function clusterList() {
  return queryOptions({
    queryKey: ["clusters"],
    queryFn: ({ signal }) => fetchJson<ClusterList>("/api/clusters", { signal }),
    refetchInterval: LIVE_MS,
  });
}

export function clusterDetail(clusterId: string) {
  return queryOptions({
    queryKey: ["clusters", clusterId],
    queryFn: ({ signal }) => fetchJson<ClusterDetail>(clusterPath(clusterId), { signal }),
    refetchInterval: LIVE_MS,
  });
}

/** Has the collector read this cluster now instead of at its next turn; afterwards invalidate `["clusters", clusterId]`. */
export async function refreshCluster(clusterId: string): Promise<void> {
  await fetchJson<unknown>(`${clusterPath(clusterId)}/refresh`, { method: "POST" });
}

/** Tries every address of the cluster anew, and says of each what stands in the way. */
export async function checkConnection(clusterId: string): Promise<ConnectionCheckView> {
  return fetchJson<ConnectionCheckView>(`${clusterPath(clusterId)}/connection`, { method: "POST" });
}

/** A cluster's past by broker. While another range loads, the last one of the same cluster stays. */
export function clusterHistory(clusterId: string, range: HistoryRange) {
  const query = historyQuery(range);
  return queryOptions({
    queryKey: ["clusters", clusterId, "history", query],
    queryFn: ({ signal }) => fetchJson<ClusterHistory>(apiPath(`${clusterPath(clusterId)}/history`, query), { signal }),
    placeholderData: (previous, previousQuery) => (previousQuery?.queryKey[1] === clusterId ? previous : undefined),
    refetchInterval: range.kind === "custom" ? false : SLOW_MS,
  });
}

/** All clusters as CSV. */
export const clusterListCsvPath: string = apiPath("/api/clusters", { format: "csv" });
