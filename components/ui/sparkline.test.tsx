// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Sparkline } from "./sparkline";

afterEach(cleanup);

const pathOf = (values: (number | null)[]): string => {
  const { container } = render(<Sparkline values={values} label="Produce over 6 h" />);
  return container.querySelector("path")?.getAttribute("d") ?? "";
};

test("a gap stays a gap, and a point alone is still seen", () => {
  const path = pathOf([10, 20, null, 5, null, 30, 40]);
  expect(path.match(/M/g)).toHaveLength(3);
  expect(path).toContain("h0.01");
});

test("stands on zero: nothing is drawn at the base, whatever the other values", () => {
  expect(pathOf([0, 0])).toBe("M1.0 18.5L95.0 18.5");
  expect(pathOf([0, 50])).toMatch(/^M1\.0 18\.5L95\.0 5\.7$/);
});

test("the last point is marked only when it is known; no data is said", () => {
  const { container, rerender } = render(<Sparkline values={[1, null]} label="x" />);
  expect(container.querySelector("circle")).toBeNull();
  rerender(<Sparkline values={[null, null]} label="Produce" />);
  expect(screen.getByRole("img", { name: "Produce: no data" })).toBeTruthy();
});
