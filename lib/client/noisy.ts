import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { NoisyView } from "@/lib/domain/views/noisy";
import { apiPath, fetchJson } from "./fetch-json";
import { type HistoryRange, historyQuery } from "./history-range";
import { LIVE_MS } from "./query-client";

/** Whom and what a page of noise is about. */
export interface NoisyQuery {
  cluster: string | null;
  broker: string | null;
  tenant: string | null;
  resource: string | null;
}

export function noisy(query: NoisyQuery, range: HistoryRange) {
  const times = historyQuery(range);
  return queryOptions({
    queryKey: ["noisy", query, times],
    queryFn: ({ signal }) => fetchJson<NoisyView>(apiPath("/api/noisy", { ...query, ...times }), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: range.kind === "custom" ? false : LIVE_MS,
  });
}

export function noisyCsvPath(query: NoisyQuery, range: HistoryRange): string {
  return apiPath("/api/noisy", { ...query, ...historyQuery(range), format: "csv" });
}

/** As Markdown: with all names, or for the tenant it is about in a version that can be given to that customer. */
export function noisyMarkdownPath(query: NoisyQuery, range: HistoryRange, audience: "internal" | "forward"): string {
  return apiPath("/api/noisy", { ...query, ...historyQuery(range), format: audience === "forward" ? "markdown-forward" : "markdown" });
}
