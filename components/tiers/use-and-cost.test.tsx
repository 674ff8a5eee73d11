// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { renderAnswer } from "@/components/change/testing/render-answer";
import { setUpBrowser } from "@/components/change/testing/set-up";
import { derived, unavailable } from "@/lib/domain/observed";
import type { FleetCostView } from "@/lib/domain/views/cost";
import type { TierUsageView, UsageRow, UsageView } from "@/lib/domain/views/usage";
import { CostSection } from "./cost-section";
import { TierUsageSection } from "./tier-usage";
import { UsageSection } from "./usage-section";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));
vi.mock("@/components/charts/time-chart", () => ({ TimeChart: ({ title }: { title: string }) => <h2>{title}</h2> }));
setUpBrowser();

const AT = "2026-11-23T12:00:00.000Z";
const NAMES = new Map([
  ["gold", "Gold"],
  ["silver", "Silver"],
]);

const row = (tenantId: string, change: Partial<UsageRow> = {}): UsageRow => ({
  tenantId,
  tenantName: tenantId,
  tierId: "silver",
  share: 0.95,
  direction: "produce",
  produceBytesPerSecond: 950,
  consumeBytesPerSecond: 10,
  growth: { perMonth: 0.1, error: 0.05 },
  reach: { kind: "date", at: AT, earliest: AT, latest: null },
  suggestion: { tierId: "gold", reason: "it is near its promise", perMonth: 900, moves: null, over: null },
  costPerMonth: 12,
  costAtLeast: true,
  pricePerMonth: 100,
  options: [
    { tierId: "silver", share: 0.95, pricePerMonth: 100 },
    { tierId: "gold", share: 0.095, pricePerMonth: 1_000 },
  ],
  ...change,
});

it("tells what the cost is made of, line by line, and what it leaves out", async () => {
  const line = {
    clusterId: "c1",
    clusterName: "Events",
    kind: "brokers" as const,
    of: "idle" as const,
    dollars: 70,
    arithmetic: "70 % of three brokers.",
  };
  const view: FleetCostView = {
    perMonth: { ...derived(170, AT), atLeast: true },
    tiers: [
      {
        tierId: "gold",
        tenants: 2,
        known: 1,
        perMonth: derived(100, AT),
        byKind: { brokers: 100 },
        lines: [{ ...line, of: "used", dollars: 100, arithmetic: "The parts of two." }],
        revenue: 400,
      },
      {
        tierId: "silver",
        tenants: 1,
        known: 0,
        perMonth: unavailable("No price is set.", "Set it.", AT),
        byKind: {},
        lines: [],
        revenue: null,
      },
    ],
    unshared: [{ holder: "idle", dollars: 70, byKind: { brokers: 70 }, lines: [line] }],
    unpriced: [{ what: "Transfer between zones", reason: "Nobody tells.", remedy: "See the bill.", clusterId: "c1" }],
    silos: [{ clusterId: "c2", tenantId: "umbra", verdict: "over", saves: 9, sentence: "c2 has more than it needs." }],
    asOf: "2026-08",
    at: AT,
  };
  renderAnswer(view, <CostSection names={NAMES} />);
  const table = await screen.findByRole("table", { name: "Cost by tier and cause" });
  const gold = within(table).getByText("Gold").closest("tr");
  expect(gold?.textContent).toContain("$100");
  expect(gold?.textContent).toMatch(/75.%/);
  fireEvent.click(within(table).getByRole("button", { name: "Gold" }));
  expect(screen.getByText("The parts of two.")).toBeTruthy();
  expect(within(table).queryByRole("button", { name: "Silver" })).toBeNull();
  expect(within(table).getByText("Silver").closest("tr")?.textContent).toContain("unknown");
  fireEvent.click(within(table).getByRole("button", { name: "Idle capacity" }));
  expect(screen.getByText("70 % of three brokers.")).toBeTruthy();
  expect(screen.getByText("Transfer between zones: Nobody tells.")).toBeTruthy();
  expect(screen.getByText("c2 has more than it needs.")).toBeTruthy();
});

