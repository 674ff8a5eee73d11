import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { vi } from "vitest";
import type { PlanView } from "@/lib/domain/change/plan";
import type { ChangeRequest } from "@/lib/domain/change/request";
import type { ChangeDetail } from "@/lib/domain/views/changes";
import { AT, changeDetail, losingPlan, planView, tenant, topics } from "./views";

/** What a form sent to the API, in order. */
export interface Sent {
  path: string;
  body: { request?: ChangeRequest; [name: string]: unknown };
}

export interface FakeApi {
  sent: Sent[];
  role: "operator" | "support";
  plan: (request: ChangeRequest, body: Sent["body"]) => PlanView | Response;
  apply: () => ChangeDetail | Response;
  /** Answers of GET by path, before those that are always there. */
  get: Record<string, unknown>;
}

/** An answer that refuses, as the API gives it. */
export function refusal(status: number, code: string, message: string, details: { path: string; message: string }[] = []): Response {
  return new Response(JSON.stringify({ error: { code, message, details, requestId: "r-1" } }), { status });
}

/** The API as far as the forms ask it: plans lose data by default, and an apply is done at once. */
export function fakeApi(): FakeApi {
  const api: FakeApi = {
    sent: [],
    role: "operator",
    plan: (request) => (request.kind === "retention" ? losingPlan(request) : planView(request)),
    apply: () => changeDetail(),
    get: {},
  };
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    if (init.method !== "POST") return answer(readOf(api, path));
    const body = JSON.parse(String(init.body)) as Sent["body"];
    api.sent.push({ path, body });
    if (path.endsWith("/plan")) return answer(api.plan(body.request as ChangeRequest, body));
    return answer(api.apply());
  });
  return api;
}

function answer(body: unknown): Response {
  return body instanceof Response ? body : new Response(JSON.stringify(body), { status: 200 });
}

function readOf(api: FakeApi, path: string): unknown {
  const [address = ""] = path.split("?");
  if (address in api.get) return api.get[address];
  if (address === "/api/status")
    return { clusters: [], collector: "running", actor: { name: "ada", role: api.role, limited: null }, tenants: 1, now: AT };
  if (address === "/api/tenants/kestrel") return tenant;
  if (address === "/api/tenants/kestrel/topics") return topics;
  return refusal(404, "not_found", `Nothing at ${address}.`);
}

export function renderForm(form: ReactNode, searchParams = "") {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <NuqsTestingAdapter searchParams={searchParams}>
      <QueryClientProvider client={client}>{form}</QueryClientProvider>
    </NuqsTestingAdapter>,
  );
}

/** Plans that were asked for what a person gave, without those that only show how things are. */
export function plansOf(api: FakeApi, isGiven: (request: ChangeRequest) => boolean): Sent["body"][] {
  return api.sent
    .filter(({ path, body }) => path.endsWith("/plan") && body.request !== undefined && isGiven(body.request))
    .map(({ body }) => body);
}

export function appliesOf(api: FakeApi): Sent["body"][] {
  return api.sent.filter(({ path }) => path === "/api/changes").map(({ body }) => body);
}
