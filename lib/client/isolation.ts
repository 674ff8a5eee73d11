import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AdviceView } from "@/lib/domain/views/advice";
import type { IsolationView } from "@/lib/domain/views/isolation";
import type { PostureHistory, PostureView } from "@/lib/domain/views/posture";
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

export function posture(cluster: string | null, tenant: string | null = null) {
  return queryOptions({
    queryKey: ["posture", cluster, tenant],
    queryFn: ({ signal }) => fetchJson<PostureView>(apiPath("/api/posture", { cluster, tenant }), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: SLOW_MS,
  });
}

/** Findings that began or ended within a month. */
export function postureHistory(cluster: string | null, tenant: string | null) {
  return queryOptions({
    queryKey: ["posture", cluster, tenant, "history"],
    queryFn: ({ signal }) => fetchJson<PostureHistory>(apiPath("/api/posture/history", { cluster, tenant }), { signal }),
    refetchInterval: SLOW_MS,
  });
}

/** What began and ended within a month, as CSV. */
export function postureHistoryCsvPath(cluster: string | null, tenant: string | null): string {
  return apiPath("/api/posture/history", { cluster, tenant, format: "csv" });
}

/** Every finding as CSV. */
export function postureCsvPath(cluster: string | null, tenant: string | null): string {
  return apiPath("/api/posture", { cluster, tenant, format: "csv" });
}

/** Which model fits the needs of an address, or what a tenant is declared to need; null: none were given. */
export function advice(needs: string | null, tenant: string | null) {
  return queryOptions({
    queryKey: ["advice", needs, tenant],
    queryFn: ({ signal }) => fetchJson<AdviceView>(advicePath(needs, tenant), { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The advice as Markdown. */
export function adviceMarkdownPath(needs: string | null, tenant: string | null): string {
  return advicePath(needs, tenant, "markdown");
}

function advicePath(needs: string | null, tenant: string | null, format: string | null = null): string {
  // Needs that are given and empty are none at all, and not those that are stored.
  return apiPath("/api/isolation/advice", { needs: needs === "" ? "none" : needs, tenant, format });
}
