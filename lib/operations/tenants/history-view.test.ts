import { describe, expect, it } from "vitest";
import type { BrokerMinute, DirectionSummary, HistoryPoint, StoredHistory } from "@/lib/store";
import { historyView } from "./history-view";

const MINUTE = 60_000;
const direction = (changes: Partial<DirectionSummary> = {}): DirectionSummary => ({
  source: "measured",
  atLeast: false,
  bytes: 6_000,
  maxBytesPerSecond: 150,
  worstBrokerId: 1,
  maxQuotaUse: null,
  maxThrottleMs: null,
  minutesSeen: 1,
  minutesLimited: 0,
  minutesNear: 0,
  minutesThrottleKnown: 0,
  minutesThrottled: 0,
  minutesThrottledBelowPromise: 0,
  minutesPromiseKnown: 0,
  minutesAbovePromise: 0,
  histogram: [],
  ...changes,
});
const broker = (brokerId: number, bytesPerSecond: number | null, changes: Partial<BrokerMinute> = {}): BrokerMinute => ({
  brokerId,
  bytesPerSecond,
  quotaBytesPerSecond: null,
  throttleMs: null,
  ...changes,
});
const point = (atMs: number, changes: Partial<HistoryPoint["summary"]>, produce: BrokerMinute[] | null = null): HistoryPoint => ({
  atMs,
  summary: { produce: null, consume: null, lag: null, storageBytes: null, ...changes },
  brokers: produce === null ? null : { produce, consume: [] },
});
const lag = (maxRecords: number, maxTimeMs: number | null) => ({
  maxRecords,
  maxTimeMs,
  minutesSeen: 1,
  minutesJudged: 0,
  minutesMissed: 0,
});

function view(clusters: Record<string, HistoryPoint[]>, stepMs = MINUTE, toMs = 3 * MINUTE) {
  const stored: StoredHistory = {
    stepMs,
    sinceMs: 0,
    clusters: Object.entries(clusters).map(([clusterId, points]) => ({ clusterId, points })),
  };
  return historyView(stored, 0, toMs, (id) => id.toUpperCase());
}

describe("historyView", () => {
  it("draws a line for each broker where minutes are kept, with the quota of each minute, and a gap where nothing was seen", () => {
    const first = [broker(2, 40, { quotaBytesPerSecond: 100 }), broker(1, 60, { throttleMs: 0 })];
    const last = [broker(1, 70, { quotaBytesPerSecond: 200, throttleMs: 30 }), broker(2, null)];
    const { produce, produceThrottleMs, times, consume } = view({
      c1: [point(0, { produce: direction() }, first), point(2 * MINUTE, { produce: direction() }, last)],
    });
    expect(times).toEqual([0, MINUTE, 2 * MINUTE]);
    expect(produce).toEqual([
      { key: "c1/1", name: "broker 1", clusterId: "c1", brokerId: 1, values: [60, null, 70], quota: [null, null, 200] },
      { key: "c1/2", name: "broker 2", clusterId: "c1", brokerId: 2, values: [40, null, null], quota: [100, null, null] },
    ]);
    expect(produceThrottleMs).toEqual([{ key: "c1/1", name: "broker 1", clusterId: "c1", brokerId: 1, values: [0, null, 30] }]);
    expect(consume).toEqual([]);
  });

  it("draws one line with its highest value where only sums are kept", () => {
    const { produce, produceThrottleMs } = view(
      { c1: [point(0, { produce: direction({ bytes: 60_000, minutesSeen: 5, maxThrottleMs: 12 }) })] },
      5 * MINUTE,
      10 * MINUTE,
    );
    expect(produce).toEqual([{ key: "c1/all", name: "C1", clusterId: "c1", brokerId: null, values: [200, null], max: [150, null] }]);
    expect(produceThrottleMs).toMatchObject([{ brokerId: null, values: [12, null] }]);
  });

  it("shows the worst lag of several clusters, and leaves out what is not known", () => {
    const { lagRecords, lagMs } = view({
      c1: [point(0, { lag: lag(10, null) }), point(MINUTE, { lag: lag(0, 0) })],
      c2: [point(0, { lag: lag(7, 90) })],
    });
    expect(lagRecords).toEqual([10, 0, null]);
    expect(lagMs).toEqual([90, 0, null]);
  });

  it("adds storage over clusters only where all of them were seen", () => {
    const { storageBytes } = view({
      c1: [point(0, { storageBytes: 10 }), point(MINUTE, { storageBytes: 11 })],
      c2: [point(0, { storageBytes: 5 })],
      c3: [point(0, {})],
    });
    expect(storageBytes).toEqual([15, null, null]);
  });

  it.each<[StoredHistory["clusters"][number]["points"], string]>([
    [[], "none"],
    [[point(0, { produce: direction() })], "measured"],
    [[point(0, { produce: direction({ source: "derived" }) })], "derived"],
    [[point(0, { produce: direction(), consume: direction({ source: "derived" }) })], "mixed"],
    [[point(0, { produce: direction({ source: "estimated" }) })], "mixed"],
  ])("names its source (%#)", (points, source) => expect(view({ c1: points }).source).toBe(source));

  it("drops points beside the range", () => {
    expect(view({ c1: [point(-MINUTE, { storageBytes: 1 }), point(9 * MINUTE, { storageBytes: 1 })] }).storageBytes).toEqual([
      null,
      null,
      null,
    ]);
  });
});
