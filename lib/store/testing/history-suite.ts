import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { pruneRollups } from "@/lib/store/rollups/prune-rollups";
import { readHistory } from "@/lib/store/rollups/read-history";
import { readMinutesOver } from "@/lib/store/rollups/read-minutes-over";
import { readPeaks } from "@/lib/store/rollups/read-peaks";
import { readSparklines } from "@/lib/store/rollups/read-sparklines";
import { rollUp } from "@/lib/store/rollups/roll-up";
import { writeMinute } from "@/lib/store/rollups/write-minute";
import type { Store } from "@/lib/store/store";
import { takeLease } from "./lease-suite";
import { direction, tenantMinute } from "./minutes";
import { HOUR, MINUTE, minutesOf, openCluster, START } from "./rolled-cluster";

/** What other tests left to be rolled up would keep their partitions. */
function forgetPending(store: Store) {
  return store.run((db) => db.execute(sql`delete from rollup_pending`));
}

export function historySuite(open: () => Store): void {
  describe("history", () => {
    it("sums a running hour up from the finer rows it will be made of", async () => {
      const cluster = await openCluster(open(), "running");
      for (const minute of [0, 1, 58, 59, 60, 61, 64, 65, 66]) {
        await cluster.write(minute, [tenantMinute("t", { produce: direction(10) })]);
        await cluster.rollUp(minute + 1);
      }
      const hours = await cluster.history("t", 0, 67, 2);
      expect(hours.points.map((point) => [point.atMs, point.summary.produce?.minutesSeen])).toEqual([
        [START, 4],
        [START + HOUR, 5],
      ]);
      const fives = await cluster.history("t", 0, 67, 14);
      expect(minutesOf(fives.points)).toEqual([0, 55, 60, 65]);
      expect(fives.points.map((point) => point.summary.produce?.minutesSeen)).toEqual([2, 2, 3, 2]);
    });

    it("is as fine as it is still kept, and hours are joined where they are too many", async () => {
      const cluster = await openCluster(open(), "resolution");
      await cluster.write(0, [tenantMinute("t", { produce: direction(10) })]);
      await cluster.write(5, [tenantMinute("t", { produce: direction(10) })]);
      await cluster.rollUp(60);
      const days = (count: number) => count * 24 * 60;
      expect((await cluster.history("t", 0, 60, 1000)).stepMs).toBe(MINUTE);
      expect((await cluster.history("t", 0, 60, 1000, days(2))).stepMs).toBe(5 * MINUTE);
      expect((await cluster.history("t", 0, 60, 1000, days(20))).stepMs).toBe(HOUR);
      const joined = await cluster.history("t", 0, days(40), 100);
      expect(joined.stepMs).toBe(10 * HOUR);
      expect(joined.points.map((point) => point.summary.produce?.minutesSeen)).toEqual([2]);
    });

    it("of a tenant that was never seen is empty and says so", async () => {
      const cluster = await openCluster(open(), "nobody");
      expect(await cluster.history("nobody", 0, 60, 60)).toEqual({ stepMs: MINUTE, sinceMs: null, points: [] });
    });
  });

  describe("sparklines", () => {
    it("add up the clusters of a tenant and leave gaps where nothing was seen", async () => {
      const one = await openCluster(open(), "spark-1");
      const two = await openCluster(open(), "spark-2");
      for (let minute = 0; minute < 20; minute++) {
        if (minute >= 5 && minute < 10) continue;
        await one.write(minute, [tenantMinute("spark-a", { produce: direction(100) }), tenantMinute("spark-b", { consume: direction(7) })]);
        if (minute < 5) await two.write(minute, [tenantMinute("spark-a", { produce: direction(11) })]);
      }
      await one.rollUp(17);
      await two.rollUp(17);
      const range = { fromMs: START, toMs: START + 20 * MINUTE, tenantIds: ["spark-a", "spark-b"] };
      const now = new Date(START + 20 * MINUTE);
      expect(await readSparklines(open(), { ...range, direction: "produce", points: 4 }, now)).toEqual(
        new Map([
          ["spark-a", [111, null, 100, 100]],
          ["spark-b", [null, null, null, null]],
        ]),
      );
      const fine = await readSparklines(open(), { ...range, direction: "consume", points: 20 }, now);
      expect(fine.get("spark-b")).toEqual([...new Array(5).fill(7), ...new Array(5).fill(null), ...new Array(10).fill(7)]);
    });
  });

  describe("the highest minutes", () => {
    it("are those of hours and of what is not an hour yet, by tenant", async () => {
      const cluster = await openCluster(open(), "peaks");
      const write = (minute: number, produce: number, more = {}) =>
        cluster.write(minute, [
          tenantMinute("peak-a", { produce: direction(produce, more) }),
          tenantMinute("peak-b", { consume: direction(7, { quotaUse: null }) }),
        ]);
      await write(0, 100, { quotaUse: 0.7, throttled: true });
      await write(1, 300);
      await cluster.rollUp(60);
      await write(70, 400, { quotaUse: 0.9, throttled: true });
      const read = (toMinute: number) => readPeaks(open(), { clusterId: "peaks", fromMs: START, toMs: START + toMinute * MINUTE });
      expect((await read(60)).get("peak-a")).toEqual({
        produce: { bytesPerSecond: 300, quotaUse: expect.closeTo(0.7, 5), minutesThrottled: 1 },
        consume: null,
      });
      const all = await read(80);
      expect(all.get("peak-a")?.produce).toEqual({ bytesPerSecond: 400, quotaUse: expect.closeTo(0.9, 5), minutesThrottled: 2 });
      expect(all.get("peak-b")).toEqual({ produce: null, consume: { bytesPerSecond: 7, quotaUse: null, minutesThrottled: 0 } });
    });
  });

  describe("minutes above another promise", () => {
    const over = (tenantId: string, produce: number | null, consume: number | null, toMinute: number) =>
      readMinutesOver(open(), [{ tenantId, produce, consume }], { fromMs: START, toMs: START + toMinute * MINUTE }).then((all) =>
        all.get(tenantId),
      );

    it("are exact of minutes, and lie between bounds of an hour that hold the truth", async () => {
      const cluster = await openCluster(open(), "over");
      const rates = Array.from({ length: 60 }, (_, minute) => (minute < 6 ? 900 : minute < 30 ? 200 : 100));
      for (const [minute, rate] of rates.entries()) await cluster.write(minute, [tenantMinute("over-a", { produce: direction(rate) })]);
      expect(await over("over-a", 500, null, 60)).toEqual({ atLeast: 6, atMost: 6, minutesSeen: 60 });
      await cluster.rollUp(60);
      for (const [promise, truth] of [
        [50, 60],
        [150, 30],
        [500, 6],
        [899, 6],
        [900, 0],
        [5_000, 0],
      ] as const) {
        const found = await over("over-a", promise, null, 60);
        expect(found?.atLeast).toBeLessThanOrEqual(truth);
        expect(found?.atMost).toBeGreaterThanOrEqual(truth);
      }
      // 13,200 of rate in 60 minutes: below 150 each they were 9,000, so that at least 4,200 / 750 were above, and 13,200 / 150 could be.
      expect(await over("over-a", 150, null, 60)).toEqual({ atLeast: 6, atMost: 60, minutesSeen: 60 });
      expect(await over("over-a", 500, null, 60)).toEqual({ atLeast: 1, atMost: 26, minutesSeen: 60 });
      expect(await over("over-a", 900, null, 60)).toEqual({ atLeast: 0, atMost: 0, minutesSeen: 60 });
    });

    it("are of all clusters together and of either direction; of nobody seen there is no word", async () => {
      const [one, two] = [await openCluster(open(), "over-1"), await openCluster(open(), "over-2")];
      for (let minute = 0; minute < 10; minute += 1) {
        await one.write(minute, [tenantMinute("over-b", { produce: direction(60), consume: direction(minute < 4 ? 500 : 1) })]);
        await two.write(minute, [tenantMinute("over-b", { produce: direction(60) })]);
      }
      expect(await over("over-b", 100, null, 10)).toEqual({ atLeast: 10, atMost: 10, minutesSeen: 10 });
      expect(await over("over-b", null, 400, 10)).toEqual({ atLeast: 4, atMost: 4, minutesSeen: 10 });
      expect(await over("over-b", 0, null, 10)).toMatchObject({ atLeast: 10, atMost: 10 });
      expect(await over("over-b", null, null, 10)).toEqual({ atLeast: 0, atMost: 0, minutesSeen: 10 });
      expect(await over("over-nobody", 1, 1, 10)).toBeUndefined();
    });
  });

  describe("pruning", () => {
    it("drops what is older than it is kept, but nothing that is still to be rolled up", async () => {
      const store = open();
      const base = START + 400 * 24 * HOUR;
      const lease = await takeLease(store, "rollup/prune");
      const write = (atMs: number) =>
        writeMinute(store, { clusterId: "prune", atMs, tenants: [tenantMinute("p", { produce: direction(10) })] }, lease, new Date(atMs));
      const stepAt = async (atMs: number, now: number, maxPoints: number) =>
        (await readHistory(store, { tenantId: "p", fromMs: atMs, toMs: atMs + HOUR, maxPoints }, new Date(now))).clusters[0]?.points.length;
      await forgetPending(store);
      await pruneRollups(store, new Date(base));

      await write(base);
      await pruneRollups(store, new Date(base + 26 * HOUR));
      expect(await stepAt(base, base, 60)).toBe(1);

      await rollUp(store, "prune", lease, new Date(base + 26 * HOUR));
      expect(await pruneRollups(store, new Date(base + 24 * HOUR))).toBe(0);
      expect(await pruneRollups(store, new Date(base + 26 * HOUR))).toBe(1);
      expect(await stepAt(base, base, 60)).toBe(0);
      expect(await stepAt(base, base, 12)).toBe(1);

      await pruneRollups(store, new Date(base + 16 * 24 * HOUR));
      expect(await stepAt(base, base, 12)).toBe(0);
      expect(await stepAt(base, base, 1)).toBe(1);

      await pruneRollups(store, new Date(base + 400 * 24 * HOUR));
      expect(await stepAt(base, base, 1)).toBe(0);
    });

    it("does not wait for ever for a cluster that nobody watches any more", async () => {
      const store = open();
      const base = START + 900 * 24 * HOUR;
      const lease = await takeLease(store, "rollup/unwatched");
      await forgetPending(store);
      await pruneRollups(store, new Date(base));
      await writeMinute(
        store,
        { clusterId: "unwatched", atMs: base, tenants: [tenantMinute("u", { produce: direction(10) })] },
        lease,
        new Date(base),
      );
      expect(await pruneRollups(store, new Date(base + 7 * 24 * HOUR))).toBe(0);
      expect(await pruneRollups(store, new Date(base + 9 * 24 * HOUR))).toBe(1);
    });
  });
}
