import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Store } from "@/lib/store/store";
import { takeLease } from "./lease-suite";
import { direction, tenantMinute } from "./minutes";
import { HOUR, openCluster } from "./rolled-cluster";

export function rollupSuite(open: () => Store): void {
  describe("a roll-up", () => {
    it("counts the minutes of an hour as they were, and reads the same from every level", async () => {
      const cluster = await openCluster(open(), "hour");
      const uses = Array.from({ length: 60 }, (_, minute) => (minute * 37) % 130);
      for (const [minute, use] of uses.entries()) {
        if (minute % 10 === 7) continue;
        await cluster.write(minute, [
          tenantMinute("t", {
            produce: direction(100 + use, {
              source: minute === 30 ? "estimated" : "measured",
              quotaUse: minute < 20 ? null : use / 100,
              near: minute < 20 ? null : use >= 80,
              throttled: minute % 2 === 0 ? null : use >= 100,
              throttledBelowPromise: use >= 120,
              abovePromise: minute < 30 ? null : use > 110,
              worstBrokerId: use % 3,
              brokers: [1, 2].map((brokerId) => ({ brokerId, bytesPerSecond: use, quotaBytesPerSecond: 100, throttleMs: use * brokerId })),
            }),
            lag: minute < 50 ? null : { records: minute, timeMs: minute * 1000, objectiveMissed: minute === 55 ? true : null },
            storageBytes: minute === 59 ? null : 1000 + minute,
          }),
        ]);
      }
      expect(await cluster.rollUp(60)).toBe(13);

      const seen = uses.map((use, minute) => ({ use, minute })).filter(({ minute }) => minute % 10 !== 7);
      const limited = seen.filter(({ minute }) => minute >= 20);
      const worst = limited.reduce((a, b) => (b.use > a.use ? b : a));
      const count = (of: typeof seen, test: (one: { use: number; minute: number }) => boolean) => of.filter(test).length;
      const histogram = new Array(25).fill(0);
      for (const { use } of limited) histogram[Math.min(24, Math.floor(use / 5))] += 1;

      const { points, stepMs } = await cluster.history("t", 0, 60, 1);
      expect(stepMs).toBe(HOUR);
      expect(points).toHaveLength(1);
      expect(points[0]?.brokers).toBeNull();
      const produce = points[0]?.summary.produce;
      expect({ ...produce, maxQuotaUse: Math.round((produce?.maxQuotaUse ?? 0) * 100) }).toEqual({
        source: "estimated",
        atLeast: false,
        bytes: seen.reduce((sum, { use }) => sum + (100 + use) * 60, 0),
        maxBytesPerSecond: 100 + Math.max(...seen.map(({ use }) => use)),
        worstBrokerId: worst.use % 3,
        maxQuotaUse: worst.use,
        maxThrottleMs: 2 * Math.max(...seen.map(({ use }) => use)),
        minutesSeen: seen.length,
        minutesLimited: limited.length,
        minutesNear: count(limited, ({ use }) => use >= 80),
        minutesThrottleKnown: count(seen, ({ minute }) => minute % 2 === 1),
        minutesThrottled: count(seen, ({ use, minute }) => minute % 2 === 1 && use >= 100),
        minutesThrottledBelowPromise: count(seen, ({ use }) => use >= 120),
        minutesPromiseKnown: count(seen, ({ minute }) => minute >= 30),
        minutesAbovePromise: count(seen, ({ use, minute }) => minute >= 30 && use > 110),
        histogram,
      });
      expect(points[0]?.summary.lag).toEqual({ maxRecords: 59, maxTimeMs: 59_000, minutesSeen: 9, minutesJudged: 1, minutesMissed: 1 });
      expect(points[0]?.summary.storageBytes).toBe(1058);

      for (const [maxPoints, steps] of [
        [60, seen.length],
        [12, 12],
      ] as const) {
        const finer = (await cluster.history("t", 0, 60, maxPoints)).points;
        expect(finer).toHaveLength(steps);
        expect(finer.reduce((sum, point) => sum + (point.summary.produce?.bytes ?? 0), 0)).toBe(produce?.bytes);
      }
    });

    it("done twice, or with nothing new, changes nothing", async () => {
      const cluster = await openCluster(open(), "idempotent");
      for (let minute = 0; minute < 5; minute++) await cluster.write(minute, [tenantMinute("t", { produce: direction(10) })]);
      expect(await cluster.rollUp(5)).toBe(1);
      expect(await cluster.rollUp(5)).toBe(0);
      await cluster.write(4, [tenantMinute("t", { produce: direction(10) })]);
      expect(await cluster.rollUp(5)).toBe(1);
      const { points } = await cluster.history("t", 0, 5, 1);
      expect(points.map((point) => point.summary.produce?.bytes)).toEqual([3000]);
    });

    it("takes up a minute that comes late", async () => {
      const cluster = await openCluster(open(), "late");
      const write = (minute: number) => cluster.write(minute, [tenantMinute("t", { produce: direction(10) })]);
      for (const minute of [0, 1, 3, 4, 61]) await write(minute);
      expect(await cluster.rollUp(62)).toBe(2);
      await write(2);
      const before = await cluster.history("t", 0, 60, 1, 62);
      expect(before.points[0]?.summary.produce?.minutesSeen).toBe(5);
      expect(await cluster.rollUp(62)).toBe(2);
      const after = await cluster.history("t", 0, 60, 1, 62);
      expect(after).toEqual(before);
    });

    it("broken off by a lost lease is finished by the next holder", async () => {
      const store = open();
      const cluster = await openCluster(store, "broken");
      for (const minute of [0, 1, 2, 58]) await cluster.write(minute, [tenantMinute("t", { produce: direction(10) })]);
      const lost = await takeLease(store, "rollup/broken-off", "a", -1);
      const next = await takeLease(store, "rollup/broken-off", "b");
      await expect(cluster.rollUp(60, lost)).rejects.toMatchObject({ code: "conflict" });
      expect(await cluster.rollUp(60, next)).toBe(3);
      const { points } = await cluster.history("t", 0, 60, 1);
      expect(points[0]?.summary.produce).toMatchObject({ bytes: 2400, minutesSeen: 4 });
    });

    it("does not take a bucket for done that was written to meanwhile", async () => {
      const store = open();
      const cluster = await openCluster(store, "meanwhile");
      await cluster.write(0, [tenantMinute("t", { produce: direction(10) })]);
      await store.run((db) => db.execute(sql`update rollup_pending set touched = touched + 1 where cluster_id = 'meanwhile'`));
      await Promise.all([cluster.rollUp(5), cluster.write(1, [tenantMinute("t", { produce: direction(10) })])]);
      await cluster.rollUp(5);
      const { points } = await cluster.history("t", 0, 5, 1);
      expect(points[0]?.summary.produce?.minutesSeen).toBe(2);
    });
  });
}
