import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { IsolationView } from "@/lib/domain/views/isolation";
import { apiPath, fetchJson } from "./fetch-json";
import { SLOW_MS } from "./query-client";

/** The matrix, with what the scope and the tenant make of it; also what the server tells the browser to load ahead. */
export function isolationPath(cluster: string | null, tenant: string | null): string {
  return apiPath("/api/isolation", { cluster, tenant });
}

export function isolation(cluster: string | null, tenant: string | null) {
  return queryOptions({
    queryKey: ["isolation", cluster, tenant],
    queryFn: ({ signal }) => fetchJson<IsolationView>(isolationPath(cluster, tenant), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: SLOW_MS,
  });
}
