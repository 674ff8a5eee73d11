import { describe, expect, it } from "vitest";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import type { MonthUse } from "@/lib/domain/usage/month";
import { measureMonth } from "@/lib/store/months/measure-month";
import { closeMonth, correctMonth, monthEntries, tenantMonths } from "@/lib/store/months/usage-months";
import { importRegistry } from "@/lib/store/registry/import-registry";
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
        minutesAtLimit: 15,
        minutesLagMissed: null,
        producedBytes: 100 * 60 * 60,
        consumedBytes: 50 * 60 * 60,
        storedBytes: 1059,
        storedAboveBytes: null,
      });
      expect(measured.get("m-blind")).toMatchObject({ minutesSeen: 60, minutesAbovePromise: null, minutesThrottledBelow: null });
      expect(measured.has("m-none")).toBe(false);
    });

    it("counts minutes at the limit also where no throttling was seen, and not what a rule does not bind", async () => {
      const cluster = await openCluster(open(), "months-limit");
      const use = (minute: number) => (minute < 12 ? 0.96 : minute < 17 ? 1.5 : minute < 30 ? 0.94 : 0.2);
      for (let minute = 0; minute < 60; minute += 1) {
        const throttled = minute < 3 || minute === 40;
        await cluster.write(minute, [
          tenantMinute("m-limit", { consume: direction(10, { quotaUse: use(minute), throttled }) }),
          tenantMinute("m-free", { produce: direction(10, { quotaUse: null, throttled: null }) }),
        ]);
      }
      await cluster.rollUp(120);
      const measured = await measureMonth(open(), { fromMs: START, toMs: START + 2 * HOUR, tenantIds: ["m-limit", "m-free"] });
      expect(measured.get("m-limit")?.minutesAtLimit).toBe(12);
      expect(measured.get("m-free")?.minutesAtLimit).toBeNull();
    });

    it("is closed once, and does not change when its hours do", async () => {
      const lease = await takeLease(open(), "months");
      const tier = Tier.parse({ id: "m-tier", name: "M", model: "bridge", storageIncludedBytes: "1 kB" });
      const tenant = Tenant.parse({ id: "m-full", name: "Full", tier: "m-tier" });
      await importRegistry(open(), { tiers: [tier], tenants: [tenant], services: [], sha256: "months" }, "tester", IN_APRIL);
      expect(await closeMonth(open(), new Date("2026-04-01T01:00:00.000Z"), lease)).toBe(0);
      expect(await closeMonth(open(), IN_APRIL, lease)).toBeGreaterThan(0);
      const before = await monthEntries(open(), "2026-03");
      const stored = before.map(({ tenantId, use }) => [tenantId, use.storedBytes, use.storedAboveBytes]);
      expect(stored).toContainEqual(["m-full", 1059, 59]);
      expect(stored.filter(([id]) => id !== "m-full").every(([, , above]) => above === null)).toBe(true);
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
      const { minutesAtLimit: _, ...counted } = first.use;
      const older = { tenantId: "m-older", month: "2026-03", use: counted as MonthUse, at: IN_APRIL, actor: null, reason: null };
      await open().run((db) => db.insert(usageMonths).values(older));
      expect((await tenantMonths(open(), "m-older", "2026-03"))[0]?.use).toEqual({ ...first.use, minutesAtLimit: null });
      await expect(open().run((db) => db.update(usageMonths).set({ reason: "x" }))).rejects.toThrow();
      await expect(open().run((db) => db.delete(usageMonths))).rejects.toThrow();
    });
  });
}
