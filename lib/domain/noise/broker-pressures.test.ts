import { describe, expect, it } from "vitest";
import { AT_MS } from "@/lib/domain/testing/cluster-fixture";
import { CALM, judged, type Reading, STORM } from "./testing/readings";

const brokerOf = (readings: readonly Reading[]) =>
  judged(readings)
    .at(-1)
    ?.noise.brokers.find(({ brokerId }) => brokerId === 2);
const signsOf = (readings: readonly Reading[]) => brokerOf(readings)?.signs;
const calm = (changes: Partial<Reading>): Reading[] => Array.from({ length: 10 }, () => ({ ...CALM, ...changes }));

describe("brokers' pressure", () => {
  it("does not take the throttling of clients for pressure", () => {
    const throttled: Reading = { ...CALM, throttleMs: 5_000 };
    expect(judged([throttled, throttled])[1]?.noise.brokers.flatMap(({ signs }) => signs)).toEqual([]);
  });

  it("is held against what is usual for the broker itself", () => {
    const usual = calm({ produceMs: 8 });
    expect(signsOf([...usual, { ...CALM, produceMs: 23 }, { ...CALM, produceMs: 23 }])).toEqual([]);
    expect(signsOf([...usual, { ...CALM, produceMs: 95 }, { ...CALM, produceMs: 95 }])).toEqual([
      { kind: "produce-time", value: 95, limit: 24, baseline: 8 },
    ]);
  });

  it("does not take a fetch that waits for records for slow", () => {
    const usual = calm({ fetchMs: 110, waitedMs: 100 });
    const patient = { ...CALM, fetchMs: 5_010, waitedMs: 5_000 };
    expect(signsOf([...usual, patient, patient])).toEqual([]);
    const slow = { ...CALM, fetchMs: 150, waitedMs: 50 };
    expect(signsOf([...usual, slow, slow])).toEqual([{ kind: "fetch-time", value: 100, limit: 30, baseline: 10 }]);
  });

  it("begins with the second reading, since the first, and lasts until the third calm one", () => {
    const since = judged([STORM, STORM, CALM, CALM, CALM]).map(
      ({ noise }) => noise.brokers.find(({ brokerId }) => brokerId === 2)?.sinceMs,
    );
    expect(since).toEqual([null, AT_MS, AT_MS, AT_MS, null]);
  });

  it("is not a burst that one reading saw", () => {
    expect(judged([CALM, STORM, CALM, STORM]).map(({ noise }) => noise.brokers.flatMap(({ signs }) => signs))).toEqual([[], [], [], []]);
  });

  it("keeps its signs while it is still to be seen whether it is over, and says so", () => {
    const easing = [CALM, STORM, STORM, CALM];
    expect(brokerOf(easing)).toMatchObject({ isEasing: true, signs: [{ kind: "handlers", value: 0.1 }] });
    const said = judged(easing).at(-1)?.noise.episodes[0]?.level.verdict;
    expect(said).toBe("noisy");
  });
});
