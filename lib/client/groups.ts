import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { unpackGroups } from "@/lib/domain/listed-groups";
import type { GroupDetail, GroupPage } from "@/lib/domain/views/lag";
import { clusterPath } from "./clusters";
import { apiPath, fetchJson } from "./fetch-json";
import { liveIntervalFor } from "./live-interval";
import { LIVE_MS } from "./query-client";

export interface GroupListQuery {
  q: string;
  owner: string | null;
  state: string | null;
  sort: string | null;
  order: "asc" | "desc" | null;
}

function groupListPath(clusterId: string, query: GroupListQuery, cursor: string | null): string {
  return apiPath(`${clusterPath(clusterId)}/groups`, { ...query, limit: 100, cursor });
}

export function groupCsvPath(clusterId: string, query: GroupListQuery): string {
  return apiPath(`${clusterPath(clusterId)}/groups`, { ...query, format: "csv" });
}

export function groupList(clusterId: string, query: GroupListQuery) {
  return infiniteQueryOptions({
    queryKey: ["clusters", clusterId, "groups", query],
    queryFn: async ({ pageParam, signal }) =>
      unpackGroups(await fetchJson<GroupPage>(groupListPath(clusterId, query, pageParam), { signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.nextCursor,
    placeholderData: (previous, previousQuery) => (previousQuery?.queryKey[1] === clusterId ? keepPreviousData(previous) : undefined),
    refetchInterval: (current) => liveIntervalFor(current.state.data?.pages.length),
  });
}

export function groupDetail(clusterId: string, groupId: string) {
  return queryOptions({
    queryKey: ["clusters", clusterId, "group", groupId],
    queryFn: ({ signal }) => fetchJson<GroupDetail>(`${clusterPath(clusterId)}/group?id=${encodeURIComponent(groupId)}`, { signal }),
    refetchInterval: LIVE_MS,
  });
}
