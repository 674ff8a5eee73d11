import { describe, expect, it } from "vitest";
import { fullAtMs, usedShares } from "./disk";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("fullAtMs", () => {
  it.each([
    [
      "grows 10 % a day from 50 %",
      [
        { atMs: 0, usedShare: 0.5 },
        { atMs: DAY, usedShare: 0.6 },
      ],
      DAY + 4 * DAY,
    ],
    [
      "shrinks",
      [
        { atMs: 0, usedShare: 0.6 },
        { atMs: DAY, usedShare: 0.5 },
      ],
      null,
    ],
    [
      "stands",
      [
        { atMs: 0, usedShare: 0.6 },
        { atMs: DAY, usedShare: 0.6 },
      ],
      null,
    ],
    [
      "watched for less than six hours",
      [
        { atMs: 0, usedShare: 0.1 },
        { atMs: 5 * HOUR, usedShare: 0.9 },
      ],
      null,
    ],
    [
      "full in more than a year",
      [
        { atMs: 0, usedShare: 0.1 },
        { atMs: DAY, usedShare: 0.1001 },
      ],
      null,
    ],
    ["never seen", [], null],
  ])("%s", (_what, points, at) => {
    const full = fullAtMs(points);
    if (at === null) expect(full).toBeNull();
    else expect(full).toBeCloseTo(at, -3);
  });
});

describe("usedShares", () => {
  it("adds a broker's directories and leaves out those that do not say their size", () => {
    const dir = (brokerId: number, totalBytes: number | null, usableBytes: number | null) => ({
      brokerId,
      path: "/d",
      totalBytes,
      usableBytes,
    });
    expect([...usedShares([dir(1, 100, 50), dir(1, 300, 150), dir(2, null, null)])]).toEqual([[1, 0.5]]);
  });
});
