// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { type FakeApi, fakeApi, plansOf, renderForm } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import { tenant } from "@/components/change/testing/views";
import type { BulkChange as What } from "@/lib/domain/paths";
import { BulkChange } from "./bulk-change";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push: vi.fn() }) }));
setUpBrowser();

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
  api.get["/api/tiers"] = { tiers: [{ ...tenant.tier, id: "silver", name: "Silver", tenantCount: 3 }] };
});

const NOTHING = { value: "", reason: "", consume: "", percent: "", size: "" };

test.each<[What, Partial<typeof NOTHING>, object]>([
  [
    "quota",
    { value: "8 MB/s", consume: "no quota", percent: "5 %" },
    { produceBytesPerSecond: 8_000_000, consumeBytesPerSecond: null, requestPercent: 5 },
  ],
  ["retention", { value: "3 days", size: "5 GB" }, { retentionMs: 259_200_000, retentionBytes: 5_000_000_000 }],
  ["message-size", { value: "2 MiB" }, { maxMessageBytes: 2_097_152 }],
  ["tier", { value: "silver" }, { tierId: "silver" }],
])("the form for %s of many begins with what its address brings", async (what, brought, values) => {
  renderForm(<BulkChange what={what} given={{ filter: "tier:gold" }} prefill={{ ...NOTHING, ...brought }} />);
  await waitFor(() =>
    expect(plansOf(api, ({ kind }) => kind === what).at(-1)?.request).toMatchObject({ scope: { filter: "tier:gold" }, ...values }),
  );
  expect(screen.getByText("tier:gold")).toBeDefined();
});

test("an address that names nobody is a page of its own, with its heading", async () => {
  renderForm(<BulkChange what="message-size" given={{}} prefill={NOTHING} />);
  expect(await screen.findByRole("heading", { level: 1, name: "Nobody is chosen" })).toBeDefined();
});
