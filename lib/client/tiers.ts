import { queryOptions } from "@tanstack/react-query";
import type { TierList } from "@/lib/domain/views/tenants";
import { fetchJson } from "./fetch-json";
import { SLOW_MS } from "./query-client";

export function tierList() {
  return queryOptions({
    queryKey: ["tiers"],
    queryFn: ({ signal }) => fetchJson<TierList>("/api/tiers", { signal }),
    refetchInterval: SLOW_MS,
  });
}
