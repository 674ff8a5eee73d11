// @vitest-environment jsdom

import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { TenantChange } from "./tenant-change";
import { appliesOf, type FakeApi, fakeApi, plansOf, refusal, renderForm } from "./testing/render-form";
import { setUpBrowser } from "./testing/set-up";
import { consequence, DAY, losingPlan, planView, topics } from "./testing/views";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push }) }));

setUpBrowser();

let api: FakeApi;
beforeEach(() => {
  push.mockClear();
  api = fakeApi();
});

const open = (prefill = { value: "", reason: "" }) =>
  renderForm(<TenantChange tenantId="kestrel" what="retention" prefill={{ consume: "", percent: "", size: "", ...prefill }} />);
const input = () => screen.findByRole<HTMLInputElement>("textbox", { name: "After" });
const give = async (text: string) => fireEvent.change(await input(), { target: { value: text } });
const button = (name: RegExp = /^Set retention to 3 days/) => screen.findByRole<HTMLButtonElement>("button", { name });
const isKept = (days: number) => (request: ChangeRequest) => request.kind === "retention" && request.retentionMs === days * DAY;
const isThreeDays = isKept(3);

async function confirm(): Promise<void> {
  fireEvent.change(await screen.findByRole("textbox", { name: "Reason" }), { target: { value: "OPS-2217" } });
  fireEvent.change(await screen.findByRole("textbox", { name: /Type kestrel to confirm/ }), { target: { value: "kestrel" } });
}

describe("the retention form", () => {
  test("shows how it is before anything is given, and says nothing of what would follow", async () => {
    open();
    expect(await screen.findByText("retention.ms = 604800000")).toBeDefined();
    expect(screen.getByText(/backfill of carrier scans/)).toBeDefined();
    expect(screen.queryByText(/145 million/)).toBeNull();
    expect((await button(/^Apply$/)).disabled).toBe(true);
  });

  test("plans what is typed on the facts it has, and asks the brokers after a pause", async () => {
    open();
    await give("3 days");
    expect(await screen.findByText("kestrel-archive loses 145 million records it has not read.")).toBeDefined();
    await waitFor(() => expect(plansOf(api, isThreeDays).some(({ validate }) => validate === true)).toBe(true));
    const [first] = plansOf(api, isThreeDays);
    expect(first?.request).toEqual({ kind: "retention", scope: { tenantIds: ["kestrel"] }, retentionMs: 3 * DAY });
    expect(first?.validate).toBeUndefined();
    await give("2 days");
    await waitFor(() => expect(plansOf(api, isKept(2)).some(({ validate }) => validate === true)).toBe(true));
    const reads = plansOf(api, () => true).filter(({ factsId }) => factsId === undefined);
    expect(reads).toHaveLength(1);
  });

  test("how things are is nothing that brokers are asked about, however long it stands there", async () => {
    open();
    await screen.findByText("retention.ms = 604800000");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await give("3 days");
    await waitFor(() => expect(plansOf(api, isThreeDays).some(({ validate }) => validate === true)).toBe(true));
    expect(plansOf(api, isKept(7)).some(({ validate }) => validate === true)).toBe(false);
  });

  test("what cannot be read says what could be, and nothing is planned of it", async () => {
    open();
    await give("7 dayz");
    expect(screen.getByText(/“7 dayz” cannot be read\. Write 3 days/)).toBeDefined();
    expect((await input()).getAttribute("aria-invalid")).toBe("true");
    expect((await button(/^Apply$/)).disabled).toBe(true);
    expect(api.sent.some(({ body }) => JSON.stringify(body).includes("dayz"))).toBe(false);
  });

  test("the button needs a reason and the name of what loses data; then it applies that very plan once, and goes to the change", async () => {
    open();
    await give("3 days");
    const apply = await button();
    expect(apply.disabled).toBe(true);
    fireEvent.change(screen.getByRole("textbox", { name: "Reason" }), { target: { value: "OPS-2217" } });
    expect(apply.disabled).toBe(true);
    fireEvent.change(screen.getByRole("textbox", { name: /Type kestrel to confirm/ }), { target: { value: "Kestrel" } });
    expect(apply.disabled).toBe(true);
    await confirm();
    await waitFor(() => expect(apply.disabled).toBe(false));
    fireEvent.click(apply);
    fireEvent.click(apply);
    await waitFor(() => expect(push).toHaveBeenCalledWith("/changes/12"));
    expect(appliesOf(api)).toHaveLength(1);
    expect(appliesOf(api)[0]).toMatchObject({ fingerprint: "f".repeat(64), reason: "OPS-2217", typed: "kestrel" });
    expect(window.sessionStorage.length).toBe(0);
  });

  test("a topic without its mark is taken out of what is asked for", async () => {
    open();
    await give("3 days");
    fireEvent.click(await screen.findByRole("checkbox", { name: "kestrel.scans" }));
    await waitFor(() =>
      expect(plansOf(api, isThreeDays).at(-1)?.request).toMatchObject({
        scope: { topics: [{ clusterId: "events-eu-1", topic: "kestrel.positions" }] },
      }),
    );
    fireEvent.click(screen.getByRole("checkbox", { name: "All topics" }));
    await waitFor(() => expect(plansOf(api, isThreeDays).at(-1)?.request).toMatchObject({ scope: { tenantIds: ["kestrel"] } }));
  });

  test("the way around a loss is taken into the form", async () => {
    open();
    await give("3 days");
    fireEvent.click(await screen.findByRole("button", { name: "Keep 4 days instead: nothing unread is lost" }));
    expect((await input()).value).toBe("4 days");
    await waitFor(() => expect(plansOf(api, isKept(4)).length).toBeGreaterThan(0));
  });

  test("a value that can end sends when, and what then; what follows the tier has no end", async () => {
    open({ value: "3 days", reason: "" });
    await input();
    fireEvent.click(screen.getByRole("button", { name: "In 7 days", hidden: true }));
    fireEvent.click(await screen.findByRole("button", { name: "Take it back", hidden: true }));
    await waitFor(() => expect(plansOf(api, isThreeDays).at(-1)?.request).toMatchObject({ atEnd: "take-back" }));
    const request = plansOf(api, isThreeDays).at(-1)?.request;
    const until = request?.kind === "retention" ? request.until : undefined;
    expect(Math.abs(Date.parse(until ?? "") - Date.now() - 7 * DAY)).toBeLessThan(120_000);
    await give("as the tier says");
    const isTier = (request: ChangeRequest) => request.kind === "retention" && request.retentionMs === "tier";
    await waitFor(() => expect(plansOf(api, isTier).length).toBeGreaterThan(0));
    expect(plansOf(api, isTier).at(-1)?.request).not.toHaveProperty("until");
  });
});

