import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { EndPoint } from "@/lib/domain/snapshot";
import { loadOffsetHistory } from "@/lib/store/offsets/load-offset-history";
import { saveOffsetHistory } from "@/lib/store/offsets/save-offset-history";
import { loadSnapshot } from "@/lib/store/snapshots/load-snapshot";
import { saveSnapshot } from "@/lib/store/snapshots/save-snapshot";
import type { Store } from "@/lib/store/store";
import { takeLease } from "./lease-suite";

const NOW = new Date("2026-06-01T00:00:00Z");
const DAY = 24 * 60 * 60_000;

export function clusterStateSuite(open: () => Store): void {
  describe("a cluster's snapshot", () => {
    it("comes back byte for byte, the last one saved", async () => {
      const lease = await takeLease(open(), "snapshot/bytes");
      const payload = new Uint8Array(randomBytes(200_000));
      expect(await loadSnapshot(open(), "bytes")).toBeNull();
      await saveSnapshot(open(), { clusterId: "bytes", version: 1, at: NOW, format: 1, payload: new Uint8Array([0, 92, 120]) }, lease);
      await saveSnapshot(open(), { clusterId: "bytes", version: 2, at: NOW, format: 3, payload }, lease);
      const loaded = await loadSnapshot(open(), "bytes");
      expect(loaded).toMatchObject({ clusterId: "bytes", version: 2, at: NOW, format: 3 });
      expect(Buffer.compare(loaded?.payload ?? new Uint8Array(), payload)).toBe(0);
      expect(await loadSnapshot(open(), "bytes", 2)).toBeNull();
      expect((await loadSnapshot(open(), "bytes", 1))?.version).toBe(2);
    });

    it("is not overwritten under an old fence", async () => {
      const old = await takeLease(open(), "snapshot/old", "a", -1);
      const current = await takeLease(open(), "snapshot/old", "b");
      const snapshot = { clusterId: "old", version: 1, at: NOW, format: 1, payload: new Uint8Array([1]) };
      await saveSnapshot(open(), snapshot, current);
      await expect(saveSnapshot(open(), { ...snapshot, version: 9 }, old)).rejects.toMatchObject({ code: "conflict" });
      expect((await loadSnapshot(open(), "old"))?.version).toBe(1);
    });
  });

  describe("end offsets of the past", () => {
    const points = (count: number, offset: bigint): EndPoint[] =>
      Array.from({ length: count }, (_, index) => ({ atMs: NOW.getTime() + index * 60_000, offset: offset + BigInt(index) * 1_000_000n }));

    it("come back for every topic and partition, beyond what a number holds", async () => {
      const lease = await takeLease(open(), "offsets/round");
      const history = new Map<string, EndPoint[][]>();
      for (let index = 0; index < 250; index++) history.set(`topic-${index}`, [points(64, 2n ** 60n), [], points(1, 0n)]);
      history.set('odd "<name>" 東京', [[]]);
      await saveOffsetHistory(open(), "round", history, lease, NOW);
      expect(await loadOffsetHistory(open(), "round")).toEqual(history);
      expect(await loadOffsetHistory(open(), "another")).toEqual(new Map());
    });

    it("of topics that are not given stay, for a month", async () => {
      const lease = await takeLease(open(), "offsets/stay");
      const save = (topic: string, days: number) =>
        saveOffsetHistory(open(), "stay", new Map([[topic, [points(2, 5n)]]]), lease, new Date(NOW.getTime() + days * DAY));
      await save("a", 0);
      await save("b", 29);
      expect([...(await loadOffsetHistory(open(), "stay")).keys()]).toEqual(["a", "b"]);
      await save("b", 31);
      expect([...(await loadOffsetHistory(open(), "stay")).keys()]).toEqual(["b"]);
    });

    it("are not overwritten under an old fence", async () => {
      const old = await takeLease(open(), "offsets/old", "a", -1);
      await takeLease(open(), "offsets/old", "b");
      await expect(saveOffsetHistory(open(), "old", new Map([["a", []]]), old, NOW)).rejects.toMatchObject({ code: "conflict" });
      expect(await loadOffsetHistory(open(), "old")).toEqual(new Map());
    });
  });
}
