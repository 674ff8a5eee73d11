import { queryOptions } from "@tanstack/react-query";
import type { StatusView } from "@/lib/domain/views/clusters";
import { fetchJson } from "./fetch-json";
import { LIVE_MS } from "./query-client";

/** How old each part of each cluster is, and who is signed in. */
export function status() {
  return queryOptions({
    queryKey: ["status"],
    queryFn: ({ signal }) => fetchJson<StatusView>("/api/status", { signal }),
    refetchInterval: LIVE_MS,
  });
}
