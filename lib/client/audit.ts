import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import type { AuditPage } from "@/lib/domain/views/people";
import { apiPath, fetchJson } from "./fetch-json";
import { liveIntervalFor } from "./live-interval";

const PAGE_SIZE = 100;

/** What the audit shows; null: all. */
export interface AuditQuery {
  q: string;
  kind: string | null;
  outcome: string | null;
}

export function auditList(query: AuditQuery) {
  return infiniteQueryOptions({
    queryKey: ["audit", query],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<AuditPage>(apiPath("/api/audit", { ...query, limit: PAGE_SIZE, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: (current) => liveIntervalFor(current.state.data?.pages.length),
  });
}

/** The whole filter as CSV. */
export function auditCsvPath(query: AuditQuery): string {
  return apiPath("/api/audit", { ...query, format: "csv" });
}
