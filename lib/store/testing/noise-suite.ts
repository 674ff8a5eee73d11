import { describe, expect, it } from "vitest";
import { acquireLease } from "@/lib/store/leases/acquire-lease";
import { readNoise } from "@/lib/store/noise/read-noise";
import { pruneNoise, writeNoise } from "@/lib/store/noise/write-noise";
import type { NoiseEntry } from "@/lib/store/schema";
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
