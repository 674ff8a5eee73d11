import { describe, expect, it } from "vitest";
import { statisticOf, unitOf, valueOfPeriod } from "./metrics";

describe("what AWS documents of its metrics", () => {
  it.each([
    ["BytesInPerSec", "bytes per second", "Average", "Sum"],
    ["MessagesInPerSec", "records per second", "Average", "Sum"],
    ["CpuUser", "percent", "Average", "Average"],
    ["RequestHandlerAvgIdlePercent", "share", "Average", "Average"],
    ["KafkaDataLogsDiskUsed", "percent", "Maximum", "Maximum"],
    ["ProduceThrottleTime", "milliseconds", "Average", "Average"],
    ["SumOffsetLag", "count", "Maximum", "Maximum"],
    ["EstimatedMaxTimeLag", "seconds", "Maximum", "Maximum"],
    ["ConnectionCount", "count", "Sum", "Sum"],
    ["TrafficShaping", "count", "Sum", "Sum"],
    ["StorageUsed", "bytes", "Maximum", "Maximum"],
    ["YoungerThanThisTable", null, "Average", "Average"],
  ])("%s is in %s; its statistic is %s, on serverless %s", (metric, unit, provisioned, serverless) => {
    expect(unitOf(metric)).toBe(unit);
    expect(statisticOf(metric, false)).toBe(provisioned);
    expect(statisticOf(metric, true)).toBe(serverless);
  });

  it("takes a sum back to one minute, and nothing else", () => {
    expect([60, 300, 3600].map((period) => valueOfPeriod(600, "Sum", period as 60))).toEqual([600, 120, 10]);
    expect(valueOfPeriod(600, "Average", 3600)).toBe(600);
  });
});