describe("what was typed", () => {
  test("is back after a reload, with the reason and the name", async () => {
    open();
    await give("3 days");
    await confirm();
    cleanup();
    open();
    expect((await input()).value).toBe("3 days");
    expect((await screen.findByRole<HTMLInputElement>("textbox", { name: "Reason" })).value).toBe("OPS-2217");
    expect((await screen.findByRole<HTMLInputElement>("textbox", { name: /Type kestrel/ })).value).toBe("kestrel");
  });

  test("comes from the address, and a draft of another address is not taken for it", async () => {
    open();
    await give("3 days");
    cleanup();
    open({ value: "5 days", reason: "from a link" });
    expect((await input()).value).toBe("5 days");
    expect((await screen.findByRole<HTMLInputElement>("textbox", { name: "Reason" })).value).toBe("from a link");
  });

  test("is forgotten when it is cancelled", async () => {
    open();
    await give("3 days");
    fireEvent.click(await screen.findByRole("link", { name: "Cancel" }));
    cleanup();
    open();
    expect((await input()).value).toBe("");
  });

  test("stays when a value has moved: the differences are shown, and it is planned anew without the old facts", async () => {
    api.apply = () =>
      refusal(412, "precondition_failed", "Nothing was changed.", [
        { path: "topic kestrel.scans retention.ms", message: "was 1 and is 2 now" },
      ]);
    open();
    await give("3 days");
    await confirm();
    await waitFor(async () => expect((await button()).disabled).toBe(false));
    const before = plansOf(api, isThreeDays).length;
    fireEvent.click(await button());
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("Nothing was written");
    expect(within(alert).getByText(/topic kestrel\.scans retention\.ms: was 1 and is 2 now/)).toBeDefined();
    await waitFor(() => expect(plansOf(api, isThreeDays).length).toBeGreaterThan(before));
    expect(plansOf(api, isThreeDays)[before]?.factsId).toBeUndefined();
    expect((await input()).value).toBe("3 days");
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Reason" }).value).toBe("OPS-2217");
    expect(push).not.toHaveBeenCalled();
  });

  test("is sent again with the same key when the answer was lost, also after a reload, and with another when it is another", async () => {
    api.apply = () => refusal(503, "unavailable", "The store does not answer.");
    open();
    await give("3 days");
    await confirm();
    const press = async () => {
      const sent = appliesOf(api).length;
      await waitFor(async () => expect((await button(/^Set retention/)).disabled).toBe(false));
      fireEvent.click(await button(/^Set retention/));
      await waitFor(() => expect(appliesOf(api)).toHaveLength(sent + 1));
      await screen.findByRole("alert");
    };
    await press();
    await press();
    cleanup();
    open();
    await press();
    const keys = appliesOf(api).map(({ idempotencyKey }) => idempotencyKey);
    expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(keys).size).toBe(1);
    await give("2 days");
    await waitFor(() => expect(screen.getByRole("button", { name: /^Set retention/ }).hasAttribute("disabled")).toBe(false));
    await press();
    expect(appliesOf(api).at(-1)?.idempotencyKey).not.toBe(keys[0]);
  });
});

