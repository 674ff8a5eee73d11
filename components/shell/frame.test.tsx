// @vitest-environment jsdom
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { type ReactNode, useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchJson } from "@/lib/client/fetch-json";
import { makeQueryClient } from "@/lib/client/query-client";
import { signedOut } from "@/lib/client/signed-out";
import { Frame } from "./frame";

// A busy machine is slow, and no test is about speed.
configure({ asyncUtilTimeout: 10_000 });

let pathname = "/tenants";
vi.mock("next/navigation", () => ({
  useSearchParams: () => new URLSearchParams(),
  usePathname: () => pathname,
  useRouter: () => ({ push: () => undefined }),
}));
vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }));

const AT = "2026-11-23T12:00:00.000Z";
let actor: { name: string; role: string; kind: string; limited: string | null; signIn: string };
let signedIn: boolean;
beforeEach(() => {
  pathname = "/tenants";
  actor = { name: "ada", role: "operator", kind: "person", limited: null, signIn: "local" };
  signedIn = true;
  signedOut.over();
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const refused = { error: { code: "unauthenticated", message: "Nobody is signed in.", details: [], requestId: "r" } };
    if (path === "/api/sign-in" && init.method === "POST") {
      const { password } = JSON.parse(String(init.body));
      if (password !== "right") {
        const wrong = { error: { ...refused.error, message: "Name or password is wrong." } };
        return new Response(JSON.stringify(wrong), { status: 401 });
      }
      signedIn = true;
      return Response.json({ name: "ada", role: "operator" });
    }
    if (path === "/api/sign-in") return Response.json({ signIn: "local", ssoLabel: null, empty: false });
    if (!signedIn) return new Response(JSON.stringify(refused), { status: 401 });
    if (path === "/api/status") return Response.json({ clusters: [], collector: "running", actor, tenants: 2, now: AT });
    return Response.json({ rows: [], page: { total: 0, nextCursor: null, version: "1", at: null } });
  });
});
afterEach(cleanup);

function open(children: ReactNode) {
  const client = makeQueryClient();
  render(
    <NuqsTestingAdapter>
      <QueryClientProvider client={client}>
        <Frame initiallyCollapsed={false}>{children}</Frame>
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  return client;
}

/** A page with something to type, which asks the server for something. */
function Form() {
  const [text, setText] = useState("");
  useQuery({ queryKey: ["form"], queryFn: () => fetchJson("/api/form") });
  return <input aria-label="Something" value={text} onChange={(event) => setText(event.target.value)} />;
}

test("a session that ends asks for a sign-in over the page, and what was typed stays", async () => {
  const client = open(<Form />);
  await screen.findByText("ada");
  fireEvent.change(screen.getByLabelText("Something"), { target: { value: "half a thought" } });
  signedIn = false;
  await client.invalidateQueries();
  const dialog = await screen.findByRole("dialog", { name: "Sign in to go on" });
  expect((await within(dialog).findByLabelText<HTMLInputElement>("Name")).value).toBe("ada");
  const submit = async (password: string) => {
    fireEvent.change(within(dialog).getByLabelText("Password"), { target: { value: password } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Sign in" }));
  };
  await submit("wrong");
  await within(dialog).findByText("Name or password is wrong.");
  await submit("right");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByLabelText<HTMLInputElement>("Something").value).toBe("half a thought");
});

test("pages that a role does not reach are named, closed, and say why", async () => {
  actor = { ...actor, role: "product" };
  open(<p>the tenants</p>);
  await screen.findByRole("heading", { name: "This page is not for your role" });
  expect(screen.queryByText("the tenants")).toBeNull();
  const main = screen.getByRole("navigation", { name: "Main" });
  const links = within(main)
    .getAllByRole("link")
    .map((link) => link.textContent);
  expect(links).toContain("Tiers");
  for (const closed of ["Tenants", "Changes", "People", "Audit"]) expect(links).not.toContain(closed);
  expect(within(main).getByText("People").closest("span.closed")?.getAttribute("title")).toContain("that is for operator.");
});

test("who lets others in is nobody whose role is limited", async () => {
  actor = { ...actor, limited: "tenants acme" };
  open(<p>the tenants</p>);
  await waitFor(() =>
    expect(screen.getByText("People").closest("span.closed")?.getAttribute("title")).toContain("limited to tenants acme"),
  );
  expect(screen.getByText("the tenants")).toBeDefined();
});

test("at the entrances there is no rail", () => {
  pathname = "/sign-in";
  open(<p>the door</p>);
  expect(screen.queryByRole("navigation")).toBeNull();
  expect(screen.getByText("the door")).toBeDefined();
});
