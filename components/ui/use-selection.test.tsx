// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { DataTable } from "./table";
import { useSelection } from "./use-selection";

vi.mock("next/link", () => ({
  default: ({ children, href }: { children: React.ReactNode; href: string }) => <a href={href}>{children}</a>,
}));

class NoObserver {
  observe() {}
  disconnect() {}
}
vi.stubGlobal("ResizeObserver", NoObserver);
afterEach(cleanup);

const COLUMNS = [{ key: "name", head: "Name", cell: (row: string) => row.toUpperCase() }];

function List({ rows }: { rows: readonly string[] }) {
  const selection = useSelection(rows);
  return (
    <>
      <DataTable
        caption="c"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row}
        rowHref={(row) => `/${row}`}
        selection={selection}
        rowName={(row) => row}
      />
      <output>{[...selection.selected].join(" ")}</output>
      <button type="button" onClick={selection.clear}>
        Clear
      </button>
    </>
  );
}

const box = (name: string) => screen.getByRole("checkbox", { name });
const chosen = () => screen.getByRole("status").textContent;

test("rows are chosen one by one and by range, in either direction, and the row stays a link", () => {
  render(<List rows={["a", "b", "c", "d", "e"]} />);
  fireEvent.click(box("Choose b"));
  fireEvent.click(box("Choose d"), { shiftKey: true });
  expect(chosen()).toBe("b c d");
  fireEvent.click(box("Choose a"), { shiftKey: true });
  expect(chosen()?.split(" ").toSorted().join("")).toBe("abcd");
  fireEvent.click(box("Choose c"));
  expect(chosen()?.split(" ").toSorted().join("")).toBe("abd");
  expect(screen.getByRole("row", { name: /B/ }).getAttribute("aria-selected")).toBe("true");
  expect(screen.getByRole("link", { name: "C" }).getAttribute("href")).toBe("/c");
});

test("the box in the head takes all rows of the table, and is half while some are chosen", () => {
  const { rerender } = render(<List rows={["a", "b"]} />);
  fireEvent.click(box("Choose a"));
  const head = box("Select all rows in the table") as HTMLInputElement;
  expect([head.checked, head.indeterminate]).toEqual([false, true]);
  fireEvent.click(head);
  expect(chosen()).toBe("a b");
  rerender(<List rows={["c"]} />);
  expect(chosen()).toBe("a b");
  fireEvent.click(box("Select all rows in the table"));
  expect(chosen()).toBe("a b c");
  fireEvent.click(box("Select none of the rows"));
  expect(chosen()).toBe("a b");
  fireEvent.click(screen.getByText("Clear"));
  expect(chosen()).toBe("");
});
