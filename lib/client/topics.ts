import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { TopicDetail } from "@/lib/domain/views/clusters";
import type { TopicPage } from "@/lib/domain/views/tenants";
import { clusterPath } from "./clusters";
import { apiPath, fetchJson } from "./fetch-json";
import { liveIntervalFor } from "./live-interval";
import { LIVE_MS } from "./query-client";

export interface TopicListQuery {
  q: string;
  owner: string | null;
  sort: string | null;
  order: "asc" | "desc" | null;
}

function topicListPath(clusterId: string, query: TopicListQuery, cursor: string | null): string {
  return apiPath(`${clusterPath(clusterId)}/topics`, { ...query, limit: 100, cursor });
}

export function topicCsvPath(clusterId: string, query: TopicListQuery): string {
  return apiPath(`${clusterPath(clusterId)}/topics`, { ...query, format: "csv" });
}

export function topicList(clusterId: string, query: TopicListQuery) {
  return infiniteQueryOptions({
    queryKey: ["clusters", clusterId, "topics", query],
    queryFn: ({ pageParam, signal }) => fetchJson<TopicPage>(topicListPath(clusterId, query, pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.nextCursor,
    placeholderData: (previous, previousQuery) => (previousQuery?.queryKey[1] === clusterId ? keepPreviousData(previous) : undefined),
    refetchInterval: (current) => liveIntervalFor(current.state.data?.pages.length),
  });
}

export function topicDetail(clusterId: string, topic: string) {
  return queryOptions({
    queryKey: ["clusters", clusterId, "topic", topic],
    queryFn: ({ signal }) => fetchJson<TopicDetail>(apiPath(`${clusterPath(clusterId)}/topic`, { name: topic }), { signal }),
    refetchInterval: LIVE_MS,
  });
}
