// @vitest-environment jsdom

import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { appliesOf, type FakeApi, fakeApi, plansOf, renderForm } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import { AT, changeDetail, planView, retentionOperation, tenant } from "@/components/change/testing/views";
import type { ConditionView } from "@/lib/domain/views/common";
import type { TenantDetail } from "@/lib/domain/views/tenants";
import { BrakeButton } from "./brake-button";
import { BrakeLine } from "./brake-line";
import { brakeBase } from "./brake-request";
import { managedRequest } from "./managed-dialog";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push: vi.fn() }) }));
vi.mock("next/link", () => ({
  default: ({ children, href }: { children: React.ReactNode; href: string }) => <a href={href}>{children}</a>,
}));

setUpBrowser();

type Use = TenantDetail["produce"];
function use(quotas: (number | null)[], rate = 0): Use {
  const brokers = [
    { brokerId: 1, bytesPerSecond: rate, source: "measured" as const, quotaBytesPerSecond: null, share: null, throttleMs: null },
  ];
  return {
    ...tenant.produce,
    buckets: quotas.map((value) => ({
      clusterId: "c1",
      bucket: "user kestrel",
      quota: value === null ? null : { key: "producer_byte_rate", value, step: 3, entity: "user kestrel", shadows: [] },
      brokers,
    })),
  };
}

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
  api.plan = (request) => planView(request, { title: "Brake Kestrel", operations: [retentionOperation("kestrel.scans", "1", 1)] });
  api.get["/api/tenants/kestrel"] = { ...tenant, produce: use([100_000, 60_000]), consume: use([null], 40_000) };
  api.get["/api/changes/12"] = changeDetail({ title: "Brake Kestrel" });
});

const open = async () => {
  renderForm(<BrakeButton tenantId="kestrel" />);
  fireEvent.click(await screen.findByRole("button", { name: "Brake" }));
};
const last = () => plansOf(api, ({ kind }) => kind === "brake").at(-1)?.request;

describe("the brake", () => {
  test("is open where the address says so, as the palette's does", async () => {
    renderForm(<BrakeButton tenantId="kestrel" />, "?brake=true");
    expect(await screen.findByText(/Holds Kestrel Logistics back on each broker/)).toBeDefined();
    await waitFor(() => expect(last()).toMatchObject({ kind: "brake", tenantId: "kestrel" }));
  });

  test("is planned as the popover opens, and the second click applies it", async () => {
    await open();
    const apply = await screen.findByRole("button", { name: "Brake Kestrel" });
    await waitFor(() => expect((apply as HTMLButtonElement).disabled).toBe(false));
    const request = { kind: "brake", tenantId: "kestrel", produceBytesPerSecond: 30_000, consumeBytesPerSecond: 20_000, minutes: 30 };
    expect(last()).toEqual(request);
    expect(appliesOf(api)).toEqual([]);
    fireEvent.click(apply);
    await screen.findByRole("link", { name: "Open change 12" });
    expect(appliesOf(api).map((body) => body.request)).toEqual([request]);
  });

  test("direction, share, a rate of one's own and the time are part of the request", async () => {
    await open();
    fireEvent.click(await screen.findByRole("button", { name: "Produce" }));
    fireEvent.click(screen.getByRole("button", { name: "A quarter" }));
    fireEvent.click(screen.getByRole("button", { name: /^10.min/ }));
    await waitFor(() => expect(last()).toEqual({ kind: "brake", tenantId: "kestrel", produceBytesPerSecond: 15_000, minutes: 10 }));
    fireEvent.click(screen.getByRole("button", { name: "Other" }));
    const rate = screen.getByRole("textbox", { name: "On each broker" });
    fireEvent.change(rate, { target: { value: "7 kB" } });
    expect(screen.getByText("7 kB is a size. A quota is a rate: 7 kB/s.")).toBeDefined();
    fireEvent.change(rate, { target: { value: "no quota" } });
    expect(screen.getByText(/A brake needs a rate/)).toBeDefined();
    fireEvent.change(rate, { target: { value: "7 kB/s" } });
    await waitFor(() => expect(last()).toMatchObject({ produceBytesPerSecond: 7000 }));
  });

  test("somebody of support sees the plan, and why it cannot be applied", async () => {
    api.role = "support";
    await open();
    await screen.findByText(/Only operators apply changes/);
    expect((screen.getByRole("button", { name: "Brake Kestrel" }) as HTMLButtonElement).disabled).toBe(true);
  });

  test("a share is of the lowest quota, else of the busiest broker's rate, else of nothing", () => {
    expect(brakeBase(use([100_000, 60_000], 5))).toEqual({ bytesPerSecond: 60_000, of: "quota" });
    expect(brakeBase(use([null], 40_000))).toEqual({ bytesPerSecond: 40_000, of: "rate" });
    expect(brakeBase(use([null]))).toBeNull();
    expect(brakeBase(use([]))).toBeNull();
  });
});

describe("under a brake", () => {
  const condition: ConditionView = {
    id: "brake.active|kestrel",
    rule: "brake.active",
    severity: "warn",
    label: "Under a brake",
    sentence: "It is held to 20 kB/s a broker to produce by a brake of ada until 14:30 UTC.",
    evidence: { until: AT, changeId: 12, reason: null },
    tenantId: "kestrel",
    clusterId: null,
    subject: "brake",
    since: AT,
    until: null,
    acknowledged: null,
  };

  test("one that could not be taken back says so with the reason, and not that it is being taken back", () => {
    const sentence = "It is still held to 20 kB/s: release it by hand. Change 13 could not take it back: There is no cluster c9.";
    const late = {
      ...condition,
      rule: "brake.not-lifted",
      severity: "danger" as const,
      sentence,
    };
    renderForm(<BrakeLine tenant={{ ...tenant, conditions: [late] }} />);
    expect(screen.getByText(sentence)).toBeDefined();
    expect(screen.queryByText(/being taken back/)).toBeNull();
  });

  test("the page says how far, by whom and how long still, and releases it", async () => {
    const evidence = { ...condition.evidence, until: new Date(Date.now() + 600_000).toISOString() };
    renderForm(<BrakeLine tenant={{ ...tenant, conditions: [{ ...condition, evidence }] }} />);
    expect(screen.getByText(condition.sentence)).toBeDefined();
    expect(screen.getByText(/Ends in (9 m|10 m|10 min)/)).toBeDefined();
    expect(screen.getByRole("link", { name: "Change 12" }).getAttribute("href")).toBe("/changes/12");
    fireEvent.click(await screen.findByRole("button", { name: "Release" }));
    await waitFor(() =>
      expect(plansOf(api, ({ kind }) => kind === "brake-release").at(-1)?.request).toEqual({ kind: "brake-release", tenantId: "kestrel" }),
    );
  });

  test("nothing is said where there is none", () => {
    const { container } = renderForm(<BrakeLine tenant={tenant} />);
    expect(container.textContent).toBe("");
  });
});

test.each<[string, string | null, ReturnType<typeof managedRequest>]>([
  ["Terraform ", null, { kind: "managed-elsewhere", tenantId: "acme", by: "Terraform" }],
  [" ", "Terraform", { kind: "managed-elsewhere", tenantId: "acme", by: null }],
  ["Terraform", "Terraform", null],
  ["", null, null],
])("managed by %j after %j", (text, now, request) => expect(managedRequest("acme", text, now)).toEqual(request));
