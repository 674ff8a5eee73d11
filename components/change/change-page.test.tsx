// @vitest-environment jsdom

import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ChangeDetail, UnitView } from "@/lib/domain/views/changes";
import { ChangePage } from "./change-page";
import { ChangesPage } from "./changes-page";
import { appliesOf, type FakeApi, fakeApi, refusal, renderForm } from "./testing/render-form";
import { setUpBrowser } from "./testing/set-up";
import { AT, changeDetail, consequence, planView, retentionOperation } from "./testing/views";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push }) }));

setUpBrowser();

let api: FakeApi;
beforeEach(() => {
  push.mockClear();
  api = fakeApi();
});

const PATH = "/api/changes/12";
const open = (change: ChangeDetail, search = "") => {
  api.get[PATH] = change;
  return renderForm(<ChangePage changeId={12} />, search);
};
const heading = () => screen.findByRole("heading", { level: 1, name: "Set retention to 3 days on 2 topics" });

describe("a change", () => {
  test("says how it went, each value before and after, why, and how to find it in the log", async () => {
    open(changeDetail());
    await heading();
    expect(screen.getByText("applied, verified")).toBeDefined();
    const row = screen.getByRole("row", { name: /kestrel\.positions/ });
    expect(row.textContent?.replaceAll(/[\u00a0\u202f]/g, " ")).toContain("7 days →  becomes 3 days");
    expect(screen.getByText("Backfill finished, ticket OPS-2217")).toBeDefined();
    expect(screen.getByText("0b6fd0c1-8f51-4c4c-9f1a-0a8d8f1f6b3e")).toBeDefined();
    expect(screen.getByText("No group loses a record.")).toBeDefined();
  });

  test.each([
    [true, 1],
    [false, 0],
  ])("can be paused where that is possible: %s", async (pausable, buttons) => {
    open(changeDetail({ state: "running", finishedAt: null, pausable }));
    await heading();
    expect(screen.queryAllByRole("button", { name: "Pause" })).toHaveLength(buttons);
    expect(screen.getByRole("button", { name: "Cancel the rest" })).toBeDefined();
  });

  test("shows the broker’s own sentence where it refused", async () => {
    const [first, second] = changeDetail().operationList;
    if (first === undefined || second === undefined) throw new Error("two operations");
    const failed = { ...second, state: "failed" as const, message: "Value must be at least -1 (broker 2)." };
    open(
      changeDetail({
        state: "partly",
        message: "1 of 2 was refused.",
        operations: { applied: 1, failed: 1 },
        operationList: [first, failed],
      }),
    );
    await heading();
    expect(screen.getByText("Value must be at least -1 (broker 2).")).toBeDefined();
    expect(screen.getByText("1 of 2 was refused.")).toBeDefined();
    expect(screen.getByRole("progressbar").getAttribute("aria-valuetext")).toBe("1 applied, 1 failed");
  });

  test("is looked at every second until it is finished, and no more then", async () => {
    const running = changeDetail({ state: "running", finishedAt: null, operations: { applied: 1, pending: 1 } });
    open(running);
    await heading();
    expect(screen.getByText("1 of 2 operations done", { exact: false })).toBeDefined();
    api.get[PATH] = changeDetail();
    await screen.findByText("applied, verified");
    const spy = vi.spyOn(globalThis, "fetch");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(spy.mock.calls.filter(([path]) => path === PATH)).toHaveLength(0);
  });

  test("an operator pauses, resumes and cancels what is under way; support only watches", async () => {
    const running = changeDetail({ state: "running", finishedAt: null, units: 2 });
    const paused = changeDetail({ state: "paused", finishedAt: null });
    api.apply = () => {
      api.get[PATH] = paused;
      return paused;
    };
    open(running);
    const pause = await screen.findByRole<HTMLButtonElement>("button", { name: "Pause" });
    await waitFor(() => expect(pause.disabled).toBe(false));
    fireEvent.click(pause);
    expect(await screen.findByRole("button", { name: "Resume" })).toBeDefined();
    expect(api.sent.map(({ path }) => path)).toEqual([`${PATH}/pause`]);
    cleanup();
    api.role = "support";
    open(running);
    expect((await screen.findByRole<HTMLButtonElement>("button", { name: "Cancel the rest" })).disabled).toBe(true);
  });

  test("one of one tenant leads to the same for the others of its tier, one of many does not", async () => {
    open(changeDetail({ kind: "retention", tenantIds: ["kestrel"], tenantCount: 1 }));
    const link = await screen.findByRole("link", { name: "Same setting, other tenants of Gold" });
    expect(link.getAttribute("href")).toBe("/tenants/change/retention?filter=tier%3Agold&value=3+days");
    cleanup();
    open(changeDetail({ kind: "retention", tenantIds: ["kestrel", "acme"], tenantCount: 2 }));
    await heading();
    expect(screen.queryByRole("link", { name: /^Same setting/ })).toBeNull();
  });

  test("units of a rollout are listed with what went wrong in each, and filtered by state", async () => {
    const unitList: ChangeDetail["unitList"] = [
      { unit: "tenant:a", name: "Acme", state: "applied", operations: { applied: 2 }, message: null },
      {
        unit: "tenant:b",
        name: "Birch",
        state: "conflict",
        operations: { conflict: 1 },
        message: "retention.ms was changed by somebody else.",
      },
    ];
    open(changeDetail({ units: 2, unitList, unitCounts: { applied: 1, conflict: 1 } }));
    await heading();
    const units = screen.getByRole("table", { name: "Units of the change" });
    expect(within(units).getByText("retention.ms was changed by somebody else.")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "conflict 1" }));
    await waitFor(() => expect(within(screen.getByRole("table", { name: "Units of the change" })).queryByText("Acme")).toBeNull());
  });

  test("units of a large rollout come from the server, in pages and by state, whatever comes with the change", async () => {
    const unit = (name: string, state: UnitView["state"]): UnitView => ({
      unit: `tenant:${name}`,
      name,
      state,
      operations: { [state]: 1 },
      message: null,
    });
    const page = (rows: UnitView[], total: number) => ({
      page: { total, nextCursor: rows.length < total ? "more" : null, version: "1", at: AT },
      rows,
    });
    api.get[`${PATH}/units`] = page([unit("acme", "applied")], 2_000);
    const spy = vi.spyOn(globalThis, "fetch");
    open(changeDetail({ units: 2_000, unitList: [unit("acme", "applied")], unitCounts: { applied: 1_999, failed: 1 } }));
    expect(await screen.findByRole("table", { name: "Units of the change" })).toBeDefined();
    api.get[`${PATH}/units`] = page([unit("zoe", "failed")], 1);
    fireEvent.click(screen.getByRole("button", { name: "failed 1" }));
    expect(await within(await screen.findByRole("table", { name: "Units of the change" })).findByText("zoe")).toBeDefined();
    const asked = spy.mock.calls.map(([path]) => String(path)).filter((path) => path.includes("/units"));
    expect(asked.at(-1)).toContain("state=failed");
  });

  test("is taken back by a plan of its own, with its consequences and a reason", async () => {
    const revert = { kind: "revert" as const, changeId: 12 };
    api.plan = () =>
      planView(revert, {
        title: "Take back change 12",
        operations: [retentionOperation("kestrel.positions", "604800000", 0)],
        consequences: [consequence({ class: "note", sentence: "What was deleted is gone." })],
      });
    api.apply = () => changeDetail({ id: 13 });
    open(changeDetail());
    fireEvent.click(await screen.findByRole("button", { name: "Revert" }));
    expect(await screen.findByText("What was deleted is gone.")).toBeDefined();
    expect(screen.getAllByText("Records that were deleted do not come back.").length).toBeGreaterThan(0);
    fireEvent.change(screen.getByRole("textbox", { name: /Reason/ }), { target: { value: "wrong topic" } });
    const apply = screen.getByRole<HTMLButtonElement>("button", { name: "Take back change 12" });
    await waitFor(() => expect(apply.disabled).toBe(false));
    fireEvent.click(apply);
    await waitFor(() => expect(push).toHaveBeenCalledWith("/changes/13"));
    expect(appliesOf(api)[0]).toMatchObject({ request: revert, reason: "wrong topic" });
  });

  test("one that cannot be taken back says why", async () => {
    open(changeDetail({ revert: { possible: false, reason: "Partitions cannot be taken away.", lost: [] } }));
    expect((await screen.findByRole<HTMLButtonElement>("button", { name: "Revert" })).disabled).toBe(true);
    expect(screen.getByText("Partitions cannot be taken away.")).toBeDefined();
  });

  test("one that does not exist says so", async () => {
    api.get[PATH] = refusal(404, "not_found", "There is no change 12.");
    renderForm(<ChangePage changeId={12} />);
    expect(await screen.findByRole("heading", { name: "There is no such change" })).toBeDefined();
  });
});

