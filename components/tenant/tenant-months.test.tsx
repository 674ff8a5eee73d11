// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it, test, vi } from "vitest";
import { type FakeApi, fakeApi, renderForm } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import type { MonthUse } from "@/lib/domain/usage/month";
import type { TenantMonths as Months } from "@/lib/domain/views/months";
import { draftOfMonth, readMonthDraft } from "./month-draft";
import { TenantMonths } from "./tenant-months";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));
setUpBrowser();

const AT = "2026-11-01T03:00:00.000Z";
const USE: MonthUse = {
  minutesSeen: 43_200,
  minutesAbovePromise: 12,
  minutesThrottledAbove: null,
  minutesThrottledBelow: 5,
  minutesAtLimit: 17,
  minutesLagMissed: null,
  producedBytes: 1e9,
  consumedBytes: null,
  storedBytes: 5e9,
  storedAboveBytes: 0,
};
const ENTRY = { use: USE, at: AT, actor: null, reason: null };
const CORRECTED = { use: { ...USE, minutesThrottledBelow: 2 }, at: "2026-11-03T09:00:00.000Z", actor: "anna", reason: "agreed" };

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
  const months: Months = {
    months: [
      { month: "2026-11", closed: false, use: USE, entries: [] },
      { month: "2026-10", closed: true, use: CORRECTED.use, entries: [ENTRY, CORRECTED] },
      { month: "2026-09", closed: true, use: USE, entries: [ENTRY] },
    ],
  };
  api.get["/api/tenants/acme/months"] = months;
});

const table = () => screen.findByRole("table", { name: "Contract and use by month" });
const rowsOf = async () => (await within(await table()).findAllByRole("row")).slice(1).map((row) => row.textContent ?? "");

it("shows each entry, the one that counts first, and what was not known", async () => {
  renderForm(<TenantMonths tenantId="acme" />);
  const [running, inForce, before, closed] = await rowsOf();
  expect(running).toContain("2026-11running");
  expect(inForce).toContain("2026-10corrected 2026-11-03");
  expect(before).toContain("closed 2026-11-01");
  expect(within(screen.getByRole("list", { name: "Corrections" })).getByRole("listitem").textContent).toMatch(
    /^2026-10, corrected .* by anna: agreed$/,
  );
  expect(closed).toContain("not known");
  expect(closed).toContain("≥ 17");
  expect(
    within(await table())
      .getAllByRole("row")[3]
      ?.querySelector("s")?.textContent,
  ).toBe("43,200");
});

it("lets an operator add a correction with a reason, and nobody else", async () => {
  renderForm(<TenantMonths tenantId="acme" />);
  const buttons = await screen.findAllByRole("button", { name: /^Correct 2026/ });
  expect(buttons.map((button) => button.getAttribute("aria-label"))).toEqual(["Correct 2026-10", "Correct 2026-09"]);
  fireEvent.click(screen.getByRole("button", { name: "Correct 2026-09" }));
  const add = await screen.findByRole<HTMLButtonElement>("button", { name: "Add the correction" });
  const type = (name: string, value: string) => fireEvent.change(screen.getByRole("textbox", { name }), { target: { value } });
  type("Reason", "a broker of ours was down");
  expect(add.disabled).toBe(true);
  type("Throttled below it, minutes", "five");
  expect(add.disabled).toBe(true);
  expect(screen.getByText("Write whole minutes, such as 120.")).toBeDefined();
  type("Throttled below it, minutes", "0");
  type("Produced", "");
  fireEvent.click(add);
  await waitFor(() =>
    expect(api.sent).toEqual([
      {
        path: "/api/tenants/acme/months",
        body: { month: "2026-09", use: { ...USE, minutesThrottledBelow: 0, producedBytes: null }, reason: "a broker of ours was down" },
      },
    ]),
  );
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

it.each(["support", "product"])("offers none to the role %s", async (role) => {
  api.role = role as FakeApi["role"];
  renderForm(<TenantMonths tenantId="acme" />);
  await rowsOf();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(screen.queryByRole("button", { name: /^Correct/ })).toBeNull();
});

test("a month that is typed as it stands is the same month", () => {
  const odd: MonthUse = { ...USE, producedBytes: 1_234_567_891, storedAboveBytes: null };
  expect(readMonthDraft(draftOfMonth(odd))).toEqual({ use: odd, problems: {} });
  expect(readMonthDraft({ ...draftOfMonth(odd), minutesSeen: "" }).problems).toEqual({ minutesSeen: expect.any(String) });
});
