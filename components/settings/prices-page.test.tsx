// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { renderForm } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import type { PriceList } from "@/lib/domain/views/cost";
import { PricesPage } from "./prices-page";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));
setUpBrowser();

const AT = "2026-11-23T12:00:00.000Z";
const item = { unit: "broker and hour", unconfirmed: false, used: true };
const LIST: PriceList = {
  asOf: "2026-08",
  source: "https://aws.amazon.com/msk/pricing/",
  regions: [
    {
      region: "eu-central-1",
      clusters: 1,
      items: [
        { ...item, key: "broker:kafka.m7g.large", label: "kafka.m7g.large", dollars: 0.25, from: "set", listed: null },
        { ...item, key: "metric", label: "CloudWatch metric", dollars: null, from: null, listed: null },
      ],
      set: [{ by: "anna", at: AT, reason: "our contract" }],
    },
  ],
};

function show(role: "operator" | "product", limited: string | null = null) {
  const sent: { path: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    if (init.method === "PUT") sent.push({ path, body: JSON.parse(String(init.body)) });
    const status = { clusters: [], collector: "running", actor: { name: "me", role, limited }, tenants: 2, now: AT };
    return new Response(JSON.stringify(path.startsWith("/api/status") ? status : LIST), { status: 200 });
  });
  renderForm(<PricesPage />);
  return sent;
}

it("shows what is set, by whom and why, and that a price is missing", async () => {
  show("product");
  expect(await screen.findByText(/\$0\.25/)).toBeTruthy();
  expect(screen.getByText("no price set")).toBeTruthy();
  expect(screen.getByText("our contract")).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
});

it("says to an operator with limits why prices are not theirs to set", async () => {
  show("operator", "tenants acme");
  expect(await screen.findByText(/limited to tenants acme; for prices and imports it takes a role without limits/)).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByRole("button", { name: /Set prices/ })).toBeNull();
});

it("sends an operator's prices with the reason, and nothing that is no price", async () => {
  const sent = show("operator");
  const box = await screen.findByRole("textbox", { name: "Your price: CloudWatch metric" });
  fireEvent.change(box, { target: { value: "cheap" } });
  fireEvent.change(screen.getByRole("textbox", { name: "Reason" }), { target: { value: "new contract" } });
  const save = screen.getByRole<HTMLButtonElement>("button", { name: "Set prices of eu-central-1" });
  expect(save.disabled).toBe(true);
  expect(screen.getByRole("alert").textContent).toContain("CloudWatch metric");
  fireEvent.change(box, { target: { value: "0.3" } });
  fireEvent.click(save);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({
    path: "/api/prices/eu-central-1",
    body: { prices: { "broker:kafka.m7g.large": 0.25, metric: 0.3 }, reason: "new contract" },
  });
});
