// @vitest-environment jsdom

import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ChangeRequest, RequestOf } from "@/lib/domain/change/request";
import { SameForTier } from "./same-for-tier";
import { TenantChange } from "./tenant-change";
import { type FakeApi, fakeApi, plansOf, renderForm } from "./testing/render-form";
import { setUpBrowser } from "./testing/set-up";
import { planView, tenant } from "./testing/views";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push: vi.fn() }) }));

setUpBrowser();

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
  const tier = { id: "silver", name: "Silver", model: "bridge", skewAllowance: 1.25, tenantCount: 3 };
  api.get["/api/tiers"] = { tiers: [tier, { ...tier, ...tenant.tier }, { ...tier, id: "old", name: "Old", archived: true }] };
});

const open = (what: "quota" | "tier" | "message-size", value = "", consume = "") =>
  renderForm(<TenantChange tenantId="kestrel" what={what} prefill={{ value, reason: "", consume, percent: "", size: "" }} />);
const last = (kind: ChangeRequest["kind"]) => plansOf(api, (request) => request.kind === kind).at(-1)?.request;
const type = async (name: string, text: string) =>
  fireEvent.change(await screen.findByRole("textbox", { name }), { target: { value: text } });

test.each(["quota", "tier", "message-size"] as const)("the form for %s leads to the same for all tenants of the tier", async (what) => {
  open(what);
  const link = await screen.findByRole("link", { name: "Same setting, other tenants of Gold" });
  expect(link.getAttribute("href")).toBe(`/tenants/change/${what}?filter=tier%3Agold`);
});

test.each<[RequestOf<"quota" | "tier" | "retention" | "message-size">, string]>([
  [
    { kind: "quota", scope: { tenantIds: ["kestrel"] }, produceBytesPerSecond: 8_000_000, consumeBytesPerSecond: null },
    "/tenants/change/quota?filter=tier%3Agold&value=8+MB%2Fs&consume=no+quota",
  ],
  [
    { kind: "retention", scope: { tenantIds: ["kestrel"] }, retentionMs: "tier", retentionBytes: 5_000_000_000 },
    "/tenants/change/retention?filter=tier%3Agold&value=as+the+tier+says&size=5+GB",
  ],
  [
    { kind: "message-size", scope: { tenantIds: ["kestrel"] }, maxMessageBytes: 2_097_152 },
    "/tenants/change/message-size?filter=tier%3Agold&value=2+MiB",
  ],
  [
    { kind: "tier", scope: { tenantIds: ["kestrel"] }, tierId: "silver", dropOverrides: [] },
    "/tenants/change/tier?filter=tier%3Agold&value=silver",
  ],
])("a change that was made leads to the same with its values: %j", async (request, address) => {
  renderForm(<SameForTier tenantId="kestrel" what={request.kind} request={request} />);
  const link = await screen.findByRole("link", { name: "Same setting, other tenants of Gold" });
  expect(link.getAttribute("href")).toBe(address);
});

test("where there is no form for many tenants no link leads to one", async () => {
  renderForm(
    <>
      <SameForTier tenantId="kestrel" what="partitions" />
      <SameForTier tenantId="kestrel" what="message-size" />
    </>,
  );
  await screen.findByText("Gold");
  expect(screen.getAllByRole("link", { name: /^Same setting/ })).toHaveLength(1);
});

