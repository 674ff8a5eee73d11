import { queryOptions } from "@tanstack/react-query";
import type { ChangePage } from "@/lib/domain/views/changes";
import { apiPath, fetchJson } from "./fetch-json";
import { LIVE_MS } from "./query-client";

/** How many changes are not finished. Apart from the other requests on changes: every page loads this one. */
export function openChangeCount() {
  return queryOptions({
    queryKey: ["changes", "open"],
    queryFn: ({ signal }) => fetchJson<ChangePage>(apiPath("/api/changes", { state: "open", limit: 1 }), { signal }),
    select: ({ page }: ChangePage) => page.total,
    refetchInterval: LIVE_MS,
  });
}