describe("the record of changes", () => {
  const page = (rows: ChangeDetail[]) => ({ page: { total: rows.length, nextCursor: null, version: "1", at: AT }, rows });

  test("says what, how it went, who, for whom and why; a row leads to the change", async () => {
    api.get["/api/changes"] = page([changeDetail({ revertedBy: [13], tenantCount: 812 })]);
    renderForm(<ChangesPage />);
    const row = await screen.findByRole("row", { name: /Set retention to 3 days/ });
    expect(within(row).getByRole("link", { name: "Set retention to 3 days on 2 topics" }).getAttribute("href")).toBe("/changes/12");
    expect(row.textContent).toContain("applied, verified · taken back by 13");
    expect(row.textContent).toContain("kestrel and 811 more");
    expect(within(row).getByText("Backfill finished, ticket OPS-2217")).toBeDefined();
  });

  test("the filters of the address are what is asked for and what is exported", async () => {
    api.get["/api/changes"] = page([]);
    const spy = vi.spyOn(globalThis, "fetch");
    renderForm(<ChangesPage />, "?q=ops&state=open&kind=quota&tenant=acme&cluster=c1&actor=ada&from=2026-11-01&to=2026-11-30");
    await screen.findByRole("heading", { name: "No change matches" });
    const asked = spy.mock.calls.map(([path]) => String(path)).find((path) => path.startsWith("/api/changes?")) ?? "";
    const query = Object.fromEntries(new URLSearchParams(asked.split("?")[1]));
    const filter = { q: "ops", state: "open", kind: "quota", tenant: "acme", cluster: "c1", actor: "ada" };
    // Both days are included; the API ends before its `to`.
    const days = { from: "2026-11-01T00:00:00.000Z", to: "2026-12-01T00:00:00.000Z" };
    expect(query).toEqual({ ...filter, ...days, limit: "100" });
    const csv = screen.getByRole("link", { name: "Export CSV" }).getAttribute("href") ?? "";
    expect(Object.fromEntries(new URLSearchParams(csv.split("?")[1]))).toEqual({ ...filter, ...days, format: "csv" });
  });

  test("a person and days are chosen above the list", async () => {
    api.get["/api/changes"] = page([changeDetail({ actor: "ada" })]);
    const spy = vi.spyOn(globalThis, "fetch");
    renderForm(<ChangesPage />);
    await screen.findByRole("row", { name: /Set retention to 3 days/ });
    fireEvent.change(screen.getByLabelText("Person"), { target: { value: "ada" } });
    fireEvent.change(screen.getByLabelText("From"), { target: { value: "2026-11-01" } });
    await waitFor(() => {
      const asked = spy.mock.calls.map(([path]) => new URLSearchParams(String(path).split("?")[1]));
      expect(asked.some((one) => one.get("actor") === "ada" && one.get("from") === "2026-11-01T00:00:00.000Z")).toBe(true);
    });
  });

  test("an address with a day that is none is read without it", async () => {
    api.get["/api/changes"] = page([]);
    const spy = vi.spyOn(globalThis, "fetch");
    renderForm(<ChangesPage />, "?from=yesterday&to=2026-13-45");
    await screen.findByRole("heading", { name: "Nothing was changed yet" });
    expect(spy.mock.calls.map(([path]) => String(path)).some((path) => /from=|to=/.test(path))).toBe(false);
  });

  test("without any change it says where they are made", async () => {
    api.get["/api/changes"] = page([]);
    renderForm(<ChangesPage />);
    expect(await screen.findByRole("heading", { name: "Nothing was changed yet" })).toBeDefined();
  });
});
