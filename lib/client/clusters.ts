import { queryOptions } from "@tanstack/react-query";
import type { ClusterDetail, ClusterList } from "@/lib/domain/views/clusters";
import { fetchJson } from "./fetch-json";
import { LIVE_MS } from "./query-client";

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
