// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renderForm } from "@/components/change/testing/render-form";
import type { TenantListQuery } from "@/lib/client/tenants";
import type { ShownTenant } from "@/lib/domain/listed-tenants";
import { BulkBar } from "./bulk-bar";
import { useBulk } from "./use-bulk";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams("cluster=shared-1"), useRouter: () => ({ push }) }));

const query: TenantListQuery = { q: "tier:gold", view: "lag", sort: "name", order: "asc", cluster: "shared-1", spark: "6h" };
const rows = ["acme", "brook"].map((id) => ({ id, name: id.toUpperCase() })) as ShownTenant[];

function Page({ q = query }: { q?: TenantListQuery }) {
  const { selection, all, chooseAll, clear } = useBulk(q, rows);
  return (
    <>
      {rows.map(({ id }) => (
        <input
          key={id}
          type="checkbox"
          aria-label={id}
          checked={selection.selected.has(id)}
          onChange={() => selection.onSelect(id, false)}
        />
      ))}
      <BulkBar query={q} selected={selection.selected} all={all} total={264} onAll={chooseAll} onClear={clear} />
    </>
  );
}

function Filtered() {
  const [q, setQ] = useState(query);
  return (
    <>
      <Page q={q} />
      <button type="button" onClick={() => setQ({ ...query, view: "all" })}>
        Another view
      </button>
    </>
  );
}

beforeEach(() => {
  window.sessionStorage.clear();
  push.mockClear();
});
afterEach(cleanup);
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const opened = () => new URL(String(push.mock.lastCall?.[0]), "http://localhost");

test("nothing is offered while nobody is chosen", () => {
  renderForm(<Page />);
  expect(screen.queryByRole("region")).toBeNull();
});

test("those that were chosen go into the form's address", () => {
  renderForm(<Page />);
  fireEvent.click(screen.getByLabelText("acme"));
  fireEvent.click(screen.getByLabelText("brook"));
  expect(screen.getByRole("status").textContent).toBe("2 tenants chosen");
  press("Change tier");
  expect([opened().pathname, opened().searchParams.get("ids")]).toEqual(["/tenants/change/tier", "acme,brook"]);
});

test("all that match are named by the filter with the view and the cluster, until the filter changes", () => {
  renderForm(<Filtered />);
  fireEvent.click(screen.getByLabelText("acme"));
  press("Choose all 264 tenants that match");
  expect(screen.getByRole("status").textContent).toBe("264 tenants chosen");
  press("Change quota");
  expect(opened().searchParams.get("filter")).toBe("tier:gold view:lag cluster:shared-1");
  expect(screen.getByRole("link", { name: "Export CSV" }).getAttribute("href")).toContain("view=lag");
  press("Another view");
  expect(screen.getByRole("status").textContent).toBe("1 tenant chosen");
});

test("one taken out of all leaves those that are in the table", () => {
  renderForm(<Page />);
  fireEvent.click(screen.getByLabelText("acme"));
  press("Choose all 264 tenants that match");
  fireEvent.click(screen.getByLabelText("brook"));
  expect(screen.getByRole("status").textContent).toBe("1 tenant chosen");
  expect((screen.getByLabelText("acme") as HTMLInputElement).checked).toBe(true);
  press("Clear");
  expect(screen.queryByRole("region")).toBeNull();
});
