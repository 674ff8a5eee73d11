// @vitest-environment jsdom
import { cleanup, screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { renderAnswer } from "@/components/change/testing/render-answer";
import { setUpBrowser } from "@/components/change/testing/set-up";
import type { NoisyRow, NoisyView } from "@/lib/domain/views/noisy";
import { NoisyPage } from "./noisy-page";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push: vi.fn() }) }));
setUpBrowser();

const AT = "2026-11-23T12:00:00.000Z";
const row = (tenantId: string, change: Partial<NoisyRow> = {}): NoisyRow => ({
  tenantId,
  tenantName: tenantId.toUpperCase(),
  clusterId: "c1",
  clusterName: "Events",
  brokerId: 2,
  resource: "in",
  verdict: "noisy",
  share: 0.29,
  entitlement: 0.12,
  times: 2.4,
  rate: 1e7,
  brokerRate: 3.4e7,
  signs: ["request handlers idle 24 %"],
  since: AT,
  source: "measured",
  pool: null,
  ...change,
});
const VIEW: NoisyView = {
  from: AT,
  to: AT,
  live: true,
  momentAt: null,
  ranking: [
    row("kestrel"),
    row("acme", { verdict: "unpromised", entitlement: null, times: null, rate: null, brokerRate: null, source: null }),
  ],
  rankingTotal: 2,
  episodes: [
    {
      row: row("kestrel"),
      sentence: "KESTREL takes 29 %.",
      peakShare: 0.3,
      victims: [
        {
          groupId: "acme.app",
          tenantId: "acme",
          tenantName: "ACME",
          beforeMs: null,
          nowMs: null,
          beforeRecords: 1,
          nowRecords: 5_000,
          objectiveMs: null,
        },
      ],
      mechanism: null,
      causes: [],
      next: [{ label: "Plan a quota", href: "/tenants/kestrel/change/quota" }],
    },
  ],
  others: [],
  heat: {
    stepMs: 60_000,
    keptMinutes: 1,
    times: [0, 60_000],
    rows: [{ tenantId: "kestrel", name: "KESTREL", values: [2.4, null] }],
    seen: 9,
    cut: true,
    withoutPools: false,
  },
  unseen: [{ clusterId: "c2", clusterName: "Silo", reason: "No broker tells." }],
  unseenPools: [],
  at: AT,
};

const show = (view: NoisyView, search = "") => renderAnswer(view, <NoisyPage />, search);

it("says who is noisy, who fell behind, what can be done, and what cannot be seen", async () => {
  show(VIEW);
  const box = await screen.findByRole("region", { name: "KESTREL, noisy" });
  expect(within(box).getByText("KESTREL takes 29 %.")).toBeTruthy();
  expect(within(box).getByRole("link", { name: "Plan a quota" }).getAttribute("href")).toBe("/tenants/kestrel/change/quota");
  expect(within(box).getByText("5,000 records")).toBeTruthy();
  const ranking = screen.getByRole("table", { name: "Tenants by share against entitlement" });
  expect(within(ranking).getByText("Nothing promised")).toBeTruthy();
  expect(within(ranking).getByText("not kept")).toBeTruthy();
  expect(screen.getByText(/No broker tells\./)).toBeTruthy();
  expect(screen.getByText(/the loudest 1 of 9 tenants, steps of 1.minute, kept by 1.minute/)).toBeTruthy();
});

it("offers what may be forwarded only of the tenant it is about", async () => {
  show(VIEW);
  await screen.findByRole("link", { name: "Markdown, internal" });
  expect(screen.queryByRole("link", { name: "Markdown, safe to forward" })).toBeNull();
  cleanup();
  const asked = show(VIEW, "?tenant=acme&resource=out");
  const link = await screen.findByRole("link", { name: "Markdown, safe to forward" });
  expect(asked[0]).toContain("tenant=acme");
  expect(asked[0]).toContain("resource=out");
  expect(decodeURIComponent(link.getAttribute("href") ?? "")).not.toContain("KESTREL");
  expect(screen.getByText("Who was loud beside it")).toBeTruthy();
});

it("says so when nobody is, and when nothing is kept of a time", async () => {
  show({ ...VIEW, episodes: [], ranking: [], heat: { ...VIEW.heat, rows: [], seen: 0 } });
  expect(await screen.findByText("Nobody is noisy or loud now.")).toBeTruthy();
  expect(screen.getByText(/Nothing is kept of this time yet/)).toBeTruthy();
  cleanup();
  show({ ...VIEW, live: false, episodes: [], ranking: [] });
  expect(await screen.findByText("nothing is kept of this time")).toBeTruthy();
  expect(screen.queryByText("Nobody is noisy or loud now.")).toBeNull();
});

it("shows tenants of pools by the hour with their intervals, and that they have no cells of minutes", async () => {
  const pool: NoisyRow["pool"] = {
    from: AT,
    until: "2026-11-23T13:00:00.000Z",
    share: { low: 0.31, value: 0.38, high: 0.45 },
    rateBytesPerSecond: { low: 7e6, value: 8e6, high: 9e6 },
    times: { low: 2.1, value: 2.5, high: 3 },
    promiseBytesPerSecond: 4e6,
    promise: "above",
    because: null,
    sentence: "ACME took much.",
  };
  const told = row("acme", { brokerId: null, source: "estimated", share: 0.38, times: 2.5, pool });
  const unsure = row("brook", {
    brokerId: null,
    verdict: "unknown",
    source: "estimated",
    pool: { ...pool, promise: "unknown", because: "The interval of its estimate holds the promise." },
  });
  const unseenPools = [{ clusterId: "c9", clusterName: "Shared", from: AT, reason: "No shared topic was sampled for this hour." }];
  show({ ...VIEW, ranking: [told, unsure], unseenPools, heat: { ...VIEW.heat, withoutPools: true } });
  const ranking = await screen.findByRole("table", { name: "Tenants by share against entitlement" });
  const [first = "", second = ""] = within(ranking)
    .getAllByRole("row")
    .slice(1)
    .map(({ textContent }) => textContent ?? "");
  expect(first).toMatch(/ACME.*Noisy.*by the hour, .* to .*38\s%\s31\s%–45\s%.*2\.5\s2\.1–3\.0/);
  expect(second).toContain("Cannot tell");
  expect(screen.getByText(/Tenants of pools on/).textContent).toContain("No shared topic was sampled for this hour.");
  expect(screen.getByText(/Tenants of pools are known by the hour only/)).toBeTruthy();
});
