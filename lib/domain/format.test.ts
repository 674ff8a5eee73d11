import { describe, expect, test } from "vitest";
import {
  formatAgo,
  formatByteRate,
  formatBytes,
  formatCount,
  formatDuration,
  formatMilliseconds,
  formatPercent,
  formatRateIn,
  formatRateOf,
  formatSetPercent,
  formatSetRate,
  formatSpan,
} from "./format";

/** Non-breaking and narrow spaces read as plain ones here. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

describe("sizes and rates", () => {
  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [999.6, "1.00 kB"],
    [96_000_000_000, "96.0 GB"],
    [402_300_000_000, "402 GB"],
    [3_400_000_000_000, "3.40 TB"],
  ])("%d bytes is %s", (bytes, words) => expect(plain(formatBytes(bytes))).toBe(words));

  test.each([
    [50_000, "50 kB/s"],
    [18_750, "18.75 kB/s"],
    [1_666_667, "1.667 MB/s"],
    [999_700, "1 MB/s"],
    [1, "1 B/s"],
    [1e15, "1000 TB/s"],
  ])("%d bytes a second that were set are %s", (rate, words) => expect(plain(formatSetRate(rate))).toBe(words));

  test.each([
    [50, "50 %"],
    [12.5, "12.5 %"],
    [33.34, "33.34 %"],
  ])("%d percent that were set are %s", (percent, words) => expect(plain(formatSetPercent(percent))).toBe(words));

  test.each([
    [0, "0 B/s"],
    [0.4, "<1 B/s"],
    [700_000, "700 kB/s"],
    [999_700, "1.0 MB/s"],
    [3_900_000, "3.9 MB/s"],
    [216_000_000, "216 MB/s"],
  ])("%d bytes a second is %s", (rate, words) => expect(plain(formatByteRate(rate))).toBe(words));

  test.each([
    [0, "0"],
    [4900, "<0.01"],
    [5000, "0.01"],
    [700_000, "0.70"],
    [31_600_000, "31.6"],
  ])("%d in MB/s is %s: only nothing is 0", (rate, words) => expect(formatRateIn(rate, "MB/s")).toBe(words));

  test("a rate and its limit share the unit of the larger", () => {
    expect(plain(formatRateOf(10_100_000, 10_000_000))).toBe("10.1 of 10.0 MB/s");
    expect(plain(formatRateOf(20_000, 5_000_000))).toBe("<0.1 of 5.0 MB/s");
  });
});

describe("shares and counts", () => {
  test.each([
    [0, "0 %"],
    [0.001, "<1 %"],
    [0.78, "78 %"],
    [1.124, "112 %"],
    [12.5, "1,250 %"],
  ])("a share of %d is %s", (share, words) => expect(plain(formatPercent(share))).toBe(words));

  test("counts are grouped, and shortened from a billion", () => {
    expect(formatCount(1204)).toBe("1,204");
    expect(formatCount(1_740_000_000)).toBe("1.74 billion");
  });
});

describe("times", () => {
  test.each([
    [0, "0 s"],
    [400, "<1 s"],
    [18_000, "18 s"],
    [65_000, "1 m 05 s"],
    [22_320_000, "6 h 12 m"],
    [284_400_000, "3 d 7 h"],
  ])("%d ms behind is %s", (ms, words) => expect(plain(formatDuration(ms))).toBe(words));

  test.each([
    [0, "0 ms"],
    [0.2, "<1 ms"],
    [420, "420 ms"],
    [1400, "1.4 s"],
  ])("%d ms of throttling is %s", (ms, words) => expect(plain(formatMilliseconds(ms))).toBe(words));

  test.each([
    [-1, "unlimited"],
    [604_800_000, "7 days"],
    [86_400_000, "1 day"],
    [129_600_000, "36 hours"],
    [1500, "1,500 ms"],
  ])("a setting of %d ms is %s", (ms, words) => expect(plain(formatSpan(ms))).toBe(words));

  test("an age is said in one unit", () => {
    expect(plain(formatAgo(-300))).toBe("0 s ago");
    expect(plain(formatAgo(9000))).toBe("9 s ago");
    expect(plain(formatAgo(240_000))).toBe("4 min ago");
  });
});
