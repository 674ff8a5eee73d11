import { describe, expect, it } from "vitest";
import { HISTOGRAM_BINS, parseHistograms, quotaUsePercentile } from "./histogram";

function histogram(counts: Record<number, number>): number[] {
  return Array.from({ length: HISTOGRAM_BINS }, (_, bin) => counts[bin] ?? 0);
}

describe("a histogram of quota use", () => {
  it("is read from its lanes, and several are added up beyond what a lane can hold", () => {
    const full = (60n | (1n << 56n)).toString();
    expect(parseHistograms(`${full}:0:${(3n << 42n).toString()}`)).toEqual(histogram({ 0: 60, 8: 1, 24: 3 }));
    expect(parseHistograms(new Array(50).fill("60:0:0").join(","))).toEqual(histogram({ 0: 3000 }));
    expect(parseHistograms(null)).toEqual([]);
  });

  it("gives percentiles as upper edges of bins; none without a quota, and no edge above the last bin", () => {
    const some = histogram({ 1: 90, 15: 9, 24: 1 });
    expect(quotaUsePercentile(some, 0.5)).toBe(0.1);
    expect(quotaUsePercentile(some, 0.9)).toBe(0.1);
    expect(quotaUsePercentile(some, 0.95)).toBe(0.8);
    expect(quotaUsePercentile(some, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(quotaUsePercentile(some, 0)).toBe(0.1);
    expect(quotaUsePercentile([], 0.5)).toBeNull();
  });
});
