import { type MutationOptions, mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { ConditionView } from "@/lib/domain/views/common";
import { apiPath, fetchJson, postJson } from "./fetch-json";

const PATH = "/api/conditions/acknowledge";

export interface AcknowledgeInput {
  id: string;
  /** ISO time. */
  until: string;
  reason: string;
}

/** Everything that shows conditions or counts them. */
const SHOWING = new Set<unknown>(["overview", "tenants", "clusters", "conditions", "posture"]);

function renew(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => SHOWING.has(queryKey[0]) });
}

/** Notes that a condition is seen, and asks anew for what shows it. */
export function acknowledge(client: QueryClient): MutationOptions<ConditionView, Error, AcknowledgeInput> {
  return mutationOptions({
    mutationFn: (input: AcknowledgeInput) => postJson<ConditionView>(PATH, input),
    onSuccess: () => renew(client),
  });
}

/** Takes an acknowledgement away. */
export function withdrawAcknowledgement(client: QueryClient): MutationOptions<ConditionView, Error, string> {
  return mutationOptions({
    mutationFn: (id: string) => fetchJson<ConditionView>(apiPath(PATH, { id }), { method: "DELETE" }),
    onSuccess: () => renew(client),
  });
}

/** The whole list as CSV, of one cluster if one is given. */
export function conditionCsvPath(cluster: string | null): string {
  return apiPath("/api/conditions", { cluster, format: "csv" });
}
