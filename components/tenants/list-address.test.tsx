// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, renderHook, screen } from "@testing-library/react";
import { NuqsTestingAdapter, type UrlUpdateEvent } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { DataTable } from "@/components/ui/table";
import { tenantListPath } from "@/lib/client/tenants";
import { FilterBox } from "./filter-box";
import { readListQuery } from "./tenant-address";
import { type ListAddress, useListAddress } from "./use-list-address";

afterEach(cleanup);

// A busy machine is slow, and no test is about speed.
const PATIENCE = { timeout: 10_000 };

class NoObserver {
  observe() {}
  disconnect() {}
}
vi.stubGlobal("ResizeObserver", NoObserver);

function mount(searchParams: string) {
  const updates: UrlUpdateEvent[] = [];
  const wrapper = ({ children }: { children: ReactNode }) => (
    <NuqsTestingAdapter searchParams={searchParams} onUrlUpdate={(event) => updates.push(event)} hasMemory rateLimitFactor={0}>
      {children}
    </NuqsTestingAdapter>
  );
  const { result } = renderHook(() => useListAddress(), { wrapper });
  return { result, updates };
}

test("the browser and the server read one address alike, so that what is loaded ahead is what is asked for", () => {
  for (const search of [
    "",
    "?q=tier%3Agold%20acme&view=lag",
    "?sort=name&order=asc&cluster=shared-1&range=7d",
    "?view=bogus&sort=x&range=9y",
  ]) {
    const { result } = mount(search);
    const given = Object.fromEntries(new URLSearchParams(search));
    expect(tenantListPath(result.current.query)).toBe(tenantListPath(readListQuery(given)));
    cleanup();
  }
});

test.each<[string, (address: ListAddress) => void, string, string]>([
  ["sorting", (address) => address.sortBy("lag", "asc"), "push", "?sort=lag&order=asc"],
  ["choosing a view", (address) => address.show("attention"), "push", "?view=attention"],
  ["typing", (address) => address.filter("acme"), "replace", "?q=acme"],
])("%s is in the address; what is chosen is also in the history", async (_what, change, history, address) => {
  const { result, updates } = mount("");
  await act(async () => change(result.current));
  await vi.waitFor(
    () => expect(updates.map((update) => [update.options.history, update.queryString])).toEqual([[history, address]]),
    PATIENCE,
  );
});

test("what is at its default is not in the address", async () => {
  const { result, updates } = mount("?view=lag&q=acme");
  await act(async () => result.current.clear());
  await vi.waitFor(() => expect(updates.at(-1)?.queryString).toBe(""), PATIENCE);
});

test("heads say and change the order: figures from the largest, names from a, a second press turns it round", () => {
  const onSort = vi.fn();
  const columns = [
    { key: "name", head: "Tenant", sort: "name" as const, cell: (row: { id: string }) => row.id },
    { key: "lag", head: "Lag", sort: "lag" as const, align: "right" as const, cell: () => "1" },
    { key: "model", head: "Model", cell: () => "pool" },
  ];
  render(
    <DataTable
      caption="c"
      columns={columns}
      rows={[{ id: "a" }]}
      rowKey={(row) => row.id}
      sort={{ by: "lag", order: "desc" }}
      onSort={onSort}
    />,
  );
  const heads = [...document.querySelectorAll("thead th")];
  expect(heads.map((head) => [head.textContent, head.getAttribute("aria-sort"), head.querySelector("button") !== null])).toEqual([
    ["Tenant", null, true],
    ["Lag", "descending", true],
    ["Model", null, false],
  ]);
  fireEvent.click(screen.getByText("Lag"));
  fireEvent.click(screen.getByText("Tenant"));
  expect(onSort.mock.calls).toEqual([
    ["lag", "asc"],
    ["name", "asc"],
  ]);
});

test("a complete term becomes a chip, words stay in the box, and a chip can be taken away", () => {
  vi.useFakeTimers();
  const onChange = vi.fn();
  const box = (q: string) => <FilterBox q={q} onChange={onChange} known={{ tiers: [], clusters: [] }} />;
  const { rerender } = render(box(""));
  const input = screen.getByLabelText(/^Filter tenants/);
  fireEvent.change(input, { target: { value: "acme tier:" } });
  act(() => vi.runAllTimers());
  expect(onChange).toHaveBeenLastCalledWith("acme");
  rerender(box("acme"));
  fireEvent.change(input, { target: { value: "acme tier:gold " } });
  expect(onChange).toHaveBeenLastCalledWith("tier:gold acme");
  rerender(box("tier:gold acme"));
  expect((input as HTMLInputElement).value).toBe("acme");
  fireEvent.click(screen.getByLabelText("Remove filter tier:gold"));
  expect(onChange).toHaveBeenLastCalledWith("acme");
  vi.useRealTimers();
});
