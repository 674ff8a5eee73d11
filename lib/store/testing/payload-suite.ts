import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { listPayloadSwitches, setPayloadSwitch } from "@/lib/store/payloads/payload-switches";
import type { Store } from "@/lib/store/store";

const switched = (allowed: boolean, day: number) => ({
  allowed,
  by: "ada",
  at: new Date(Date.UTC(2026, 2, day)).toISOString(),
  reason: `reason ${day}`,
});

export function payloadSuite(open: () => Store): void {
  describe("whether payloads may be looked at", () => {
    it("is nothing at first, then the newest of what was said of the cluster, with all before it", async () => {
      expect(await listPayloadSwitches(open(), "payload-1", 10)).toEqual([]);
      await setPayloadSwitch(open(), "payload-1", switched(true, 1));
      await setPayloadSwitch(open(), "payload-2", switched(true, 2));
      // By the order in which they were kept, whatever a clock said.
      await setPayloadSwitch(open(), "payload-1", switched(false, 0));
      expect(await listPayloadSwitches(open(), "payload-1", 10)).toEqual([switched(false, 0), switched(true, 1)]);
      expect(await listPayloadSwitches(open(), "payload-1", 1)).toEqual([switched(false, 0)]);
      expect(await listPayloadSwitches(open(), "payload-2", 1)).toEqual([switched(true, 2)]);
    });

    it("is never altered nor forgotten, and the console's own role has no right to", async () => {
      for (const statement of [
        sql`update payload_switches set allowed = true`,
        sql`delete from payload_switches`,
        sql`truncate payload_switches`,
      ]) {
        await expect(open().run((db) => db.execute(statement))).rejects.toThrow();
      }
      const { rows } = await open().run((db) =>
        db.execute<{ privilege: string }>(
          sql`select privilege_type as privilege from information_schema.role_table_grants where table_name = 'payload_switches' and grantee = current_user order by 1`,
        ),
      );
      expect(rows.map(({ privilege }) => privilege)).toEqual(["INSERT", "REFERENCES", "SELECT", "TRIGGER"]);
    });
  });
}
