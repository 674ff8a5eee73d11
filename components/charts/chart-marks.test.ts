import { describe, expect, test } from "vitest";
import { type ChartMark, marksAt, placeMarks } from "./chart-marks";

const mark = (fromMs: number, toMs: number | null): ChartMark => ({ key: `${fromMs}`, fromMs, toMs, words: "patching" });

describe("marks on the time axis", () => {
  test.each<[string, ChartMark, [number, number] | null]>([
    ["inside the range", mark(110, 150), [0.1, 0.5]],
    ["that began before it", mark(50, 150), [0, 0.5]],
    ["that goes on", mark(150, null), [0.5, 1]],
    ["that went on after it", mark(150, 900), [0.5, 1]],
    ["over before it", mark(10, 99), null],
    ["not begun", mark(201, null), null],
    ["at its very end", mark(200, null), [1, 1]],
  ])("%s", (_what, one, expected) => {
    const [placed] = placeMarks([one], 100, 200);
    expect(placed === undefined ? null : [placed.left, placed.right]).toEqual(expected);
  });

  test("a range without length has none", () => expect(placeMarks([mark(0, null)], 5, 5)).toEqual([]));

  test("a step names what touches it", () => {
    const marks = [mark(100, 160), mark(220, null)];
    expect([40, 100, 160, 161, 200].map((at) => marksAt(marks, at, 60).length)).toEqual([0, 1, 1, 1, 1]);
    expect(marksAt(marks, 40, 61)).toHaveLength(1);
    expect(marksAt(marks, 161, 59)).toEqual([]);
  });
});
