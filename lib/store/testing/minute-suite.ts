import { describe, expect, it } from "vitest";
import { writeMinute } from "@/lib/store/rollups/write-minute";
import type { Store } from "@/lib/store/store";
import { takeLease } from "./lease-suite";
import { direction, tenantMinute } from "./minutes";
import { HOUR, minutesOf, openCluster, START } from "./rolled-cluster";

export function minuteSuite(open: () => Store): void {
  describe("a minute", () => {
    it("comes back as it was written: unknown stays unknown, zero stays zero, a broker keeps its part", async () => {
      const cluster = await openCluster(open(), "minute");
      await cluster.write(0, [
        tenantMinute("full", {
          produce: direction(1000, {
            source: "derived",
            atLeast: true,
            quotaUse: 1.1,
            worstBrokerId: 3,
            near: true,
            throttled: true,
            throttledBelowPromise: true,
            abovePromise: false,
            brokers: [
              { brokerId: 1, bytesPerSecond: 400, quotaBytesPerSecond: 500, throttleMs: 0 },
              { brokerId: 3, bytesPerSecond: 600, quotaBytesPerSecond: 500, throttleMs: 12.5 },
            ],
          }),
          lag: { records: 2 ** 40, timeMs: 90_000, objectiveMissed: true },
          storageBytes: 2 ** 45,
        }),
        tenantMinute("idle", {
          consume: direction(0, {
            quotaUse: null,
            worstBrokerId: null,
            near: null,
            throttled: null,
            throttledBelowPromise: null,
            abovePromise: null,
            brokers: [{ brokerId: 2, bytesPerSecond: 0, quotaBytesPerSecond: null, throttleMs: null }],
          }),
        }),
      ]);

      const full = (await cluster.history("full", 0, 60, 60)).points;
      expect(full).toHaveLength(1);
      expect(full[0]?.brokers).toEqual({
        produce: [
          { brokerId: 1, bytesPerSecond: 400, quotaBytesPerSecond: 500, throttleMs: 0 },
          { brokerId: 3, bytesPerSecond: 600, quotaBytesPerSecond: 500, throttleMs: 12.5 },
        ],
        consume: [],
      });
      expect(full[0]?.summary).toMatchObject({
        produce: {
          source: "derived",
          atLeast: true,
          bytes: 60_000,
          maxBytesPerSecond: 1000,
          worstBrokerId: 3,
          maxThrottleMs: 12.5,
          minutesSeen: 1,
          minutesLimited: 1,
          minutesNear: 1,
          minutesThrottleKnown: 1,
          minutesThrottled: 1,
          minutesThrottledBelowPromise: 1,
          minutesPromiseKnown: 1,
          minutesAbovePromise: 0,
        },
        consume: null,
        lag: { maxRecords: 2 ** 40, maxTimeMs: 90_000, minutesSeen: 1, minutesJudged: 1, minutesMissed: 1 },
        storageBytes: 2 ** 45,
      });
      expect(full[0]?.summary.produce?.maxQuotaUse).toBeCloseTo(1.1, 5);
      expect(full[0]?.summary.produce?.histogram[22]).toBe(1);

      const [idle] = (await cluster.history("idle", 0, 60, 60)).points;
      expect(idle?.brokers).toEqual({
        produce: [],
        consume: [{ brokerId: 2, bytesPerSecond: 0, quotaBytesPerSecond: null, throttleMs: null }],
      });
      expect(idle?.summary).toEqual({
        produce: null,
        consume: {
          source: "measured",
          atLeast: false,
          bytes: 0,
          maxBytesPerSecond: 0,
          worstBrokerId: null,
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
        },
        lag: null,
        storageBytes: null,
      });
    });

    it("that was not written is a gap", async () => {
      const cluster = await openCluster(open(), "gap");
      for (const minute of [0, 1, 4]) await cluster.write(minute, [tenantMinute("t", { produce: direction(10) })]);
      const history = await cluster.history("t", 0, 10, 60);
      expect(minutesOf(history.points)).toEqual([0, 1, 4]);
      expect(history.sinceMs).toBe(START);
    });

    it("written twice is the later one", async () => {
      const cluster = await openCluster(open(), "twice");
      await cluster.write(0, [tenantMinute("t", { produce: direction(10), storageBytes: 5 })]);
      await cluster.write(0, [tenantMinute("t", { produce: direction(30) })]);
      const { points } = await cluster.history("t", 0, 10, 60);
      expect(points.map((point) => [point.summary.produce?.bytes, point.summary.storageBytes])).toEqual([[1800, null]]);
    });

    it("is refused under an old fence, and when it is older than minutes are kept", async () => {
      const store = open();
      const cluster = await openCluster(store, "fence");
      const old = await takeLease(store, "rollup/old", "a", -1);
      await takeLease(store, "rollup/old", "b");
      await expect(cluster.write(0, [tenantMinute("t", { produce: direction(10) })], old)).rejects.toMatchObject({ code: "conflict" });
      expect((await cluster.history("t", 0, 10, 60)).points).toEqual([]);
      const late = { clusterId: "fence", atMs: START, tenants: [] };
      await expect(writeMinute(store, late, cluster.lease, new Date(START + 25 * HOUR))).rejects.toMatchObject({ code: "invalid" });
    });
  });
}
