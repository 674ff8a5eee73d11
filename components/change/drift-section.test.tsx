// @vitest-environment jsdom

import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { DriftRow } from "@/lib/domain/views/tiers";
import { DriftSection } from "./drift-section";
import { appliesOf, type FakeApi, fakeApi, plansOf, renderForm } from "./testing/render-form";
import { setUpBrowser } from "./testing/set-up";
import { changeDetail, planView, retentionOperation } from "./testing/views";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push: vi.fn() }) }));
vi.mock("next/link", () => ({
  default: ({ children, href }: { children: React.ReactNode; href: string }) => <a href={href}>{children}</a>,
}));

setUpBrowser();

function drifted(tenantId: string, topic: string): DriftRow {
  return {
    key: `${tenantId}|c1|${topic}|retention.ms`,
    kind: "retention",
    tenantId,
    tenantName: tenantId,
    clusterId: "c1",
    clusterName: "shared-1",
    tierId: "gold",
    resource: topic,
    name: "retention.ms",
    declared: "259200000",
    live: "86400000",
    source: "Gold",
    sentence: "It differs.",
    since: null,
    managedElsewhere: null,
    target: { kind: "topic-config", clusterId: "c1", topic, key: "retention.ms" },
  };
}

const rows = [drifted("acme", "acme.orders"), drifted("acme", "acme.bills"), drifted("brook", "brook.in")];
let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
  api.get["/api/drift"] = { page: { total: 3, nextCursor: null, version: "1", at: null }, rows };
  api.get["/api/changes/12"] = changeDetail();
  api.plan = (request) => planView(request, { title: "Bring it back", operations: [retentionOperation("acme.orders", "1", 1)] });
});

const mount = () =>
  renderForm(
    <DriftSection query={{ tenant: null, tier: "gold", cluster: null }} scope={{ tierId: "gold" }} withTenant empty={<p>none</p>} />,
  );
const planned = () => plansOf(api, ({ kind }) => kind === "bring-back" || kind === "adopt").at(-1)?.request;
const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

test("says what is declared and what is there, in words", async () => {
  mount();
  const row = await screen.findByRole("row", { name: /acme\.orders/ });
  expect(within(row).getByText("3 days")).toBeDefined();
  expect(within(row).getByText("1 day")).toBeDefined();
  expect(within(row).getByText("just seen")).toBeDefined();
});

test("one value is brought back after its consequences were shown, and the change can be followed", async () => {
  mount();
  await press("Bring back retention.ms of acme.orders");
  const request = { kind: "bring-back", scope: { tenantIds: ["acme"] }, items: [rows[0]?.key] };
  await waitFor(() => expect(planned()).toEqual(request));
  const apply = await screen.findByRole("button", { name: "Bring it back" });
  await waitFor(() => expect((apply as HTMLButtonElement).disabled).toBe(false));
  expect(appliesOf(api)).toEqual([]);
  fireEvent.click(apply);
  expect((await screen.findByRole("link", { name: "Open change 12" })).getAttribute("href")).toBe("/changes/12");
  expect(appliesOf(api).map((body) => body.request)).toEqual([request]);
});

test("those that are chosen are adopted, of whichever tenants they are", async () => {
  mount();
  fireEvent.click(await screen.findByRole("checkbox", { name: /acme\.bills/ }));
  fireEvent.click(screen.getByRole("checkbox", { name: /brook\.in/ }));
  await press("Adopt 2");
  await waitFor(() =>
    expect(planned()).toEqual({ kind: "adopt", scope: { tenantIds: ["acme", "brook"] }, items: [rows[1]?.key, rows[2]?.key] }),
  );
});

test("all of them are named by the scope, so that what is not listed is meant too", async () => {
  mount();
  await press("Adopt all");
  await waitFor(() => expect(planned()).toEqual({ kind: "adopt", scope: { tierId: "gold" } }));
});
