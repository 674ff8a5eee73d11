// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { ConditionView } from "@/lib/domain/views/common";
import { ConditionList } from "./condition-list";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));
afterEach(cleanup);

const AT = "2026-11-23T12:00:00.000Z";
const near = (tenantId: string | null, sentence = "Near."): ConditionView => ({
  id: `limit.near ${tenantId} ${sentence}`,
  rule: "limit.near",
  severity: "warn",
  label: "Near quota",
  sentence,
  evidence: {},
  tenantId,
  clusterId: "c1",
  subject: "produce",
  since: AT,
  until: null,
  acknowledged: null,
});
const conditions = [near("acme"), near("gone"), near(null)];

function renderList(props: Omit<Parameters<typeof ConditionList>[0], "conditions"> & { conditions?: ConditionView[] }) {
  const status = { clusters: [], collector: "running", actor: { name: "ada", role: "operator", limited: null }, tenants: 1, now: AT };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(status), { status: 200 }));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ConditionList conditions={conditions} {...props} />
    </QueryClientProvider>,
  );
}

const sentences = () => screen.getAllByRole("listitem").map((line) => line.querySelector(".condition-sentence")?.textContent);

test("of several tenants each line says of whom it is, and so does what is pressed in it", async () => {
  renderList({ here: "/clusters/c1", tenantNames: { acme: "Acme" } });
  expect(await screen.findAllByRole("button", { name: "Acknowledge near quota of produce of Acme" }, { timeout: 10_000 })).toHaveLength(1);
  expect(screen.getByRole("link", { name: "Acme" }).getAttribute("href")).toBe("/tenants/acme");
  expect(screen.getByRole("link", { name: "gone" }).getAttribute("href")).toBe("/tenants/gone");
  expect(sentences()).toEqual(["Acme: Near.", "gone: Near.", "Near."]);
});

test("a sentence that begins with the tenant's name does not say it twice", () => {
  renderList({
    here: "/clusters/c1",
    tenantNames: { acme: "Acme" },
    conditions: [near("acme", "Acme takes much."), near("acme", "Acmes.")],
  });
  expect(sentences()).toEqual(["Acme takes much.", "Acme: Acmes."]);
});

test("on a tenant's own page no line names it", () => {
  renderList({ here: "/tenants/acme" });
  expect(sentences()).toEqual(["Near.", "Near.", "Near."]);
});
