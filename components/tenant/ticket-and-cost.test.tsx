// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { renderAnswer } from "@/components/change/testing/render-answer";
import { setUpBrowser } from "@/components/change/testing/set-up";
import { unavailable } from "@/lib/domain/observed";
import type { TenantCostView } from "@/lib/domain/views/cost";
import type { TicketView } from "@/lib/domain/views/ticket";
import { TenantCost } from "./tenant-cost";
import { TenantTicket } from "./tenant-ticket";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));
setUpBrowser();

const AT = "2026-11-23T12:00:00.000Z";

it("answers each question of a ticket, or says why it cannot", async () => {
  const ticket: TicketView = {
    tenantId: "acme",
    tenantName: "Acme",
    from: AT,
    to: AT,
    isNow: true,
    stepMs: 300_000,
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
  renderAnswer(ticket, <TenantTicket tenantId="acme" />);
  const table = await screen.findByRole("table", { name: "Checklist" });
  expect(within(table).getByText("Cannot see, because").closest("tr")?.textContent).toContain("Refusals are not counted.");
  expect(screen.getByText(/to now; kept by 5.minutes$/)).toBeTruthy();
  expect(screen.getByText("1 kB ÷ 17 B/s = 1 m.")).toBeTruthy();
  expect(screen.getByText("Nothing is on record for this time.")).toBeTruthy();
  const forward = screen.getByRole("link", { name: "Export, safe to forward" });
  expect(forward.getAttribute("href")).toBe("/api/tenants/acme/ticket?range=6h&format=markdown-forward");
});

it("says why a cost is not known, instead of nothing or zero", async () => {
  const cost: TenantCostView = {
    perMonth: unavailable("No prices are set for eu-central-1.", "Set them.", AT),
    pricePerMonth: 420,
    lines: [],
    unpriced: [{ what: "The cluster", reason: "No prices are set for eu-central-1.", remedy: "Set them.", clusterId: "c1" }],
    at: AT,
  };
  renderAnswer(cost, <TenantCost tenantId="acme" />);
  expect(await screen.findByText(/Its tier is sold for 420\./)).toBeTruthy();
  expect(screen.getByText("The cluster: No prices are set for eu-central-1.")).toBeTruthy();
  expect(screen.queryByText(/\$0/)).toBeNull();
});
