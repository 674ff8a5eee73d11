import { describe, expect, it } from "vitest";
import type { LagReading } from "./lag-values";
import { lagValues } from "./lag-values";

const MINUTE_MS = 60_000;

/** One group on topic `t`: committed offsets by partition against partitions that all end at 100. */
function reading(atMinute: number, committed: number[], { group = "g", state = "Stable", end = 100 } = {}): LagReading {
  const offsets = new Map(committed.map((offset, partition) => [partition, BigInt(offset)]));
  const ends = new Map(committed.map((_, partition) => [partition, BigInt(end)]));
  return {
    atMs: atMinute * MINUTE_MS,
    groups: [{ group, state, committed: offsets.size === 0 ? new Map() : new Map([["t", offsets]]) }],
    ends: new Map([["t", ends]]),
  };
}

const samples = (now: LagReading, earlier: LagReading[] = [], level: Parameters<typeof lagValues>[1] = "DEFAULT") =>
  Object.fromEntries(
    lagValues("c", level, now, earlier).map(({ metric, dimensions, sample }) => [metric + (dimensions.Partition ?? ""), sample]),
  );

describe("AWS's lag series", () => {
  it("are the worst partition and the sum, by group and topic", () => {
    const [max, sum] = lagValues("c", "DEFAULT", reading(0, [90, 70]), []);
    expect(max).toMatchObject({
      metric: "MaxOffsetLag",
      sample: 30,
      dimensions: { "Cluster Name": "c", "Consumer Group": "g", Topic: "t" },
    });
    expect(sum).toMatchObject({ metric: "SumOffsetLag", sample: 40 });
  });

  it("are there for stable and empty groups only", () => {
    for (const state of ["Stable", "Empty"]) expect(samples(reading(0, [90], { state }))).toMatchObject({ SumOffsetLag: 10 });
    for (const state of ["PreparingRebalance", "CompletingRebalance", "Assigning", "Reconciling", "Dead", "Unknown"])
      expect(samples(reading(0, [90], { state }))).toEqual({});
  });

  it("are not there for a name with a colon or beyond ASCII, nor where nothing was committed", () => {
    for (const group of ["a:b", "grüppe", "消費者"]) expect(samples(reading(0, [90], { group }))).toEqual({});
    expect(samples(reading(0, []))).toEqual({});
  });

  it("are not there when a partition's end is not known: the sum would look smaller than it is", () => {
    const now = reading(0, [90, 70]);
    now.ends.get("t")?.delete(1);
    expect(samples(now)).toEqual({});
  });

  it("estimate the time to drain at the pace of the last minute, and over the rolling window", () => {
    const earlier = [reading(0, [0]), reading(1, [40])];
    expect(samples(reading(2, [70]), earlier)).toMatchObject({
      MaxOffsetLag: 30,
      EstimatedMaxTimeLag: 60,
      RollingEstimatedTimeLagMax: expect.closeTo(51.43, 1),
    });
  });

  it("estimate nothing for a group that stands still, and zero for one that has caught up", () => {
    expect(samples(reading(1, [70]), [reading(0, [70])])).toEqual({ MaxOffsetLag: 30, SumOffsetLag: 30 });
    expect(samples(reading(1, [100]), [reading(0, [100])])).toMatchObject({ EstimatedMaxTimeLag: 0, RollingEstimatedTimeLagMax: 0 });
  });

  it("are by partition at PER_TOPIC_PER_PARTITION", () => {
    expect(samples(reading(0, [90, 70]), [], "PER_TOPIC_PER_BROKER")).not.toHaveProperty("OffsetLag0");
    expect(samples(reading(0, [90, 70]), [], "PER_TOPIC_PER_PARTITION")).toMatchObject({ OffsetLag0: 10, OffsetLag1: 30 });
  });
});
