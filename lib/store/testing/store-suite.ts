import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { checkStore } from "@/lib/store/check-store";
import { maintainStore } from "@/lib/store/maintain-store";
import { leases } from "@/lib/store/schema";
import type { Store, StoreSession } from "@/lib/store/store";

const expiresAt = new Date("2026-01-01T00:00:00Z");

function insertLease(session: StoreSession, name: string) {
  return session.run((db) => db.insert(leases).values({ name, holder: "h", fence: 1, expiresAt }));
}

async function leaseNames(store: Store, prefix: string): Promise<string[]> {
  const rows = await store.run((db) =>
    db
      .select({ name: leases.name })
      .from(leases)
      .where(sql`${leases.name} like ${`${prefix}%`}`),
  );
  return rows.map((row) => row.name).sort();
}

export function storeSuite(open: () => Store): void {
  describe("transactions", () => {
    it("commit what they did", async () => {
      await open().transaction((session) => insertLease(session, "commit/a"));
      expect(await leaseNames(open(), "commit/")).toEqual(["commit/a"]);
    });

    it("leave nothing of what they did before they failed", async () => {
      const failing = open().transaction(async (session) => {
        await insertLease(session, "rollback/a");
        throw new Error("stop");
      });
      await expect(failing).rejects.toThrow("stop");
      expect(await leaseNames(open(), "rollback/")).toEqual([]);
    });

    it("inside one another undo only the inner one", async () => {
      await open().transaction(async (session) => {
        await insertLease(session, "nested/a");
        await session.transaction((inner) => insertLease(inner, "nested/b"));
        const failing = session.transaction(async (inner) => {
          await insertLease(inner, "nested/c");
          throw new Error("stop");
        });
        await expect(failing).rejects.toThrow("stop");
      });
      expect(await leaseNames(open(), "nested/")).toEqual(["nested/a", "nested/b"]);
    });

    it("refuse the outer store instead of waiting for themselves for ever", async () => {
      const store = open();
      await expect(store.transaction(() => leaseNames(store, "x"))).rejects.toThrow("the transaction's own session");
      await expect(store.transaction(() => store.transaction(async () => 1))).rejects.toThrow("the transaction's own session");
      expect(await leaseNames(store, "x")).toEqual([]);
    });

    it("refuse their session once they have ended", async () => {
      let kept: StoreSession | undefined;
      await open().transaction(async (session) => {
        kept = session;
      });
      await expect(kept?.run((db) => db.execute(sql`select 1`))).rejects.toThrow("has ended");
    });

    it("do not bind what they left running", async () => {
      const store = open();
      let later: Promise<string[]> | undefined;
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      await store.transaction(async () => {
        later = ended.then(() => leaseNames(store, "later/"));
      });
      end();
      expect(await later).toEqual([]);
    });
  });

  describe("the store", () => {
    it("answers the health check", async () => {
      expect(await checkStore(open(), 10_000)).toMatchObject({ ok: true, kind: open().kind });
    });

    it("calls text that a database cannot hold an invalid input", async () => {
      await expect(insertLease(open(), "nul\u0000")).rejects.toMatchObject({ code: "invalid" });
    });

    it("keeps its rows through maintenance", async () => {
      for (const name of ["maintain/a", "maintain/b"]) await insertLease(open(), name);
      await open().run((db) => db.delete(leases).where(sql`${leases.name} = 'maintain/b'`));
      await maintainStore(open());
      expect(await leaseNames(open(), "maintain/")).toEqual(["maintain/a"]);
    });

    it("keeps roll-ups in partitions", async () => {
      const { rows } = await open().run((db) =>
        db.execute<{ name: string }>(sql`select partrelid::regclass::text as name from pg_partitioned_table order by 1`),
      );
      expect(rows.map((row) => row.name)).toEqual(["rollup_five_minutes", "rollup_hours", "rollup_minutes"]);
    });
  });
}
