import { describe, expect, it } from "vitest";
import { direction, tenantMinute } from "@/lib/store/testing/minutes";
import { brokersOf, packBrokers, unpackBrokers } from "./brokers";

const part = (brokerId: number, bytesPerSecond: number | null, quota: number | null, throttleMs: number | null) => ({
  brokerId,
  bytesPerSecond,
  quotaBytesPerSecond: quota,
  throttleMs,
});

describe("brokers of a minute", () => {
  it("come back as they were, also where the directions know different ones", () => {
    const produce = [part(3, 10, 100, 0), part(1, 20, 100, 0)];
    const consume = [part(2, 5, null, null)];
    const seen = tenantMinute("t", { produce: direction(30, { brokers: produce }), consume: direction(5, { brokers: consume }) });
    const ids = brokersOf(seen);
    expect(ids).toEqual([1, 2, 3]);
    expect(unpackBrokers(ids, packBrokers(seen.produce, ids))).toEqual([part(1, 20, 100, 0), part(3, 10, 100, 0)]);
    expect(unpackBrokers(ids, packBrokers(seen.consume, ids))).toEqual(consume);
    expect(unpackBrokers(ids, packBrokers(null, ids))).toEqual([]);
  });

  it("take one element for a value that is the same everywhere, and none for one that nobody knows", () => {
    const brokers = [part(1, 10, 100, null), part(2, 20, 100, null)];
    expect(packBrokers(direction(30, { brokers }), [1, 2])).toEqual({ rates: [10, 20], quotas: [100], throttleMs: null });
  });
});
