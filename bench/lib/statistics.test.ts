import { expect, it } from "vitest";
import { median, quantile } from "./statistics";

it("takes the nearest rank, whatever the order", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantile(values, 0.95)).toBe(95);
  expect(quantile(values, 1)).toBe(100);
  expect(median([9, 1, 5])).toBe(5);
});

it("is not a number of no values, rather than zero", () => {
  expect(median([])).toBeNaN();
});
