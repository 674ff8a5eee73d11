import { describe, expect, it } from "vitest";
import { firstKnown, gridOf, meansOn } from "./grid";

const MINUTE = 60_000;

describe("a grid of steps", () => {
  it("begins at the step that holds the beginning of the range", () => {
    expect(gridOf(90_000, 4 * MINUTE, MINUTE).times).toEqual([MINUTE, 2 * MINUTE, 3 * MINUTE]);
  });

  it("takes the mean of what falls into a step, and leaves a gap where nothing does", () => {
    const grid = gridOf(0, 15 * MINUTE, 5 * MINUTE);
    const points = [
      { atMs: 0, value: 10 },
      { atMs: 4 * MINUTE, value: 30 },
      { atMs: 10 * MINUTE, value: 5 },
      { atMs: 15 * MINUTE, value: 1_000 },
      { atMs: -MINUTE, value: 1_000 },
    ];
    expect(meansOn(grid, points)).toEqual([20, null, 5]);
  });

  it("joins two pasts without counting a step twice", () => {
    expect(firstKnown([1, null, null], [9, 8, null])).toEqual([1, 8, null]);
  });
});