describe("what cannot be applied", () => {
  const why = {
    field: null,
    reason: "events-eu-1 is only observed.",
    wayOut: "Set mode: operate.",
    link: { label: "events-eu-1", href: "/clusters/events-eu-1" },
  };

  test("a refusal says why and the way out, and the button stays off", async () => {
    api.plan = (request) => (request.kind === "retention" ? losingPlan(request, { refusals: [why] }) : planView(request));
    open();
    await give("3 days");
    expect(await screen.findByText("events-eu-1 is only observed.")).toBeDefined();
    expect(screen.getByRole("link", { name: "events-eu-1" }).getAttribute("href")).toBe("/clusters/events-eu-1");
    await confirm();
    expect((await button()).disabled).toBe(true);
  });

  test("a refusal of one value stands at its input and not above the form", async () => {
    api.plan = (request) => {
      const bound = { ...why, field: "retentionMs", reason: "Gold allows 14 days at the most.", link: null };
      return planView(request, { refusals: isThreeDays(request) ? [bound] : [] });
    };
    open();
    await give("3 days");
    const says = await screen.findAllByText(/Gold allows 14 days at the most\./);
    expect(says.filter((element) => !element.closest("[role=status]"))).toHaveLength(1);
    expect((await input()).getAttribute("aria-invalid")).toBe("true");
  });

  test("a form that is not possible here at all is disabled from the start", async () => {
    api.plan = (request) => planView(request, { refusals: [why] });
    open();
    await screen.findByText("events-eu-1 is only observed.");
    expect((await input()).disabled).toBe(true);
  });

  test("a tenant without a topic of its own is told where what it shares is changed", async () => {
    const shared = topics.rows.map((topic) => ({ ...topic, owner: { kind: "shared", tenantCount: 2, tenantIds: ["kestrel", "acme"] } }));
    api.get["/api/tenants/kestrel/topics"] = { ...topics, rows: shared };
    open();
    expect(await screen.findByText("It has no topic of its own.")).toBeDefined();
    expect(screen.getByRole("link", { name: "Its topics" }).getAttribute("href")).toBe("/tenants/kestrel/topics");
    expect((await input()).disabled).toBe(true);
  });

  test("what others manage is handed out as a text, without a button to apply", async () => {
    api.plan = (request) =>
      planView(request, {
        operations: losingPlan(request as never).operations,
        patch: { by: "Terraform", text: "kafka-configs.sh --alter", whole: true },
      });
    open();
    await give("3 days");
    expect(await screen.findByText("kafka-configs.sh --alter")).toBeDefined();
    expect(screen.getByRole("heading", { name: "To put into Terraform" })).toBeDefined();
    expect(screen.getByRole("button", { name: "Copy" })).toBeDefined();
    expect(screen.queryByRole("button", { name: /^(Set retention|Apply|Change it)/ })).toBeNull();
  });

  test("support sees the plan, and why it cannot apply it", async () => {
    api.role = "support";
    open();
    await give("3 days");
    await screen.findByText("kestrel-archive loses 145 million records it has not read.");
    await confirm();
    expect(await screen.findByText(/Only operators apply changes; you are signed in with the role “support”/)).toBeDefined();
    expect((await button()).disabled).toBe(true);
  });

  test("what the brokers would refuse is said in their words, and is not sent", async () => {
    const problems = [{ code: "invalid" as const, operation: "IncrementalAlterConfigs", message: "Value must be at least 1000." }];
    api.plan = (request, { validate }) =>
      planView(request, {
        title: "Set retention to 3 days",
        operations: losingPlan(request as never).operations,
        consequences: [consequence({ class: "fine", sentence: "Nothing is lost." })],
        validation: validate === true ? { ok: false, problems, unasked: 0 } : null,
      });
    open();
    await give("3 days");
    expect(await screen.findByText(/Value must be at least 1000\./, {})).toBeDefined();
    expect((await button()).disabled).toBe(true);
  });
});
