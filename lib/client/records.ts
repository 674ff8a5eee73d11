import { type MutationOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { PayloadAccess, RecordsView } from "@/lib/domain/views/records";
import { clusterPath } from "./clusters";
import { fetchJson, postJson } from "./fetch-json";
import { LIVE_MS } from "./query-client";

/** Whether payloads of a cluster's records may be looked at, and who said so. */
export function payloadAccess(clusterId: string) {
  return queryOptions({
    queryKey: ["clusters", clusterId, "payloads"],
    queryFn: ({ signal }) => fetchJson<PayloadAccess>(`${clusterPath(clusterId)}/payloads`, { signal }),
    refetchInterval: LIVE_MS,
  });
}

export interface PayloadSwitchInput {
  allowed: boolean;
  reason: string;
}

/** Allows payloads to be looked at, or takes that back. */
export function switchPayloads(client: QueryClient, clusterId: string): MutationOptions<PayloadAccess, Error, PayloadSwitchInput> {
  return mutationOptions({
    mutationFn: ({ allowed, reason }: PayloadSwitchInput) =>
      postJson<PayloadAccess>(`${clusterPath(clusterId)}/payloads/${allowed ? "allow" : "forbid"}`, { reason }),
    onSuccess: (access) => client.setQueryData(payloadAccess(clusterId).queryKey, access),
  });
}

/** Which records of a topic: its newest, those of a partition, or those from an offset on. */
export interface LookInput {
  topic: string;
  partition?: number;
  offset?: string;
}

/** One look at records. What it showed is forgotten with the page that asked. */
export function lookAtRecords(client: QueryClient, clusterId: string): MutationOptions<RecordsView, Error, LookInput> {
  return mutationOptions({
    mutationFn: (input: LookInput) => postJson<RecordsView>(`${clusterPath(clusterId)}/records`, input),
    gcTime: 0,
    // It may have been taken back meanwhile.
    onError: () => client.invalidateQueries({ queryKey: payloadAccess(clusterId).queryKey }),
  });
}
