import { describe, expect, it } from "vitest";
import { chooseLevel, chooseSparkLevel } from "./choose-level";
import { LEVELS } from "./levels";
import { type FirstPending, planSegments } from "./segments";

const [MINUTES, FIVES, HOURS] = LEVELS;
const DAY = 24 * 60;

describe("where a time range is read", () => {
  const plan = (level: (typeof LEVELS)[number], from: number, to: number, pending: FirstPending) =>
    planSegments(level, from, to, pending).map((segment) => [segment.level.span, segment.from, segment.to]);

  it.each([
    ["all of it is rolled up", { 5: 900, 60: 900 }, [[60, 0, 600]]],
    ["nothing was ever rolled up", { 5: 0, 60: 0 }, [[1, 0, 600]]],
    ["nothing is pending at all", {}, [[60, 0, 600]]],
    [
      "the last hour and its last five minutes are running",
      { 5: 595, 60: 540 },
      [
        [60, 0, 540],
        [5, 540, 595],
        [1, 595, 600],
      ],
    ],
    [
      "an hour is done but for what came late",
      { 60: 120 },
      [
        [60, 0, 120],
        [5, 120, 600],
      ],
    ],
    ["what is pending lies before the range", { 5: -10, 60: -60 }, [[1, 0, 600]]],
  ])("when %s", (_when, pending, expected) => {
    expect(plan(HOURS, 0, 600, pending)).toEqual(expected);
  });

  it("is nowhere for an empty range, and minutes are always whole", () => {
    expect(plan(HOURS, 60, 60, {})).toEqual([]);
    expect(plan(MINUTES, 0, 60, { 5: 0 })).toEqual([[1, 0, 60]]);
  });
});

describe("the level of a range", () => {
  const now = 1000 * DAY;
  it.each([
    ["an hour", now - 60, now, 400, { level: MINUTES, step: 1 }],
    ["a day at 400 points", now - DAY, now, 400, { level: FIVES, step: 5 }],
    ["a day at 1,440 points", now - DAY, now, 1440, { level: MINUTES, step: 1 }],
    ["an hour of two days ago", now - 2 * DAY, now - 2 * DAY + 60, 400, { level: FIVES, step: 5 }],
    ["an hour of a month ago", now - 30 * DAY, now - 30 * DAY + 60, 400, { level: HOURS, step: 60 }],
    ["a year", now - 365 * DAY, now, 400, { level: HOURS, step: 60 * 22 }],
    ["what is kept no more", now - 900 * DAY, now - 899 * DAY, 400, { level: HOURS, step: 60 }],
  ])("of %s", (_what, from, to, maxPoints, expected) => {
    expect(chooseLevel(from, to, maxPoints, now)).toEqual(expected);
  });

  it("of a sparkline is the coarsest with a row for each step", () => {
    expect(chooseSparkLevel(now - DAY, 60, now)).toBe(HOURS);
    expect(chooseSparkLevel(now - DAY, 30, now)).toBe(FIVES);
    expect(chooseSparkLevel(now - 60, 2, now)).toBe(MINUTES);
    expect(chooseSparkLevel(now - 3 * DAY, 2, now)).toBe(HOURS);
  });
});
