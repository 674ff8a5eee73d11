import { expect, it } from "vitest";
import { choosePeriod } from "./cloud-period";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const DAY = 86_400_000;

it.each([
  [15 / 1440, 0, 60],
  [1, 0, 60],
  [2, 0, 300],
  [7, 0, 300],
  [14, 0, 300],
  [30, 0, 3600],
  [400, 0, 3600],
  // An hour of the past.
  [10, 10 - 1 / 24, 60],
  [15, 15 - 1 / 24, 300],
  [20, 20 - 1 / 24, 300],
  [63, 63 - 1 / 24, 3600],
  [70, 70 - 1 / 24, 3600],
])("from %d days ago to %d days ago is read in periods of %i s", (from, to, period) => {
  expect(choosePeriod(NOW - from * DAY, NOW, NOW - to * DAY)).toBe(period);
});
