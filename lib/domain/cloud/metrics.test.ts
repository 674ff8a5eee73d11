import { expect, it } from "vitest";
import { CLOUD_METRICS, neededSeries } from "./metrics";

const OWN = { rates: false, lag: false, express: false };

it.each(["CpuUser", "TrafficShaping", "RequestHandlerAvgIdlePercent"])(
  "%s is asked for of every broker, whatever exporters tell, and of nothing else",
  (metric) => {
    expect(CLOUD_METRICS).toContain(metric);
    const keys = [{ metric, brokerId: 1 }, { metric, brokerId: 2 }, { metric }, { metric, brokerId: 1, topic: "a.b" }];
    expect(neededSeries(keys, OWN)).toEqual(keys.slice(0, 2));
  },
);

it("rates and lag are asked for only where nothing nearer to the truth is read", () => {
  const keys = [
    { metric: "BytesInPerSec", brokerId: 1 },
    { metric: "SumOffsetLag", topic: "a.b", group: "g" },
  ];
  expect(neededSeries(keys, OWN)).toEqual([]);
  expect(neededSeries(keys, { ...OWN, rates: true, lag: true })).toEqual(keys);
});

it.each(["ProduceThrottleByteRate", "FetchThrottleByteRate"])(
  "%s is asked for of Express alone, which holds back at its size",
  (metric) => {
    expect(CLOUD_METRICS).toContain(metric);
    const keys = [{ metric, brokerId: 1 }];
    expect(neededSeries(keys, OWN)).toEqual([]);
    expect(neededSeries(keys, { ...OWN, express: true })).toEqual(keys);
  },
);
