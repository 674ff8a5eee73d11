import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { SearchResult } from "@/lib/domain/views/clusters";
import { apiPath, fetchJson } from "./fetch-json";

export function search(q: string) {
  return queryOptions({
    queryKey: ["search", q],
    queryFn: ({ signal }) => fetchJson<SearchResult>(apiPath("/api/search", { q }), { signal }),
    enabled: q.trim() !== "",
    placeholderData: keepPreviousData,
  });
}
