// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { measured, unavailable } from "@/lib/domain/observed";
import type { ConditionView } from "@/lib/domain/views/common";
import type { Overview, OverviewCluster } from "@/lib/domain/views/overview";
import { OverviewPage } from "./overview-page";

// A busy machine is slow, and no test is about speed.
configure({ asyncUtilTimeout: 10_000 });

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));
vi.mock("@/components/charts/time-chart", () => ({ TimeChart: ({ title }: { title: string }) => <h2>{title}</h2> }));

class NoObserver {
  observe() {}
  disconnect() {}
  unobserve() {}
}
vi.stubGlobal("ResizeObserver", NoObserver);

const AT = "2026-11-23T12:00:00.000Z";
const unseen = unavailable("Not published at this level.", "Raise the level.", AT);
const stuck: ConditionView = {
  id: "lag.stuck|c1|acme|group acme.billing",
  rule: "lag.stuck",
  severity: "danger",
  label: "Consumer stuck",
  sentence: "acme.billing does not move.",
  evidence: {},
  tenantId: "acme",
  clusterId: "c1",
  subject: "group acme.billing",
  since: AT,
  until: null,
  acknowledged: null,
};
const cluster: OverviewCluster = {
  id: "c1",
  name: "shared-1",
  mode: "observe",
  state: "healthy",
  sentence: "Well.",
  brokersAlive: 3,
  brokersKnown: 3,
  topics: 1,
  partitions: 3,
  groups: 1,
  tenants: 2,
  unownedTopics: 0,
  unownedGroups: 0,
  bytesInPerSecond: measured(4_000_000, AT),
  bytesOutPerSecond: unseen,
  storageBytes: unseen,
  msk: null,
  knownThrough: "kafka",
  capacityBytesPerSecond: unseen,
  requestHandlerIdle: measured(0.2, AT),
  busiestBrokerId: 2,
  diskUsedShare: measured(0.5, AT),
  fullestBrokerId: 1,
  diskFullAt: null,
  produceTotalTimeMs: measured(4, AT),
  fetchTimeMs: unseen,
  at: AT,
  promisedBytesPerSecond: 9_000_000,
  placements: { pool: 1, bridge: 1, silo: 0 },
};
const none = { pool: 0, bridge: 0, silo: 0, mixed: 0, unplaced: 0 };
const overview: Overview = {
  at: AT,
  sentence: { severity: "danger", text: "1 tenant past their lag objective." },
  tenants: { total: 2, models: { ...none, pool: 1, mixed: 1 } },
  produceBytesPerSecond: measured(4_000_000, AT),
  consumeBytesPerSecond: unseen,
  promisedProduceBytesPerSecond: 8_000_000,
  promisedConsumeBytesPerSecond: null,
  nearOrOverQuota: { tenants: 0, throttled: 0, unknown: 1 },
  pastLagObjective: { tenants: 1, stuck: 1, unknown: 0 },
  attention: [stuck],
  attentionTotal: 1,
  posture: { danger: 1, warn: 2, info: 3, acknowledged: 0 },
  acknowledged: [],
  acknowledgedTotal: 0,
  tenantNames: { acme: "Acme Retail" },
  clusters: [cluster],
  tiers: [
    {
      id: "gold",
      name: "Gold",
      models: { ...none, mixed: 1, pool: 1 },
      tenants: 2,
      promisedProduceBytesPerSecond: null,
      produceBytesPerSecond: unseen,
      needAttention: 1,
    },
  ],
};

let answer: Overview;
let role: "operator" | "support";
let asked: { path: string; method: string; body: unknown }[];
beforeEach(() => {
  answer = overview;
  role = "operator";
  asked = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const method = init.method ?? "GET";
    if (method !== "GET") asked.push({ path, method, body: init.body === undefined ? null : JSON.parse(String(init.body)) });
    return new Response(JSON.stringify(bodyOf(path, method)), { status: 200 });
  });
});
afterEach(cleanup);

function bodyOf(path: string, method: string): unknown {
  if (path.startsWith("/api/status"))
    return { clusters: [], collector: "running", actor: { name: "me", role, limited: null }, tenants: 2, now: AT };
  if (path.startsWith("/api/overview/history")) return { from: AT, to: AT, stepMs: 60_000, times: [], clusters: [] };
  if (path.startsWith("/api/overview")) return answer;
  const acknowledged = { by: "me", until: "2026-11-23T20:00:00.000Z", reason: "known" };
  answer =
    method === "POST"
      ? { ...overview, attention: [], attentionTotal: 0, acknowledged: [{ ...stuck, acknowledged }], acknowledgedTotal: 1 }
      : overview;
  return stuck;
}

