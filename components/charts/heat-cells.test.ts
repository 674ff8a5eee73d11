import { describe, expect, it } from "vitest";
import { heatStep, heatSteps, moved } from "./heat-cells";

describe("a step of the heat map", () => {
  it.each([
    [0, 0],
    [0.24, 0],
    [0.25, 1],
    [0.99, 2],
    [1, 3],
    [1.5, 4],
    [2, 5],
    [2.99, 5],
    [3, 6],
    [99, 6],
  ])("of %d is %d", (value, step) => expect(heatStep(value)).toBe(step));
});

describe("the cells", () => {
  it("have a step each, row by row, and one of their own where there is no data", () => {
    const rows = [{ values: [0, 0.1, 2, null] }, { values: [2, 3] }];
    expect([...heatSteps(rows, 4)]).toEqual([0, 0, 5, 7, 5, 6, 7, 7]);
    expect(heatSteps([], 4)).toHaveLength(0);
  });
});

describe("a key", () => {
  it.each([
    ["ArrowLeft", { row: 1, column: 0 }],
    ["ArrowDown", { row: 2, column: 1 }],
    ["End", { row: 1, column: 4 }],
    ["PageUp", { row: 0, column: 1 }],
    ["a", null],
  ])("%s moves there", (key, to) => expect(moved({ row: 1, column: 1 }, key, 3, 5)).toEqual(to));

  it("does not leave the map", () => {
    expect(moved({ row: 0, column: 0 }, "ArrowUp", 3, 5)).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 2, column: 4 }, "ArrowRight", 3, 5)).toEqual({ row: 2, column: 4 });
  });
});
