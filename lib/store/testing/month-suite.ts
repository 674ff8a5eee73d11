import { describe, expect, it } from "vitest";
import { measureMonth } from "@/lib/store/months/measure-month";
import { closeMonth, correctMonth, monthEntries, tenantMonths } from "@/lib/store/months/usage-months";
import { usageMonths } from "@/lib/store/schema";
import type { Store } from "@/lib/store/store";
import { takeLease } from "./lease-suite";
import { direction, tenantMinute } from "./minutes";
import { HOUR, openCluster, START } from "./rolled-cluster";

const IN_APRIL = new Date("2026-04-01T03:00:00.000Z");

export function monthSuite(open: () => Store): void {
  describe("a month of a contract", () => {
    it("counts each minute once, in the worse direction, and knows what it does not know", async () => {
      const cluster = await openCluster(open(), "months-1");
      const throttled = direction(100, { throttled: true, throttledBelowPromise: true });
      for (let minute = 0; minute < 60; minute += 1) {
        await cluster.write(minute, [
          tenantMinute("m-full", {
            produce: minute < 10 ? throttled : direction(100, { abovePromise: minute < 20, throttled: minute < 15 }),
            consume: direction(50, { abovePromise: minute < 5 }),
            storageBytes: 1000 + minute,
          }),
          tenantMinute("m-blind", { produce: direction(10, { throttled: null, throttledBelowPromise: null, abovePromise: null }) }),
        ]);
      }
      await cluster.rollUp(120);
      const measured = await measureMonth(open(), {
        fromMs: START - HOUR,
        toMs: START + 2 * HOUR,
        tenantIds: ["m-full", "m-blind", "m-none"],
      });
      expect(measured.get("m-full")).toEqual({
        minutesSeen: 60,
        minutesAbovePromise: 10,
        minutesThrottledAbove: 5,
        minutesThrottledBelow: 10,
        minutesLagMissed: null,
        producedBytes: 100 * 60 * 60,
        consumedBytes: 50 * 60 * 60,
        storedBytes: 1059,
      });
      expect(measured.get("m-blind")).toMatchObject({ minutesSeen: 60, minutesAbovePromise: null, minutesThrottledBelow: null });
      expect(measured.has("m-none")).toBe(false);
    });

    it("is closed once, and does not change when its hours do", async () => {
      const lease = await takeLease(open(), "months");
      expect(await closeMonth(open(), new Date("2026-04-01T01:00:00.000Z"), lease)).toBe(0);
      expect(await closeMonth(open(), IN_APRIL, lease)).toBeGreaterThan(0);
      const before = await monthEntries(open(), "2026-03");
      const cluster = await openCluster(open(), "months-2");
      for (const minute of [0, 1]) await cluster.write(minute, [tenantMinute("m-full", { produce: direction(1_000_000) })]);
      await cluster.rollUp(120);
      expect(await closeMonth(open(), IN_APRIL, lease)).toBe(0);
      expect(await monthEntries(open(), "2026-03")).toEqual(before);
    });

    it("takes a correction as a new entry", async () => {
      const [first] = await tenantMonths(open(), "m-full", "2026-03");
      if (first === undefined) throw new Error("nothing closed");
      const use = { ...first.use, minutesThrottledBelow: 0 };
      await correctMonth(open(), { ...first, use, at: IN_APRIL.toISOString(), actor: "anna", reason: "agreed" });
      const entries = await tenantMonths(open(), "m-full", "2026-03");
      expect(entries.map(({ actor, use: of }) => [actor, of.minutesThrottledBelow])).toEqual([
        [null, 10],
        ["anna", 0],
      ]);
      await expect(open().run((db) => db.update(usageMonths).set({ reason: "x" }))).rejects.toThrow();
      await expect(open().run((db) => db.delete(usageMonths))).rejects.toThrow();
    });
  });
}
