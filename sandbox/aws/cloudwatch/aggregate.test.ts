import { describe, expect, it } from "vitest";
import { aggregate } from "./aggregate";
import type { Series } from "./series-store";

const MINUTE = 60_000;
const T0 = 1_800_000_000_000 - (1_800_000_000_000 % (5 * MINUTE));

function series(samples: [minute: number, sample: number | number[]][]): Series {
  return {
    scope: "1/r",
    metric: "BytesInPerSec",
    dimensions: {},
    unit: "Bytes/Second",
    atMs: samples.map(([minute]) => T0 + minute * MINUTE),
    samples: samples.map(([, sample]) => sample),
  };
}

const hour = { startMs: T0, endMs: T0 + 60 * MINUTE };

describe("periods", () => {
  it("of a minute are the minutes, and a minute without a sample stays away", () => {
    const points = aggregate(
      series([
        [0, 5],
        [2, 7],
      ]),
      "Average",
      { ...hour, periodMs: MINUTE },
    );
    expect(points).toEqual([
      { atMs: T0, value: 5 },
      { atMs: T0 + 2 * MINUTE, value: 7 },
    ]);
  });

  it("of five minutes take together what there is", () => {
    const of = series([
      [0, 10],
      [4, 20],
      [5, 1],
    ]);
    const at = (statistic: "Average" | "Sum" | "Maximum" | "SampleCount") => aggregate(of, statistic, { ...hour, periodMs: 5 * MINUTE })[0];
    expect(at("Average")).toEqual({ atMs: T0, value: 15 });
    expect(at("Sum")?.value).toBe(30);
    expect(at("Maximum")?.value).toBe(20);
    expect(at("SampleCount")?.value).toBe(2);
  });

  it("know several samples of one minute", () => {
    const of = series([[0, [1, 0, 0]]]);
    const value = (statistic: "Average" | "Sum" | "Minimum") => aggregate(of, statistic, { ...hour, periodMs: MINUTE })[0]?.value;
    expect(value("Sum")).toBe(1);
    expect(value("Average")).toBeCloseTo(1 / 3);
    expect(value("Minimum")).toBe(0);
  });

  it("leave out what lies before the start and from the end on", () => {
    const of = series([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(aggregate(of, "Sum", { startMs: T0 + MINUTE, endMs: T0 + 2 * MINUTE, periodMs: MINUTE })).toEqual([
      { atMs: T0 + MINUTE, value: 2 },
    ]);
  });
});