it("draws each tier's use, and names who is near and of whom it is not known", async () => {
  const bins = new Array<number>(25).fill(0);
  bins[19] = 1;
  const view: UsageView = {
    from: AT,
    to: AT,
    stepMs: 3_600_000,
    times: [0],
    tiers: [{ tierId: "silver", tenants: 2, known: 1, bins, near: 1, underUsed: 0, produce: [5] }],
    moves: [
      { from: "silver", to: "gold", tenants: 2 },
      { from: "gold", to: "gone", tenants: 1 },
    ],
    near: [row("acme")],
    underUsed: [],
    at: AT,
  };
  renderAnswer(view, <UsageSection names={NAMES} />);
  expect(await screen.findByRole("img", { name: "Silver: 1 tenant near the promise, 0 below 15 %, of 1 whose use is known" })).toBeTruthy();
  expect(screen.getByText(/of 1 the use is not known/)).toBeTruthy();
  expect(screen.getByText("2 tenants from Silver to Gold; 1 tenant from Gold to gone")).toBeTruthy();
  const table = screen.getByRole("table", { name: "Near their promise" });
  expect(within(table).getByText("acme").closest("tr")?.textContent).toContain("Gold +900");
  expect(screen.getByText("No tenant uses less than 15 % of its promise.")).toBeTruthy();
});

it("shows what tenants would use of another tier, without writing anything", async () => {
  const none: Partial<UsageRow> = {
    share: null,
    direction: null,
    growth: null,
    reach: { kind: "none", because: "nothing seen" },
    costPerMonth: null,
    options: [],
  };
  const view: TierUsageView = {
    from: AT,
    to: AT,
    stepMs: 3_600_000,
    tiers: [
      { id: "silver", name: "Silver" },
      { id: "gold", name: "Gold" },
    ],
    rows: [row("acme"), row("blind", none)],
    total: 2,
    over: { acme: { atLeast: 3, atMost: 40, minutesSeen: 9_000 } },
  };
  const asked = renderAnswer(view, <TierUsageSection tierId="silver" />);
  const choice = await screen.findByRole("combobox", { name: /What if/ });
  fireEvent.change(choice, { target: { value: "gold" } });
  await waitFor(() => expect(screen.getByText("acme").closest("tr")?.textContent).toContain("9,000"));
  const acme = screen.getByText("acme").closest("tr")?.textContent ?? "";
  expect(acme).toMatch(/≥ 3 of 9,000.min, at most 40/);
  expect(acme).toContain("+900");
  expect(asked.at(-1)).toContain("other=gold");
  const blind = screen.getByText("blind").closest("tr")?.textContent ?? "";
  expect(blind).toContain("unknown");
  expect(blind).not.toMatch(/0.%/);
});

it("says of a lower tier how long its promise was passed, and what moving involves", async () => {
  const lower = (over: UsageRow["suggestion"]["over"]) => ({
    tierId: "bronze",
    reason: "it uses little of its promise",
    perMonth: -90,
    moves: { from: "bridge" as const, to: "pool" as const },
    over,
  });
  const exact = { atLeast: 2, atMost: 2, minutesSeen: 9_000 };
  const view: TierUsageView = {
    from: AT,
    to: AT,
    stepMs: 3_600_000,
    tiers: [{ id: "bronze", name: "Bronze" }],
    rows: [row("acme", { suggestion: lower(exact) }), row("blind", { suggestion: lower(null) })],
    total: 2,
    over: null,
  };
  renderAnswer(view, <TierUsageSection tierId="silver" />);
  const acme = (await screen.findByText("acme")).closest("tr");
  expect(acme?.textContent).toMatch(/above it in 90 days: 2 of 9,000.min5 steps/);
  expect(acme?.querySelectorAll("li")).toHaveLength(5);
  expect(acme?.textContent).toContain("consumer filter by it");
  expect(screen.getByText("blind").closest("tr")?.textContent).toContain("above it in 90 days: not known");
});
