import { describe, expect, it } from "vitest";
import { CALM, judged, type Reading, STORM } from "./testing/readings";

const signsOf = (readings: readonly Reading[]) =>
  judged(readings)
    .at(-1)
    ?.noise.brokers.find(({ brokerId }) => brokerId === 2)?.signs;
const calm = (changes: Partial<Reading>): Reading[] => Array.from({ length: 10 }, () => ({ ...CALM, ...changes }));

describe("brokers' pressure", () => {
  it("does not take the throttling of clients for pressure", () => {
    const throttled: Reading = { ...CALM, throttleMs: 5_000 };
    expect(judged([throttled, throttled])[1]?.noise.brokers.flatMap(({ signs }) => signs)).toEqual([]);
  });

  it("is held against what is usual for the broker itself", () => {
    const usual = calm({ produceMs: 8 });
    expect(signsOf([...usual, { ...CALM, produceMs: 23 }])).toEqual([]);
    expect(signsOf([...usual, { ...CALM, produceMs: 95 }])).toEqual([{ kind: "produce-time", value: 95, limit: 24, baseline: 8 }]);
  });

  it("does not take a fetch that waits for records for slow", () => {
    const usual = calm({ fetchMs: 110, waitedMs: 100 });
    expect(signsOf([...usual, { ...CALM, fetchMs: 5_010, waitedMs: 5_000 }])).toEqual([]);
    expect(signsOf([...usual, { ...CALM, fetchMs: 150, waitedMs: 50 }])).toEqual([
      { kind: "fetch-time", value: 100, limit: 30, baseline: 10 },
    ]);
  });

  it("lasts until the third calm reading", () => {
    const since = judged([STORM, CALM, CALM, CALM]).map(({ noise }) => noise.brokers.find(({ brokerId }) => brokerId === 2)?.sinceMs);
    expect(since.map((ms) => ms !== null)).toEqual([true, true, true, false]);
  });
});
