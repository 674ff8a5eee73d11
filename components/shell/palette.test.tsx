// @vitest-environment jsdom

import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeApi, renderForm } from "@/components/change/testing/render-form";
import { setUpBrowser } from "@/components/change/testing/set-up";
import { tenantActions, topicActions } from "@/lib/domain/change/change-actions";
import { Palette } from "./palette";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(), useRouter: () => ({ push }) }));

setUpBrowser();
window.HTMLElement.prototype.scrollIntoView = () => undefined;
window.HTMLDialogElement.prototype.showModal = function show() {
  this.open = true;
};
window.HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

const HITS = [
  { kind: "tenant", title: "Kestrel", subtitle: "kestrel", href: "/tenants/kestrel", actions: tenantActions("kestrel", "Kestrel") },
  {
    kind: "topic",
    title: "kestrel.scans",
    subtitle: "c1",
    href: "/clusters/c1/topics/kestrel.scans",
    actions: topicActions("c1", "kestrel.scans"),
  },
  { kind: "group", title: "kestrel-app", subtitle: "c1", href: "/clusters/c1/groups?group=kestrel-app" },
];

/** A line that holds a name leads to a ticket. */
const TICKET = { kind: "ticket", title: "Ticket of Kestrel", subtitle: "by its own name", href: "/tenants/kestrel/ticket" };

beforeEach(() => {
  push.mockClear();
  fakeApi();
  const known = globalThis.fetch;
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
    if (!path.startsWith("/api/search")) return known(path, init);
    const q = new URLSearchParams(path.split("?")[1]).get("q") ?? "";
    const isName = "kestrel".startsWith(q.toLowerCase());
    return new Response(JSON.stringify({ hits: isName ? HITS : q.includes("kestrel") ? [TICKET] : [] }), { status: 200 });
  });
});

const type = (words: string) => {
  renderForm(<Palette onClose={() => undefined} onHelp={() => undefined} />);
  fireEvent.change(screen.getByRole("combobox"), { target: { value: words } });
};
const options = () => screen.getAllByRole("option").map(({ textContent }) => textContent);

test("what can be changed of the tenant and the topic that are found stands below them", async () => {
  type("kestrel");
  fireEvent.click(await screen.findByText("Set quota of Kestrel"));
  expect(push).toHaveBeenLastCalledWith("/tenants/kestrel/change/quota");
  expect(options().slice(3)).toEqual([
    "Change retention of Kestrel",
    "Change message size of Kestrel",
    "Set quota of Kestrel",
    "Change tier of Kestrel",
    "Brake Kestrel",
    "Change retention of kestrel.scans",
    "Change message size of kestrel.scans",
    "Add partitions to kestrel.scans",
  ]);
});

test("words that ask for a change find whom it is about, and the change is the first choice", async () => {
  type("brake kestrel");
  await screen.findByText("Brake Kestrel");
  expect(options().filter((text) => text?.includes("quota"))).toEqual([]);
  await waitFor(() => expect(screen.getByRole("option", { selected: true }).textContent).toBe("Brake Kestrel"));
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" });
  expect(push).toHaveBeenLastCalledWith("/tenants/kestrel?brake=true");
});

test("a name alone still leads to the thing itself first", async () => {
  type("kestrel");
  await screen.findByText("Brake Kestrel");
  await waitFor(() => expect(screen.getByRole("option", { selected: true }).textContent).toContain("Kestrelkestrel"));
});
