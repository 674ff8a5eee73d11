// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { type FakeApi, fakeApi, renderForm } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import { TiersPage } from "./tiers-page";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push: () => undefined }) }));
setUpBrowser();

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
  api.get["/api/tiers"] = { tiers: [] };
});

function show(role: string, limited: string | null = null): void {
  api.get["/api/status"] = {
    clusters: [],
    collector: "running",
    actor: { name: "me", role, limited },
    tenants: 0,
    now: "2026-11-23T12:00:00.000Z",
  };
  renderForm(<TiersPage />);
}

it("tells an operator to make the first tier here", async () => {
  show("operator");
  const box = (await screen.findByRole("heading", { name: "No tiers yet" })).parentElement as HTMLElement;
  expect(await within(box).findByRole("link", { name: "New tier" })).toBeTruthy();
  expect(box.textContent).toContain("Make one here, or import them");
});

it("tells those who may not make a tier who does, and offers them nothing", async () => {
  show("product");
  const box = (await screen.findByRole("heading", { name: "No tiers yet" })).parentElement as HTMLElement;
  await waitFor(() => expect(box.textContent).toContain("An operator makes tiers, or imports them with the tenants."));
  expect(box.textContent).not.toContain("Make one here");
  expect(screen.queryByRole("link", { name: "New tier" })).toBeNull();
});

it("lets support plan one, and says that an operator makes it", async () => {
  show("support");
  expect((await screen.findAllByRole("link", { name: "New tier" })).length).toBeGreaterThan(0);
  await waitFor(() =>
    expect(screen.getByRole("heading", { name: "No tiers yet" }).parentElement?.textContent).toContain("An operator makes tiers"),
  );
});

it("says to who is limited that a tier is everybody's", async () => {
  show("operator", "tenants acme");
  const [button] = await screen.findAllByRole<HTMLButtonElement>("button", { name: /New tier: Your role is limited to tenants acme/ });
  expect(button?.disabled).toBe(true);
  expect(screen.queryByRole("link", { name: "New tier" })).toBeNull();
});
