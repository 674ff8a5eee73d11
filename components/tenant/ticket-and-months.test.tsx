// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { unavailable } from "@/lib/domain/observed";
import type { TenantCostView } from "@/lib/domain/views/cost";
import type { TenantMonths as Months } from "@/lib/domain/views/months";
import type { TicketView } from "@/lib/domain/views/ticket";
import { TenantCost } from "./tenant-cost";
import { TenantMonths } from "./tenant-months";
import { TenantTicket } from "./tenant-ticket";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));
class NoObserver {
  observe() {}
  disconnect() {}
  unobserve() {}
}
vi.stubGlobal("ResizeObserver", NoObserver);
afterEach(cleanup);

const AT = "2026-11-23T12:00:00.000Z";

function show(answer: unknown, children: ReactNode) {
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(answer), { status: 200 }));
  render(
    <NuqsTestingAdapter>
      <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
    </NuqsTestingAdapter>,
  );
}

it("answers each question of a ticket, or says why it cannot", async () => {
  const ticket: TicketView = {
    tenantId: "acme",
    tenantName: "Acme",
    from: AT,
    to: AT,
    checklist: [
      { id: "lag", question: "Is it lag?", answer: "yes", evidence: "acme.app is 9 m behind.", forward: "acme.app is 9 m behind." },
      {
        id: "access",
        question: "Is it access?",
        answer: "unseen",
        evidence: "Refusals are not counted.",
        forward: "Refusals are not counted.",
      },
      {
        id: "neighbour",
        question: "Is it a neighbour?",
        answer: "yes",
        evidence: "Kestrel takes half.",
        forward: "Another workload takes half.",
      },
    ],
    caughtUp: [{ groupId: "acme.app", clusterId: "c1", inMs: 60_000, arithmetic: "1 kB ÷ 17 B/s = 1 m." }],
    episodes: [],
    at: AT,
  };
  show(ticket, <TenantTicket tenantId="acme" />);
  const table = await screen.findByRole("table", { name: "Checklist" });
  expect(within(table).getByText("Cannot see, because").closest("tr")?.textContent).toContain("Refusals are not counted.");
  expect(screen.getByText("1 kB ÷ 17 B/s = 1 m.")).toBeTruthy();
  expect(screen.getByText("Nothing is on record for this time.")).toBeTruthy();
  const forward = screen.getByRole("link", { name: "Export, safe to forward" });
  expect(forward.getAttribute("href")).toBe("/api/tenants/acme/ticket?range=6h&format=markdown-forward");
});

it("shows a month that is closed, one that was corrected, and what was not known", async () => {
  const use = {
    minutesSeen: 43_200,
    minutesAbovePromise: 12,
    minutesThrottledAbove: null,
    minutesThrottledBelow: 5,
    minutesLagMissed: null,
    producedBytes: 1e9,
    consumedBytes: null,
    storedBytes: 5e9,
  };
  const entry = { use, at: AT, actor: null, reason: null };
  const months: Months = {
    months: [
      { month: "2026-11", closed: false, use, entries: [] },
      { month: "2026-10", closed: true, use, entries: [entry, { ...entry, actor: "anna", reason: "agreed" }] },
      { month: "2026-09", closed: true, use, entries: [entry] },
    ],
  };
  show(months, <TenantMonths tenantId="acme" />);
  const table = await screen.findByRole("table", { name: "Contract and use by month" });
  const rowOf = (month: string) => within(table).getByText(month).closest("tr")?.textContent ?? "";
  expect(rowOf("2026-11")).toContain("running");
  expect(rowOf("2026-10")).toContain("corrected");
  expect(rowOf("2026-09")).toContain("closed");
  expect(rowOf("2026-09")).toContain("not known");
  expect(within(table).getByText("2026-10").getAttribute("title")).toContain("anna: agreed");
});

it("says why a cost is not known, instead of nothing or zero", async () => {
  const cost: TenantCostView = {
    perMonth: unavailable("No prices are set for eu-central-1.", "Set them.", AT),
    pricePerMonth: 420,
    lines: [],
    unpriced: [{ what: "The cluster", reason: "No prices are set for eu-central-1.", remedy: "Set them.", clusterId: "c1" }],
    at: AT,
  };
  show(cost, <TenantCost tenantId="acme" />);
  expect(await screen.findByText(/Its tier is sold for 420\./)).toBeTruthy();
  expect(screen.getByText("The cluster: No prices are set for eu-central-1.")).toBeTruthy();
  expect(screen.queryByText(/\$0/)).toBeNull();
});
