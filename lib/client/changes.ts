import {
  infiniteQueryOptions,
  keepPreviousData,
  type MutationOptions,
  mutationOptions,
  type QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import { isFinished, type OperationState } from "@/lib/domain/change/operation";
import type { PlanView } from "@/lib/domain/change/plan";
import type { ChangeRequest, RolloutOptions } from "@/lib/domain/change/request";
import type { ChangeDetail, ChangePage, OperationPage, UnitPage } from "@/lib/domain/views/changes";
import { apiPath, fetchJson, postJson } from "./fetch-json";
import { liveIntervalFor } from "./live-interval";

/** While a change is under way it is looked at so often. */
const UNDER_WAY_MS = 1000;
const PAGE_SIZE = 100;

/** The facts a form's plans are decided on. Answers name them; sending the name again spares Kafka a reading. */
export interface PlanFactsRef {
  id: string | null;
}

/**
 * What a change would do; null: there is nothing to ask. `facts` is renewed by each answer; `reading` counts the times a person had
 * everything read anew. While the plan of another request is on its way, the last one stays.
 */
export function planOf(request: ChangeRequest | null, facts: PlanFactsRef, { validate, reading }: { validate: boolean; reading: number }) {
  return queryOptions({
    queryKey: ["plan", request, validate, reading],
    queryFn: async ({ signal }) => {
      const body = { request, ...(facts.id === null ? {} : { factsId: facts.id }), ...(validate ? { validate } : {}) };
      const plan = await postJson<PlanView>("/api/changes/plan", body, signal);
      facts.id = plan.factsId;
      return plan;
    },
    enabled: request !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export interface ApplyInput {
  request: ChangeRequest;
  fingerprint: string;
  /** Facts of the plan, to tell what has moved since. */
  factsId: string;
  /** The same key never applies twice. */
  idempotencyKey: string;
  reason?: string;
  typed?: string;
  rollout?: RolloutOptions;
}

/** Everything that shows topics, quotas, tenants or changes. */
const SHOWING = new Set<unknown>(["overview", "tenants", "clusters", "conditions", "changes", "tiers", "status"]);

/** Asks anew for what a change may have altered on the screen. */
export function renewAfterChange(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => SHOWING.has(queryKey[0]) });
}

export function applyChange(client: QueryClient): MutationOptions<ChangeDetail, Error, ApplyInput> {
  return mutationOptions({
    mutationFn: (input: ApplyInput) => postJson<ChangeDetail>("/api/changes", input),
    onSuccess: (change) => {
      client.setQueryData(changeDetail(change.id).queryKey, change);
      // A form that is opened again must not show what was so before.
      client.removeQueries({ queryKey: ["plan"] });
      // Not waited for: the change's own page is next.
      void renewAfterChange(client);
    },
  });
}

export type Wish = "pause" | "resume" | "cancel";

/** Pauses, resumes or cancels a change that is under way. */
export function wishForChange(client: QueryClient, changeId: number): MutationOptions<ChangeDetail, Error, Wish> {
  return mutationOptions({
    mutationFn: (wish: Wish) => postJson<ChangeDetail>(`${changePath(changeId)}/${wish}`, {}),
    onSuccess: (change) => {
      client.setQueryData(changeDetail(changeId).queryKey, change);
      return client.invalidateQueries({ queryKey: ["changes"] });
    },
  });
}

/** What the record of changes shows; null: all. */
export interface ChangeListQuery {
  q: string;
  tenant: string | null;
  cluster: string | null;
  kind: string | null;
  state: string | null;
  actor: string | null;
  /** Days in UTC, both of them included. */
  from: string | null;
  to: string | null;
}

const DAY_MS = 86_400_000;

/** The API takes times, and ends before `to`. */
function listQuery({ from, to, ...query }: ChangeListQuery) {
  const startOf = (day: string, addMs = 0) => new Date(Date.parse(`${day}T00:00:00Z`) + addMs).toISOString();
  return { ...query, from: from === null ? null : startOf(from), to: to === null ? null : startOf(to, DAY_MS) };
}

const changePath = (changeId: number): string => `/api/changes/${changeId}`;

export function changeList(query: ChangeListQuery) {
  return infiniteQueryOptions({
    queryKey: ["changes", "list", query],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<ChangePage>(apiPath("/api/changes", { ...listQuery(query), limit: PAGE_SIZE, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: (current) => liveIntervalFor(current.state.data?.pages.length),
  });
}

/** The whole filter as CSV. */
export function changeCsvPath(query: ChangeListQuery): string {
  return apiPath("/api/changes", { ...listQuery(query), format: "csv" });
}

/** One change with its first operations; every second until it is finished. */
export function changeDetail(changeId: number) {
  return queryOptions({
    queryKey: ["changes", changeId],
    queryFn: ({ signal }) => fetchJson<ChangeDetail>(changePath(changeId), { signal }),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isFinished(data.state) ? false : UNDER_WAY_MS),
  });
}

/** The units of a change that have come to a state, in the order in which they run. */
export function changeUnits(changeId: number, state: OperationState | null) {
  return infiniteQueryOptions({
    queryKey: ["changes", changeId, "units", state],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<UnitPage>(apiPath(`${changePath(changeId)}/units`, { state, limit: PAGE_SIZE, cursor: pageParam }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export interface OperationListQuery {
  state: OperationState | null;
  unit: string | null;
}

/** The operations of a change, in the order in which they run. */
export function changeOperations(changeId: number, query: OperationListQuery) {
  return infiniteQueryOptions({
    queryKey: ["changes", changeId, "operations", query],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<OperationPage>(apiPath(`${changePath(changeId)}/operations`, { ...query, limit: PAGE_SIZE, cursor: pageParam }), {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
