import { type APIRequestContext, expect } from "@playwright/test";
import type { ConditionView } from "@/lib/domain/views/common";
import type { EpisodeView, NoisyView } from "@/lib/domain/views/noisy";
import type { TenantDetail } from "@/lib/domain/views/tenants";
import type { ChecklistItem, TicketView } from "@/lib/domain/views/ticket";

export const CLUSTER = "shared-1";
/** How often the sandbox's console reads the brokers' exporters: `connections.yaml` says so. */
export const EXPORTER_MS = 15_000;

/** What the console answers; names in its sentences are set with spaces that do not break, which are spaces here. */
export async function seen<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(path);
  const text = await answer.text();
  expect(answer.ok(), `${path}: ${text}`).toBe(true);
  return JSON.parse(text.replaceAll(/[\u00a0\u202f]/g, " ")) as T;
}

export const noisy = (request: APIRequestContext) => seen<NoisyView>(request, `/api/noisy?cluster=${CLUSTER}`);

/** Those who are noisy now. */
export async function noisyNow(request: APIRequestContext): Promise<EpisodeView[]> {
  return (await noisy(request)).episodes.filter(({ row }) => row.verdict === "noisy");
}

/** What a tenant's page says of it under one rule. */
export async function conditionOf(request: APIRequestContext, tenantId: string, rule: string): Promise<ConditionView | undefined> {
  const { conditions } = await seen<TenantDetail>(request, `/api/tenants/${tenantId}`);
  return conditions.find((condition) => condition.rule === rule);
}

/** The sentence of that, empty while there is none. */
export async function sentenceOf(request: APIRequestContext, tenantId: string, rule: string): Promise<string> {
  return (await conditionOf(request, tenantId, rule))?.sentence ?? "";
}

/** How a ticket about a tenant answers one of its questions. */
export async function ticketOf(request: APIRequestContext, tenantId: string, question: ChecklistItem["id"]): Promise<string> {
  const { checklist } = await seen<TicketView>(request, `/api/tenants/${tenantId}/ticket`);
  const item = checklist.find(({ id }) => id === question);
  return `${item?.answer}: ${item?.evidence}`;
}

/** Reads the cluster anew, as its button does: rules of access and quotas are else read every five minutes. */
export async function readAnew(request: APIRequestContext): Promise<void> {
  await request.post(`/api/clusters/${CLUSTER}/refresh`).catch(() => undefined);
}

/** What was found is shown beside the result, for whoever runs it to judge the words. */
export function tell(line: string): void {
  process.stdout.write(`    ${line}\n`);
}
