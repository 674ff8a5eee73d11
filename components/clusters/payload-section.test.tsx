// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { refusal, renderForm } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import type { Role } from "@/lib/domain/people/roles";
import type { PayloadAccess } from "@/lib/domain/views/records";
import { PayloadSection } from "./payload-section";

setUpBrowser();

const AT = "2026-11-23T12:00:00.000Z";
const OFF: PayloadAccess = { clusterId: "c1", clusterName: "Shared", allowed: false, switches: [] };
const ON: PayloadAccess = { ...OFF, allowed: true, switches: [{ allowed: true, by: "ada", at: AT, reason: "ticket 4711" }] };

function show(access: PayloadAccess, role: Role, limited: string | null = null, answer: PayloadAccess | Response = ON) {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    if (init.method === "POST") {
      sent.push([path, JSON.parse(String(init.body))]);
      return answer instanceof Response ? answer : new Response(JSON.stringify(answer));
    }
    const status = { clusters: [], actor: { name: "me", role, limited } };
    return new Response(JSON.stringify(path.startsWith("/api/status") ? status : access));
  });
  renderForm(<PayloadSection clusterId="c1" />);
  return sent;
}

it.each([
  ["support", null],
  ["operator", "tenants acme"],
] as const)("shows %s, limited to %s, who allowed it, and no switch", async (role, limited) => {
  show(ON, role, limited);
  expect(await screen.findByText("Records of this cluster may be looked at")).toBeTruthy();
  expect(screen.getByText("ticket 4711")).toBeTruthy();
  expect(screen.getByText("Operators whose role has no limits can change it.")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

it("lets an operator allow it with a reason, and take it back", async () => {
  const sent = show(OFF, "operator");
  const allow = await screen.findByRole<HTMLButtonElement>("button", { name: "Allow looking at records" });
  expect(screen.getByText("Records of this cluster are shown to nobody")).toBeTruthy();
  expect(allow.disabled).toBe(true);
  fireEvent.change(screen.getByRole("textbox", { name: "Reason" }), { target: { value: " ticket 4711 " } });
  fireEvent.click(allow);
  const back = await screen.findByRole<HTMLButtonElement>("button", { name: "Take it back" });
  expect(sent).toEqual([["/api/clusters/c1/payloads/allow", { reason: "ticket 4711" }]]);
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Reason" }).value).toBe("");
  expect(back.disabled).toBe(true);
  fireEvent.change(screen.getByRole("textbox", { name: "Reason" }), { target: { value: "done" } });
  fireEvent.click(back);
  await waitFor(() => expect(sent.at(-1)).toEqual(["/api/clusters/c1/payloads/forbid", { reason: "done" }]));
});

it("keeps the reason where it was refused", async () => {
  show(OFF, "operator", null, refusal(401, "unauthenticated", "This asks for a sign-in of the last 15 minutes."));
  const reason = await screen.findByRole<HTMLInputElement>("textbox", { name: "Reason" });
  fireEvent.change(reason, { target: { value: "ticket 4711" } });
  fireEvent.click(screen.getByRole("button", { name: "Allow looking at records" }));
  expect((await screen.findByRole("alert")).textContent).toContain("sign-in of the last 15 minutes");
  expect(reason.value).toBe("ticket 4711");
});
