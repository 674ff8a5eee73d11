import { describe, expect, it } from "vitest";
import { mskCluster } from "@/lib/domain/testing/msk-fixture";
import { partitionLimit, publishedCapacity } from "./msk-limits";

describe("partitionLimit", () => {
  it.each([
    ["kafka.t3.small", { recommended: 300, max: 300 }],
    ["kafka.m7g.large", { recommended: 1_000, max: 1_500 }],
    ["kafka.m5.2xlarge", { recommended: 2_000, max: 3_000 }],
    ["kafka.m5.24xlarge", { recommended: 4_000, max: 6_000 }],
    ["express.m7g.xlarge", { recommended: 1_000, max: 2_000 }],
    ["kafka.m9.huge", null],
    ["", null],
    [null, null],
  ])("%s", (type, limit) => {
    const found = partitionLimit(type);
    if (limit === null) expect(found).toBeNull();
    else expect(found).toMatchObject(limit);
  });
});

describe("publishedCapacity", () => {
  it("is unknown for Standard brokers, whatever their size", () => {
    expect(publishedCapacity(mskCluster({ kind: "standard", instanceType: "kafka.m7g.large", brokerCount: 3 }))).toBeNull();
  });
  it("multiplies what AWS publishes of one Express broker", () => {
    expect(publishedCapacity(mskCluster({ kind: "express", instanceType: "express.m7g.large", brokerCount: 3 }))?.bytesPerSecond).toBe(
      46_800_000,
    );
  });
  it("is the limit of the whole cluster for serverless", () => {
    expect(publishedCapacity(mskCluster({ kind: "serverless", instanceType: null, brokerCount: null }))?.bytesPerSecond).toBe(200_000_000);
  });
});
