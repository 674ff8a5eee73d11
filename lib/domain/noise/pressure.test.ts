import { describe, expect, it } from "vitest";
import type { BrokerBaseline } from "./noise";
import { type BrokerMeasures, nextBaseline, pressureSigns, unseenSigns } from "./pressure";

const CALM: BrokerMeasures = {
  requestHandlerIdle: 0.9,
  networkProcessorIdle: 0.9,
  cpuUsedShare: 0.2,
  produceMs: 8,
  fetchMs: 10,
  packetsShapedPerMinute: undefined,
  sizeLimit: {},
};
const BASELINE: BrokerBaseline = { produceMs: 8, fetchMs: 10, readings: 60 };
const kinds = (changes: Partial<BrokerMeasures>, baseline: BrokerBaseline | undefined = BASELINE, was = false) =>
  pressureSigns({ ...CALM, ...changes }, baseline, was).map(({ kind }) => kind);

describe("pressure", () => {
  it.each<[string, Partial<BrokerMeasures>, string[]]>([
    ["nothing of it", {}, []],
    ["handlers idle 29 %", { requestHandlerIdle: 0.29 }, ["handlers"]],
    ["handlers idle 30 %", { requestHandlerIdle: 0.3 }, []],
    ["network idle 10 %", { networkProcessorIdle: 0.1 }, ["network"]],
    ["CPU 61 %", { cpuUsedShare: 0.61 }, ["cpu"]],
    ["CPU 60 %", { cpuUsedShare: 0.6 }, []],
    ["produce time over three times its own", { produceMs: 25 }, ["produce-time"]],
    ["fetch time over three times its own", { fetchMs: 31 }, ["fetch-time"]],
    ["three times very little", { produceMs: 19 }, []],
    ["packets that its network allowance held back", { packetsShapedPerMinute: 1 }, ["shaped"]],
    ["requests that the limit of its size held back", { sizeLimit: { produce: { ms: 12, bytesPerSecond: null } } }, ["produce-held"]],
    ["bytes that the limit of its size held back", { sizeLimit: { consume: { ms: 0, bytesPerSecond: 5 } } }, ["fetch-held"]],
    ["a limit of its size that holds nothing back", { sizeLimit: { produce: { ms: 0, bytesPerSecond: 0 } } }, []],
    ["what may have been a client's quota", { sizeLimit: { produce: "unclear" } }, []],
    ["measures that are not published", { requestHandlerIdle: undefined, cpuUsedShare: undefined, fetchMs: undefined }, []],
  ])("by %s", (_, changes, signs) => expect(kinds(changes)).toEqual(signs));

  it("of times needs a baseline", () => {
    expect(pressureSigns({ ...CALM, fetchMs: 500 }, undefined, false)).toEqual([]);
    expect(kinds({ fetchMs: 500 }, { ...BASELINE, readings: 9 })).toEqual([]);
    expect(unseenSigns(CALM, undefined)).toEqual(["produce-time", "fetch-time"]);
    expect(unseenSigns({ ...CALM, sizeLimit: { produce: "unclear" } }, BASELINE)).toEqual(["produce-held"]);
  });

  it("stays until the broker is better by a fifth", () => {
    expect(kinds({ requestHandlerIdle: 0.33 }, BASELINE, true)).toEqual(["handlers"]);
    expect(kinds({ requestHandlerIdle: 0.37 }, BASELINE, true)).toEqual([]);
  });
});

describe("a baseline", () => {
  it("stands still under pressure", () => {
    expect(nextBaseline(BASELINE, { produceMs: 500, fetchMs: 900 }, false)).toEqual(BASELINE);
  });

  it("is the mean of the first readings, and follows slowly after an hour of them", () => {
    let baseline: BrokerBaseline | undefined;
    for (const produceMs of [6, 8, 10]) baseline = nextBaseline(baseline, { produceMs, fetchMs: null }, true);
    expect(baseline).toEqual({ produceMs: 8, fetchMs: null, readings: 3 });
    expect(nextBaseline(BASELINE, { produceMs: 68, fetchMs: 10 }, true).produceMs).toBeCloseTo(9);
  });
});
