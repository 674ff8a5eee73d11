import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { unpackTenants } from "@/lib/domain/listed-tenants";
import type { TenantPool } from "@/lib/domain/views/pool";
import type {
  TENANT_SORTS,
  TENANT_VIEWS,
  TenantAccess,
  TenantDetail,
  TenantHistory,
  TenantPage,
  TopicPage,
} from "@/lib/domain/views/tenants";
import type { TicketView } from "@/lib/domain/views/ticket";
import { apiPath, fetchJson } from "./fetch-json";
import { type HistoryRange, historyQuery } from "./history-range";
import { liveIntervalFor } from "./live-interval";
import { LIVE_MS, SLOW_MS } from "./query-client";

export type TenantView = (typeof TENANT_VIEWS)[number];
export type TenantSort = (typeof TENANT_SORTS)[number];

/** What the list of tenants shows: filter words, counted view, order, scope, and how far the sparkline reaches back. */
export interface TenantListQuery {
  q: string;
  view: TenantView;
  sort: TenantSort;
  order: "asc" | "desc";
  cluster: string | null;
  spark: string;
}

export const TENANT_PAGE_SIZE = 100;

/** The address of one page of the list; also what the server tells the browser to load ahead, so it must not differ. */
export function tenantListPath(query: TenantListQuery, cursor: string | null = null): string {
  return apiPath("/api/tenants", {
    q: query.q,
    view: query.view,
    sort: query.sort,
    order: query.order,
    cluster: query.cluster,
    spark: query.spark,
    limit: TENANT_PAGE_SIZE,
    cursor,
  });
}

/** The whole filter as CSV. */
export function tenantCsvPath(query: TenantListQuery): string {
  const { q, view, sort, order, cluster } = query;
  return apiPath("/api/tenants", { q, view, sort, order, cluster, format: "csv" });
}

export function tenantList(query: TenantListQuery) {
  return infiniteQueryOptions({
    queryKey: ["tenants", "list", query],
    queryFn: async ({ pageParam, signal }) => unpackTenants(await fetchJson<TenantPage>(tenantListPath(query, pageParam), { signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: (current) => liveIntervalFor(current.state.data?.pages.length),
  });
}

const tenantPath = (tenantId: string): string => `/api/tenants/${encodeURIComponent(tenantId)}`;

export function tenantDetail(tenantId: string) {
  return queryOptions({
    queryKey: ["tenants", tenantId],
    queryFn: ({ signal }) => fetchJson<TenantDetail>(tenantPath(tenantId), { signal }),
    refetchInterval: LIVE_MS,
  });
}

/** A tenant's past. While another range loads, the last one of the same tenant stays. */
export function tenantHistory(tenantId: string, range: HistoryRange) {
  const query = historyQuery(range);
  return queryOptions({
    queryKey: ["tenants", tenantId, "history", query],
    queryFn: ({ signal }) => fetchJson<TenantHistory>(apiPath(`${tenantPath(tenantId)}/history`, query), { signal }),
    placeholderData: (previous, previousQuery) => (previousQuery?.queryKey[1] === tenantId ? previous : undefined),
    refetchInterval: range.kind === "custom" ? false : LIVE_MS,
  });
}

export function tenantTopics(tenantId: string) {
  return queryOptions({
    queryKey: ["tenants", tenantId, "topics"],
    queryFn: ({ signal }) => fetchJson<TopicPage>(`${tenantPath(tenantId)}/topics`, { signal }),
    refetchInterval: LIVE_MS,
  });
}

/** What a tab of a tenant lists, as CSV. */
export function tenantPartCsvPath(tenantId: string, part: "topics" | "groups"): string {
  return apiPath(`${tenantPath(tenantId)}/${part}`, { format: "csv" });
}

/** Its part of shared topics, and what its application reports. */
export function tenantPool(tenantId: string) {
  return queryOptions({
    queryKey: ["tenants", tenantId, "pool"],
    queryFn: ({ signal }) => fetchJson<TenantPool>(`${tenantPath(tenantId)}/pool`, { signal }),
    refetchInterval: LIVE_MS,
  });
}

export function tenantAccess(tenantId: string) {
  return queryOptions({
    queryKey: ["tenants", tenantId, "access"],
    queryFn: ({ signal }) => fetchJson<TenantAccess>(`${tenantPath(tenantId)}/access`, { signal }),
    refetchInterval: SLOW_MS,
  });
}

/** What a ticket about the tenant asks, and what was so in a time. */
export function tenantTicket(tenantId: string, range: HistoryRange) {
  const times = historyQuery(range);
  return queryOptions({
    queryKey: ["tenants", "ticket", tenantId, times],
    queryFn: ({ signal }) => fetchJson<TicketView>(apiPath(`${tenantPath(tenantId)}/ticket`, times), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
}

/** The same as Markdown: with all names, or in a version that can be given to the customer. */
export function ticketMarkdownPath(tenantId: string, range: HistoryRange, audience: "internal" | "forward"): string {
  const format = audience === "forward" ? "markdown-forward" : "markdown";
  return apiPath(`${tenantPath(tenantId)}/ticket`, { ...historyQuery(range), format });
}
