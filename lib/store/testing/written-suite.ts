import { describe, expect, it } from "vitest";
import type { Store } from "@/lib/store/store";
import { noteWritten } from "@/lib/store/written/note-written";
import { lastWritten, writtenSince } from "@/lib/store/written/written-since";

export function writtenSuite(open: () => Store): void {
  describe("marks of writes", () => {
    it("are told to whoever has not seen them, in their order, and to nobody twice", async () => {
      const before = await lastWritten(open());
      await noteWritten(open(), { clusterId: "c1", topics: ["a", "b"], quotas: false });
      await noteWritten(open(), { clusterId: "c2", topics: [], quotas: true });
      const marks = await writtenSince(open(), before);
      expect(marks.map(({ id, ...mark }) => mark)).toEqual([
        { clusterId: "c1", topics: ["a", "b"], quotas: false },
        { clusterId: "c2", topics: [], quotas: true },
      ]);
      expect(await lastWritten(open())).toBe(marks.at(-1)?.id);
      expect(await writtenSince(open(), marks.at(-1)?.id ?? 0)).toEqual([]);
    });

    it("do not grow without end", async () => {
      const first = await lastWritten(open());
      for (let n = 0; n < 1_250; n++) await noteWritten(open(), { clusterId: "c1", topics: [], quotas: true });
      const kept = (await writtenSince(open(), 0)).length;
      expect(kept).toBeLessThanOrEqual(1_100);
      expect(await lastWritten(open())).toBe(first + 1_250);
    });
  });
}