describe("quotas", () => {
  test("only what is given is part of the change, in bytes per second", async () => {
    open("quota");
    await type("Produce after, as a whole", "8 MB/s");
    await waitFor(() =>
      expect(last("quota")).toEqual({ kind: "quota", scope: { tenantIds: ["kestrel"] }, produceBytesPerSecond: 8_000_000 }),
    );
    await type("Consume after, as a whole", "no quota");
    await type("Request share after, as a whole", "150 %");
    await waitFor(() => expect(last("quota")).toMatchObject({ consumeBytesPerSecond: null, requestPercent: 150 }));
  });

  test("both directions can be brought by the address", async () => {
    open("quota", "8 MB/s", "as the tier says");
    await waitFor(() => expect(last("quota")).toMatchObject({ produceBytesPerSecond: 8_000_000, consumeBytesPerSecond: "tier" }));
  });

  test("one value that cannot be read keeps all of it from being planned", async () => {
    open("quota");
    // First, so that the other one is never planned by itself, however slowly it is typed.
    await type("Consume after, as a whole", "20 MB");
    expect(await screen.findByText("20 MB is a size. A quota is a rate: 20 MB/s.")).toBeDefined();
    await type("Produce after, as a whole", "8 MB/s");
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(last("quota")).not.toMatchObject({ produceBytesPerSecond: 8_000_000 });
  });

  test("each rule shows how its value follows, and what its brokers saw in the last hour", async () => {
    api.plan = (request) =>
      planView(request, {
        picture: {
          kind: "quota",
          rows: [
            {
              tenantId: "kestrel",
              clusterId: "c1",
              entity: "user kestrel",
              key: "producer_byte_rate",
              now: 5_000_000,
              after: 3_400_000,
              promised: 8_000_000,
              arithmetic: "8 MB/s × 1.25 / 3 brokers",
              brokers: [
                { brokerId: 1, peakPerSecond: 3_600_000, meanPerSecond: 2_400_000, minutesAbove: 12, minutesSeen: 60 },
                { brokerId: 2, peakPerSecond: null, meanPerSecond: null, minutesAbove: null, minutesSeen: 0 },
              ],
            },
          ],
        },
      });
    open("quota", "8 MB/s");
    expect(await screen.findByText("8 MB/s × 1.25 / 3 brokers")).toBeDefined();
    expect(screen.getByRole("row", { name: /^1 .*12 of 60 min/ })).toBeDefined();
    expect(screen.getByRole("row", { name: /^2 .*unknown.*not seen/ })).toBeDefined();
  });
});

describe("the tier", () => {
  const key = "retentionMs|||";

  test("another tier keeps all overrides but those whose mark was taken away", async () => {
    open("tier");
    expect(((await screen.findByRole("radio", { name: /Gold/ })) as HTMLInputElement).checked).toBe(true);
    expect(screen.queryByRole("radio", { name: "Old" })).toBeNull();
    fireEvent.click(screen.getByRole("radio", { name: "Silver" }));
    const scope = { tenantIds: ["kestrel"] };
    await waitFor(() => expect(last("tier")).toEqual({ kind: "tier", scope, tierId: "silver", dropOverrides: [] }));
    fireEvent.click(screen.getByRole("checkbox", { name: /retention time/ }));
    await waitFor(() => expect(last("tier")).toEqual({ kind: "tier", scope, tierId: "silver", dropOverrides: [key] }));
  });

  test("overrides can end without another tier", async () => {
    open("tier");
    fireEvent.click(await screen.findByRole("checkbox", { name: /retention time/ }));
    await waitFor(() => expect(last("tier")).toMatchObject({ tierId: "gold", dropOverrides: [key] }));
  });
});

test("the message size shows each step a record passes, and which does not admit it", async () => {
  api.plan = (request) =>
    planView(request, {
      picture: {
        kind: "message-size",
        steps: [
          { where: "topics", key: "max.message.bytes", bytes: 4_194_304, source: "topic", fits: true },
          { where: "brokers", key: "replica.fetch.max.bytes", bytes: 1_048_576, source: "broker", fits: false },
          { where: "producers", key: "max.request.size", bytes: null, source: "not seen", fits: null },
        ],
        largestRecordBytes: {
          source: "unavailable",
          reason: "No records were looked at.",
          remedy: "Choose a topic.",
          at: planView(request).factsAt,
        },
        marks: [],
      },
    });
  open("message-size", "4 MiB");
  await waitFor(() => expect(last("message-size")).toMatchObject({ maxMessageBytes: 4_194_304 }));
  expect(await screen.findByRole("row", { name: /replica\.fetch\.max\.bytes .*does not fit/ })).toBeDefined();
  expect(screen.getByRole("row", { name: /max\.request\.size unknown .*cannot be seen/ })).toBeDefined();
});
