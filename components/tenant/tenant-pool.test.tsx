// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { type FakeApi, fakeApi, renderForm } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import { reportedFrom } from "@/lib/domain/reported";
import type { TenantPool as Pool, ReportedPart } from "@/lib/domain/views/pool";
import { TenantPool } from "./tenant-pool";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push: vi.fn() }) }));
setUpBrowser();

const AT = "2026-11-23T10:00:00.000Z";
const FROM = reportedFrom({ kafka: { topic: "acme.usage", tenant: { key: true }, produce: "$.in", consume: "$.out" } });

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
});

async function shown(more: Partial<ReportedPart>): Promise<string> {
  const part: ReportedPart = {
    clusterId: "shared-1",
    from: FROM,
    produceBytesPerSecond: { source: "reported", value: 2_000, at: AT },
    consumeBytesPerSecond: null,
    away: null,
    ...more,
  };
  const pool: Pool = { parts: [], reported: [part], hours: [], hoursUnseen: [] };
  api.get["/api/tenants/acme/pool"] = pool;
  renderForm(<TenantPool tenantId="acme" />);
  const line = (await screen.findByText(/^Reported on shared-1 by/)).closest("p");
  return line?.textContent ?? "";
}

it("says that the number comes from the usage topic, reported and as of when", async () => {
  const line = await shown({});
  expect(line).toMatch(/^Reported on shared-1 by the usage topic acme\.usage: produce 2\.0\skB\/s/);
  expect(line).toContain("as of");
  expect(line).not.toContain("consume");
  expect(screen.getByRole("img", { name: /reported/i })).toBeDefined();
});

it("says why the topic's numbers do not count, with what can be done, and shows none in their place", async () => {
  const reason = "the usage topic acme.usage has reported nothing of it yet. The broker refuses this for the topic.";
  const remedy = "Allow READ on topic 'acme.usage' to the console's user (with IAM: kafka-cluster:ReadData).";
  const produceBytesPerSecond = { source: "unavailable" as const, reason, remedy, at: AT };
  const line = await shown({ produceBytesPerSecond, away: { reason, remedy } });
  expect(line).toContain(reason);
  expect(line).toContain("Allow READ on topic 'acme.usage'");
  expect(line).not.toMatch(/\d B\/s/);
});

it("tells what it took by the hour with the interval, and why it cannot tell", async () => {
  const hour: Pool["hours"][number] = {
    from: AT,
    until: "2026-11-23T11:00:00.000Z",
    share: { low: 0.31, value: 0.38, high: 0.45 },
    rateBytesPerSecond: { low: 7e6, value: 8e6, high: 9e6 },
    times: { low: 1.2, value: 1.5, high: 1.8 },
    promiseBytesPerSecond: 8e6,
    promise: "unknown",
    because: "The interval of its estimate holds the promise.",
    sentence: "",
    clusterId: "shared-1",
    direction: "produce",
    verdict: "unknown",
    source: "estimated",
  };
  const above = { ...hour, from: "2026-11-23T09:00:00.000Z", promise: "above" as const, because: null };
  const hoursUnseen = [{ clusterId: "shared-2", reason: "No shared topic was sampled for this hour." }];
  api.get["/api/tenants/acme/pool"] = { parts: [], reported: [], hours: [hour, above], hoursUnseen } satisfies Pool;
  renderForm(<TenantPool tenantId="acme" />);
  const table = await screen.findByRole("table", { name: "What it took of the pool by the hour" });
  const [first = "", second = ""] = within(table)
    .getAllByRole("row")
    .slice(1)
    .map(({ textContent }) => textContent ?? "");
  expect(first).toMatch(/38\s%\s31\s%–45\s%/);
  expect(first).toContain("cannot tell: The interval of its estimate holds the promise.");
  expect(second).toMatch(/above its promise of 8\.0\sMB\/s/);
  expect(screen.getByText(/Of the last hour on shared-2 nothing can be told: No shared topic was sampled/)).toBeDefined();
});
