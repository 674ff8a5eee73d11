// @vitest-environment jsdom
import { screen } from "@testing-library/react";
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
  const pool: Pool = { parts: [], reported: [part] };
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
