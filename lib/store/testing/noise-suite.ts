import { describe, expect, it } from "vitest";
import { acquireLease } from "@/lib/store/leases/acquire-lease";
import { readNoise } from "@/lib/store/noise/read-noise";
import { readPoolHours } from "@/lib/store/noise/read-pool-hours";
import { pruneNoise, writeNoise } from "@/lib/store/noise/write-noise";
import { writePoolHour } from "@/lib/store/noise/write-pool-hour";
import { type NoiseEntry, POOL_BROKER, type PoolEntry } from "@/lib/store/schema";
import type { Store } from "@/lib/store/store";

const MINUTE = 60_000;
const NOW = new Date("2026-06-01T12:30:00.000Z");
const AT = NOW.getTime() - 10 * MINUTE;

export function noiseSuite(open: () => Store): void {
  async function write(clusterId: string, atMs: number, entries: NoiseEntry[]) {
    const lease = await acquireLease(open(), `noise-${clusterId}`, "me", 30_000);
    if (lease === null) throw new Error("no lease");
    await writeNoise(open(), { clusterId, atMs, entries }, lease);
  }
  const read = (clusterId: string, fromMs: number, maxSpans = 400) =>
    readNoise(open(), { clusterId, fromMs, toMs: NOW.getTime(), maxSpans }, NOW);

  describe("levels of noise", () => {
    it("are the worst of each span, in minutes, five minutes and hours", async () => {
      await write("n1", AT, [["a", 0, 1, 2, 0.4, 0]]);
      await write("n1", AT + 20_000, [
        ["a", 0, 2, 3, 0.5, 0],
        ["b", 1, 1, 0.5, 0.1, 3],
      ]);
      await write("n1", AT + MINUTE, [["a", 0, 1, 1, 0.2, 3]]);
      const minutes = await read("n1", AT);
      expect(minutes.spanMinutes).toBe(1);
      expect(minutes.rows.map(({ atMs, entries }) => [atMs, entries])).toEqual([
        [
          AT,
          [
            ["a", 0, 2, 3, 0.5, 0],
            ["b", 1, 1, 0.5, 0.1, 3],
          ],
        ],
        [AT + MINUTE, [["a", 0, 1, 1, 0.2, 3]]],
      ]);
      expect((await read("n1", AT, 5)).rows).toHaveLength(1);
      expect((await read("n1", AT - 20 * 86_400_000)).spanMinutes).toBe(60);
    });

    it("are the loudest two hundred, and say that there were more", async () => {
      const many = Array.from({ length: 250 }, (_, at): NoiseEntry => [`t${at}`, 0, 1, at / 100, 0.1, 3]);
      await write("n2", AT, many);
      const [row] = (await read("n2", AT)).rows;
      expect([row?.entries.length, row?.entries[0]?.[0], row?.cut]).toEqual([200, "t249", true]);
    });

    it("of pools are kept by the hour, for all or for one tenant, and stand beside those of brokers", async () => {
      const lease = await acquireLease(open(), "noise-n5", "me", 30_000);
      if (lease === null) throw new Error("no lease");
      const hourMs = NOW.getTime() - 90 * MINUTE;
      const entry = (t: string): PoolEntry => ({ t, r: 0, s: 0, b: [1, 2, 3], p: [0.1, 0.2, 0.3], e: 0.1, l: 2, h: 2, v: 5, w: "why" });
      const hour = { clusterId: "n5", atMs: hourMs, entries: [entry("a"), entry("b")], cut: false };
      await write("n5", hourMs, [["c", 0, 1, 1, 0.2, 3]]);
      await writePoolHour(open(), { ...hour, levels: [["a", 0, POOL_BROKER, 2, 0.2, 5]] }, lease);
      await writePoolHour(open(), { ...hour, levels: [] }, lease);
      const kept = (more: object = {}) => readPoolHours(open(), { clusterId: "n5", fromMs: hourMs, toMs: NOW.getTime(), ...more });
      expect(await kept()).toEqual([{ clusterId: "n5", atMs: hourMs, entries: hour.entries, cut: false }]);
      expect((await kept({ tenantId: "b" })).map(({ entries }) => entries)).toEqual([[entry("b")]]);
      expect((await kept({ tenantId: "z" })).map(({ entries }) => entries)).toEqual([[]]);
      expect((await kept({ fromMs: hourMs + MINUTE })).length).toBe(0);
      const hours = await read("n5", hourMs - 20 * 86_400_000);
      expect(hours.rows.at(-1)?.entries.map(([id, , brokerId]) => [id, brokerId])).toEqual([
        ["a", POOL_BROKER],
        ["c", 1],
      ]);
      const late = { ...lease, fence: lease.fence - 1 };
      await expect(writePoolHour(open(), { ...hour, levels: [] }, late)).rejects.toMatchObject({ code: "conflict" });
      await pruneNoise(open(), new Date(hourMs + 367 * 86_400_000));
      expect(await kept()).toEqual([]);
    });

    it("are not written by a process whose lease has passed on", async () => {
      const lease = await acquireLease(open(), "noise-n3", "me", 30_000);
      if (lease === null) throw new Error("no lease");
      const late = { ...lease, fence: lease.fence - 1 };
      await expect(writeNoise(open(), { clusterId: "n3", atMs: AT, entries: [] }, late)).rejects.toMatchObject({ code: "conflict" });
    });

    it("go once their span is kept no longer", async () => {
      await write("n4", AT, [["a", 0, 1, 2, 0.4, 0]]);
      await pruneNoise(open(), new Date(AT + 2 * 86_400_000));
      expect((await read("n4", AT)).rows).toEqual([]);
      expect((await read("n4", AT, 5)).rows).toHaveLength(1);
    });
  });
}