async function open() {
  render(
    <NuqsTestingAdapter>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <OverviewPage />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  await screen.findByRole("heading", { name: "Tenants by tier and model" });
}

test("what needs attention says whom, what and where to look", async () => {
  await open();
  const list = screen.getByRole("list", { name: "Needs attention now" });
  expect(within(list).getByRole("link", { name: "Acme Retail" }).getAttribute("href")).toBe("/tenants/acme");
  expect(list.textContent).toContain("consumer stuck");
  expect(list.textContent).toContain("acme.billing does not move.");
  expect(within(list).getByRole("link", { name: "Group of Acme Retail" }).getAttribute("href")).toBe(
    "/clusters/c1/groups?group=acme.billing",
  );
});

test("what is not known is said so and is no zero", async () => {
  await open();
  const row = screen.getByRole("row", { name: /shared-1/ });
  expect(within(row).getByRole("img", { name: /Promised of capacity: capacity unknown, 9\.0.MB\/s promised/ })).toBeDefined();
  expect(row.textContent).toMatch(/9\.0.MB\/s of unknown/);
  expect(within(row).getAllByText(/unknown/).length).toBeGreaterThan(2);
  expect(screen.getByText("1 cannot be judged")).toBeDefined();
  expect(screen.getByText("50 % of 8.0 MB/s promised", { normalizer: (text) => text.replaceAll(/[\u00a0\u202f]/g, " ") })).toBeDefined();
  expect(screen.getByText("nothing promised")).toBeDefined();
});

test("a tenant of several models is counted in a column of its own, which is there only then", async () => {
  await open();
  expect(screen.getByRole("columnheader", { name: "Mixed" })).toBeDefined();
  expect(screen.queryByRole("columnheader", { name: "Unplaced" })).toBeNull();
});

test("an operator acknowledges with a reason until a time, and takes it back", async () => {
  await open();
  const button = await screen.findByRole("button", { name: "Acknowledge consumer stuck of Acme Retail" });
  fireEvent.click(button);
  const dialog = await screen.findByRole("dialog", { name: "Acknowledge: Consumer stuck" });
  const submit = within(dialog).getByRole<HTMLButtonElement>("button", { name: "Acknowledge" });
  expect(submit.disabled).toBe(true);
  fireEvent.change(within(dialog).getByRole("textbox", { name: "Reason" }), { target: { value: "known" } });
  fireEvent.click(within(dialog).getByRole("button", { name: "1 day" }));
  const before = Date.now();
  fireEvent.click(submit);
  await screen.findByText("Nothing needs attention");
  const [post] = asked as { path: string; body: { id: string; until: string; reason: string } }[];
  expect(post).toMatchObject({ path: "/api/conditions/acknowledge", body: { id: stuck.id, reason: "known" } });
  expect(Date.parse(post?.body.until ?? "") - before).toBeGreaterThanOrEqual(86_400_000);
  fireEvent.click(screen.getByRole("button", { name: "Acknowledged 1" }));
  const seen = screen.getByRole("list", { name: "Acknowledged" });
  expect(seen.textContent).toContain("Acknowledged by me until");
  fireEvent.click(within(seen).getByRole("button", { name: /Withdraw/ }));
  await screen.findByRole("list", { name: "Needs attention now" });
  expect(asked.at(-1)).toEqual({
    path: `/api/conditions/acknowledge?${new URLSearchParams({ id: stuck.id })}`,
    method: "DELETE",
    body: null,
  });
});

test("whoever may not acknowledge is not offered to", async () => {
  role = "support";
  await open();
  await waitFor(() => expect(screen.queryByRole("button", { name: /Acknowledge/ })).toBeNull());
});

test("without clusters and tenants the page says what to do next", async () => {
  answer = { ...overview, clusters: [], tiers: [], attention: [], attentionTotal: 0, tenants: { total: 0, models: none } };
  await open();
  expect(screen.getByRole("heading", { name: "No clusters yet" })).toBeDefined();
  expect(screen.getByText("npm run import -- tenants.yaml")).toBeDefined();
});
