import { describe, expect, it } from "vitest";
import { heatPaths, heatStep, moved } from "./heat-cells";

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

describe("the drawing", () => {
  it("joins neighbours of a step, and keeps a gap a gap", () => {
    const paths = heatPaths([{ values: [0, 0.1, 2, null, null] }, { values: [2, 2, 2, 2, 2] }]);
    expect(paths[0]).toBe("M0 0h2v1h-2z");
    expect(paths[5]).toBe("M2 0h1v1h-1zM0 1h5v1h-5z");
    expect(paths[7]).toBe("M3 0h2v1h-2z");
    expect(paths.filter((path) => path !== "")).toHaveLength(3);
  });

  it("has every cell once", () => {
    const values = Array.from({ length: 288 }, (_, at) => (at % 7 === 0 ? null : (at % 13) / 4));
    const cells = heatPaths(Array.from({ length: 200 }, () => ({ values })))
      .join("")
      .matchAll(/h(\d+)v/g);
    expect([...cells].reduce((sum, [, width]) => sum + Number(width), 0)).toBe(200 * 288);
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
