// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { type FakeApi, fakeApi, refusal, renderForm } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import type { BrokerSize, BrokerWhatIf } from "@/lib/domain/views/what-if";
import { BrokerWhatIfSection } from "./broker-what-if";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));
setUpBrowser();

const AT = "2026-11-23T12:00:00.000Z";
const size = (brokers: number, change: Partial<BrokerSize> = {}): BrokerSize => ({
  brokers,
  isNow: brokers === 3,
  isTaken: brokers % 3 === 0,
  produce: { capacity: brokers * 1e6, capacityOneDown: (brokers - 1) * 1e6 },
  consume: { capacity: null, capacityOneDown: null },
  dollarsPerMonth: brokers * 300,
  throttled: brokers < 3 ? 1 : 0,
  throttledOneDown: 0,
  ...change,
});
const VIEW: BrokerWhatIf = {
  clusterId: "c1",
  clusterName: "Events",
  reason: null,
  sizes: [size(2), size(3), size(4)],
  promised: { produce: 3e6, consume: 1 },
  bound: { produce: 3e6, consume: 1 },
  peak: { produce: 1e6, consume: null },
  tenants: [
    {
      tenantId: "acme",
      tenantName: "Acme",
      direction: "produce",
      peakBytesPerSecond: 2_500,
      isCutOff: true,
      quotaBytesPerSecond: 1_000,
      partitions: 3,
      bySize: [
        { brokersLeading: 2, share: 1.25, by: "even", shareOneDown: 2.5 },
        { brokersLeading: 3, share: 0.83, by: "even", shareOneDown: 1.25 },
        { brokersLeading: 3, share: 0.83, by: "hottest", shareOneDown: 1.25 },
      ],
    },
  ],
  tenantsTotal: 1,
  unseen: 2,
  notes: ["Quotas stay as they are."],
  from: AT,
  to: AT,
};

const statusOf = (actor: object) => ({ clusters: [{ id: "c1", name: "Events" }], collector: "running", actor, tenants: 1, now: AT });
let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
  const actor = { name: "paul", role: "product", limited: null };
  api.get["/api/status"] = statusOf(actor);
  api.get["/api/clusters/c1/what-if"] = VIEW;
});

it("asks for nothing until a cluster is chosen, then shows each size against the present one", async () => {
  renderForm(<BrokerWhatIfSection />);
  await screen.findByRole("option", { name: "Events" });
  expect(screen.queryByRole("table")).toBeNull();
  fireEvent.change(screen.getByRole("combobox", { name: "On" }), { target: { value: "c1" } });
  const sizes = await screen.findByRole("table", { name: "The cluster by number of brokers" });
  const [, less, now, more] = within(sizes).getAllByRole("row");
  expect(less?.textContent).toMatch(/no size that MSK takes.*2.0.MB\/s.*150.%.*one down 300.%.*50.%.*unknown.*\$600−\$300/);
  expect(now?.textContent).toMatch(/as it is now.*\$900$/);
  expect(more?.textContent).toContain("+$300");
});

it("names who would be throttled, with what is not known of others", async () => {
  renderForm(<BrokerWhatIfSection />, "?whatIf=c1");
  const table = await screen.findByRole("table", { name: /Who would be throttled/ });
  expect(within(table).getByText("Acme").closest("tr")?.textContent).toMatch(/≥ 2.5.kB\/s.*≥ 125.%one down ≥ 250.%/);
  expect(screen.getByText(/Of 2 tenants with a quota there nothing is kept/)).toBeTruthy();
  expect(screen.getByText("Quotas stay as they are.")).toBeTruthy();
});

it("links to tenants for those alone who reach their pages", async () => {
  const first = renderForm(<BrokerWhatIfSection />, "?whatIf=c1");
  expect(within(await screen.findByRole("table", { name: /Who would be throttled/ })).queryByRole("link")).toBeNull();
  first.unmount();
  api.get["/api/status"] = statusOf({ name: "sam", role: "support", limited: null });
  renderForm(<BrokerWhatIfSection />, "?whatIf=c1");
  const link = await screen.findByRole("link", { name: "Acme" });
  expect(link.getAttribute("href")).toContain("/tenants/");
});

it("says to who is limited that a cluster is everybody's, and asks nothing", async () => {
  api.get["/api/status"] = statusOf({ name: "paul", role: "product", limited: "tenants acme" });
  renderForm(<BrokerWhatIfSection />, "?whatIf=c1");
  expect(await screen.findByText(/limited to tenants acme; for what-ifs of a whole cluster it takes/)).toBeTruthy();
  expect(screen.queryByRole("combobox")).toBeNull();
});

it("says why nothing can be said, and that it could not be worked out", async () => {
  api.get["/api/clusters/c1/what-if"] = { ...VIEW, reason: "It is serverless." };
  const first = renderForm(<BrokerWhatIfSection />, "?whatIf=c1");
  expect(await screen.findByText("It is serverless.")).toBeTruthy();
  first.unmount();
  api.get["/api/clusters/c1/what-if"] = refusal(503, "unavailable", "The store does not answer.");
  renderForm(<BrokerWhatIfSection />, "?whatIf=c1");
  expect(await screen.findByText(/It could not be worked out: The store does not answer/)).toBeTruthy();
});
