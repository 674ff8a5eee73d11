// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { HeatMap, type HeatRow } from "./heat-map";
import { stubCanvas } from "./testing/stub-canvas";

afterEach(cleanup);
beforeEach(stubCanvas);

const rows: HeatRow[] = [
  { key: "a", name: "Acme", href: "/a", values: [0.1, 2.4, null] },
  { key: "b", name: "Brook", href: "/b", values: [1, 1, 1] },
];
const words = (row: HeatRow, value: number | null, atMs: number) => `${row.name} at ${atMs}: ${value ?? "no data"}`;

function show(onOpen?: (atMs: number) => void, onName: (key: string) => void = () => undefined) {
  render(
    <HeatMap
      label="Use"
      rows={rows}
      times={[0, 60_000, 120_000]}
      stepMs={60_000}
      words={words}
      onName={onName}
      {...(onOpen === undefined ? {} : { onOpen })}
    />,
  );
  return screen.getByRole("application", { name: /^Use\. Arrow keys/ });
}

it("says each cell that the arrow keys reach, also one without data", () => {
  const map = show();
  fireEvent.keyDown(map, { key: "Home" });
  expect(screen.getByText("Acme at 0: 0.1")).toBeTruthy();
  fireEvent.keyDown(map, { key: "End" });
  expect(screen.getByText("Acme at 120000: no data")).toBeTruthy();
  fireEvent.keyDown(map, { key: "ArrowDown" });
  fireEvent.keyDown(map, { key: "ArrowLeft" });
  expect(screen.getByText("Brook at 60000: 1")).toBeTruthy();
});

it("opens the time of the cell by Enter", () => {
  const open = vi.fn();
  const map = show(open);
  fireEvent.keyDown(map, { key: "Enter" });
  expect(open).not.toHaveBeenCalled();
  fireEvent.keyDown(map, { key: "Home" });
  fireEvent.keyDown(map, { key: "ArrowRight" });
  fireEvent.keyDown(map, { key: "Enter" });
  expect(open).toHaveBeenCalledExactlyOnceWith(60_000);
});

it("leaves other keys to the page", () => {
  const map = show();
  expect(fireEvent.keyDown(map, { key: "Tab" })).toBe(true);
  expect(fireEvent.keyDown(map, { key: "ArrowLeft" })).toBe(false);
});

it("follows a name without loading the page, and leaves another tab to the browser", () => {
  const name = vi.fn();
  show(undefined, name);
  const link = screen.getByRole("link", { name: "Brook" });
  expect(link.getAttribute("href")).toBe("/b");
  // Not followed here: jsdom cannot.
  link.addEventListener("click", (event) => event.ctrlKey && event.preventDefault());
  fireEvent.click(link, { ctrlKey: true });
  expect(name).not.toHaveBeenCalled();
  expect(fireEvent.click(link)).toBe(false);
  expect(name).toHaveBeenCalledExactlyOnceWith("b");
});
