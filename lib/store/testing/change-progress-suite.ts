import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { OPERATION_STATES } from "@/lib/domain/change/operation";
import { listOperations } from "@/lib/store/changes/list-operations";
import { countUnits, listUnits } from "@/lib/store/changes/list-units";
import { markOperations } from "@/lib/store/changes/mark-operations";
import { nextUnits } from "@/lib/store/changes/next-units";
import { pauseIfGoing } from "@/lib/store/changes/pause-if-going";
import { readChange } from "@/lib/store/changes/read-change";
import { setChangeState } from "@/lib/store/changes/set-change-state";
import { setWish } from "@/lib/store/changes/set-wish";
import type { OperationMark } from "@/lib/store/changes/types";
import { unfinishedChanges } from "@/lib/store/changes/unfinished-changes";
import type { Store } from "@/lib/store/store";
import { atMinute, retention, rollout, stored } from "./changes";
import { takeLease } from "./lease-suite";

const LEASE = "change-progress";
const NOBODY = 2_000_000_000;

/** What a change comes to is written under the lease, and after its end not at all. */
export function changeProgressSuite(open: () => Store): void {
  const lease = () => takeLease(open(), LEASE);
  const marking = async (changeId: number, ...marks: OperationMark[]) => markOperations(open(), await lease(), changeId, marks);
  const mark = (index: number, state: OperationMark["state"], message?: string): OperationMark => ({
    index,
    state,
    ...(message === undefined ? {} : { message }),
    at: atMinute(index),
  });
  const unitsOf = async (changeId: number, count = 10, only?: string[]) =>
    (await nextUnits(open(), changeId, { count, ...(only === undefined ? {} : { only }) })).map(({ unit }) => unit);

  describe("operations of a change", () => {
    it("are marked, and the change counts them", async () => {
      const { id } = await stored(open(), rollout(["a", "b"], "marked"));
      await marking(id, mark(0, "started"), mark(1, "started"));
      expect((await readChange(open(), id))?.counts).toEqual({ pending: 4, started: 2 });
      await marking(id, mark(0, "applied"), mark(1, "failed", "POLICY_VIOLATION: too short"), mark(2, "not-attempted"));
      expect((await readChange(open(), id))?.counts).toEqual({ pending: 3, applied: 1, failed: 1, "not-attempted": 1 });
      const [first, second] = await listOperations(open(), id, { limit: 2 });
      expect(first).toMatchObject({ state: "applied", message: null, at: atMinute(0) });
      expect(second).toMatchObject({ state: "failed", message: "POLICY_VIOLATION: too short", at: atMinute(1) });
    });

    it("take the last of several marks", async () => {
      const { id } = await stored(open());
      await marking(id, mark(0, "started"), mark(0, "applied"));
      expect((await readChange(open(), id))?.counts).toEqual({ applied: 1 });
    });

    it("that are not there are not marked, nor those beside them", async () => {
      const { id } = await stored(open());
      await expect(marking(id, mark(0, "applied"), mark(1, "applied"))).rejects.toThrow("fewer operations");
      expect((await readChange(open(), id))?.counts).toEqual({ pending: 1 });
      await expect(marking(NOBODY, mark(0, "applied"))).rejects.toMatchObject({ code: "not_found" });
    });

    it("are marked by two thousand at once", async () => {
      const operations = Array.from({ length: 2_000 }, (_, index) => retention("two-thousand", `t-${index}`, `tenant:t${index % 9}`));
      const { id } = await stored(open(), { operations });
      await marking(id, ...operations.map((_, index) => mark(index, index % 4 === 0 ? "conflict" : "applied")));
      expect((await readChange(open(), id))?.counts).toEqual({ applied: 1_500, conflict: 500 });
    });

    it("are found by state, by unit, and behind a place", async () => {
      const { id } = await stored(open(), rollout(["a", "b"], "found"));
      await marking(id, mark(1, "applied"), mark(4, "applied"));
      const indexes = async (query: object) => (await listOperations(open(), id, { limit: 10, ...query })).map(({ index }) => index);
      expect(await indexes({})).toEqual([0, 1, 2, 3, 4, 5]);
      expect(await indexes({ state: "applied" })).toEqual([1, 4]);
      expect(await indexes({ unit: "tenant:b" })).toEqual([3, 4, 5]);
      expect(await indexes({ unit: "tenant:b", state: "applied", afterIndex: 3 })).toEqual([4]);
      expect(await indexes({ afterIndex: 2, limit: 2 })).toEqual([3, 4]);
    });
  });

  describe("units of a change", () => {
    it("come in their order as long as they have something to do, whole, also what was started when a process ended", async () => {
      const { id } = await stored(open(), rollout(["zoe", "acme", "bolt"], "units"));
      expect(await unitsOf(id)).toEqual(["tenant:zoe", "tenant:acme", "tenant:bolt"]);
      await marking(id, mark(0, "applied"), mark(1, "applied"), mark(2, "applied"), mark(3, "applied"), mark(4, "started"));
      expect(await unitsOf(id)).toEqual(["tenant:acme", "tenant:bolt"]);
      const [acme] = await nextUnits(open(), id, { count: 1 });
      expect(acme?.operations.map(({ index, state }) => [index, state])).toEqual([
        [3, "applied"],
        [4, "started"],
        [5, "pending"],
      ]);
      expect(await unitsOf(id, 1)).toEqual(["tenant:acme"]);
      expect(await unitsOf(id, 5, ["tenant:bolt", "tenant:zoe", "tenant:other"])).toEqual(["tenant:bolt"]);
      await marking(id, mark(4, "failed"), mark(5, "not-attempted"));
      expect(await unitsOf(id)).toEqual(["tenant:bolt"]);
    });

    it("are listed with what their operations came to; the failure speaks", async () => {
      const { id } = await stored(open(), rollout(["zoe", "acme", "bolt"], "unit-list"));
      await marking(id, mark(0, "applied", "took 2 s"), mark(1, "applied"), mark(2, "conflict", "10 was there"), mark(5, "unverified"));
      const list = (query: object = {}) => listUnits(open(), id, { limit: 10, ...query });
      expect(await list()).toEqual([
        { unit: "tenant:zoe", counts: { applied: 2, conflict: 1 }, message: "10 was there" },
        { unit: "tenant:acme", counts: { pending: 2, unverified: 1 }, message: null },
        { unit: "tenant:bolt", counts: { pending: 3 }, message: null },
      ]);
      expect((await list({ limit: 1, afterUnit: "tenant:zoe" })).map(({ unit }) => unit)).toEqual(["tenant:acme"]);
      expect((await list({ state: "conflict" })).map(({ unit }) => unit)).toEqual(["tenant:zoe"]);
      const of = await Promise.all(OPERATION_STATES.map(async (state) => [state, (await list({ state })).length] as const));
      expect(await countUnits(open(), id)).toEqual(Object.fromEntries(of.filter(([, count]) => count > 0)));
      expect(of.reduce((sum, [, count]) => sum + count, 0)).toBe((await list()).length);
      expect(await listUnits(open(), NOBODY, { limit: 10 })).toEqual([]);
    });
  });

  describe("the state of a change", () => {
    it("goes from start to end, and each part is kept unless it is told anew", async () => {
      const fence = await lease();
      const { id } = await stored(open(), { ...rollout(["a", "b"], "stages"), rollout: { first: ["a"] } });
      await setChangeState(open(), fence, id, { state: "running", message: null, startedAt: atMinute(1) });
      await setChangeState(open(), fence, id, { state: "paused", message: "after the first", stage: "all" });
      expect(await readChange(open(), id)).toMatchObject({
        state: "paused",
        message: "after the first",
        stage: "all",
        startedAt: atMinute(1),
        finishedAt: null,
      });
      await marking(id, mark(0, "applied"), mark(1, "unverified"));
      await setChangeState(open(), fence, id, { state: "cancelled", message: "by grace", finishedAt: atMinute(9) });
      expect(await readChange(open(), id)).toMatchObject({
        state: "cancelled",
        startedAt: atMinute(1),
        finishedAt: atMinute(9),
        counts: { applied: 1, unverified: 1, "not-attempted": 4 },
      });
      const skipped = await listOperations(open(), id, { state: "not-attempted", limit: 10 });
      expect(skipped.map(({ index, at }) => [index, at])).toEqual([2, 3, 4, 5].map((index) => [index, atMinute(9)]));
    });

    it("is not the end while an operation is under way, nor without a time", async () => {
      const fence = await lease();
      const { id } = await stored(open());
      await marking(id, mark(0, "started"));
      const end = { state: "failed" as const, message: null };
      await expect(setChangeState(open(), fence, id, { ...end, finishedAt: atMinute(1) })).rejects.toThrow("under way");
      await expect(setChangeState(open(), fence, id, end)).rejects.toThrow("time of its end");
      await expect(setChangeState(open(), fence, id, { state: "paused", message: null, finishedAt: atMinute(1) })).rejects.toThrow("time");
      expect(await readChange(open(), id)).toMatchObject({ state: "waiting", finishedAt: null });
    });

    it("tells what is to be gone on with, oldest first", async () => {
      const fence = await lease();
      const made = [await stored(open()), await stored(open()), await stored(open())].map(({ id }) => id);
      const [first = 0, second = 0] = made;
      await setChangeState(open(), fence, second, { state: "applied", message: null, finishedAt: atMinute(1) });
      const unfinished = (await unfinishedChanges(open())).map(({ id }) => id).filter((id) => id >= first);
      expect(unfinished).toEqual(made.filter((id) => id !== second));
    });

    it("is told what a person wishes, until it is finished", async () => {
      const { id } = await stored(open());
      expect(await setWish(open(), id, "pause")).toMatchObject({ id, wish: "pause", state: "waiting" });
      expect((await readChange(open(), id))?.wish).toBe("pause");
      await setChangeState(open(), await lease(), id, { state: "cancelled", message: null, finishedAt: atMinute(1) });
      await expect(setWish(open(), id, "go")).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("cancelled") });
      await expect(setWish(open(), NOBODY, "go")).rejects.toMatchObject({ code: "not_found" });
    });

    it("is paused by whoever carries it out only while a person lets it go on", async () => {
      const { id } = await stored(open());
      expect(await pauseIfGoing(open(), id)).toBe(true);
      expect(await pauseIfGoing(open(), id)).toBe(false);
      await setWish(open(), id, "cancel");
      expect(await pauseIfGoing(open(), id)).toBe(false);
      expect((await readChange(open(), id))?.wish).toBe("cancel");
    });

    it("and marks are refused under an old fence, and nothing of them is written", async () => {
      const old = await takeLease(open(), "changes/old", "a", -1);
      await takeLease(open(), "changes/old", "b");
      const { id } = await stored(open());
      const late = [
        markOperations(open(), old, id, [mark(0, "applied")]),
        setChangeState(open(), old, id, { state: "applied", message: null, finishedAt: atMinute(1) }),
      ];
      for (const one of await Promise.allSettled(late)) expect(one).toMatchObject({ status: "rejected", reason: { code: "conflict" } });
      expect(await readChange(open(), id)).toMatchObject({ state: "waiting", counts: { pending: 1 } });
    });
  });

  describe("the record of changes", () => {
    const run = (statement: string) => open().run((db) => db.execute(sql.raw(statement)));
    const finished = async () => {
      const { id } = await stored(open());
      await marking(id, mark(0, "applied"));
      await setChangeState(open(), await lease(), id, { state: "applied", message: null, finishedAt: atMinute(1) });
      return id;
    };

    it("keeps a finished change as it is", async () => {
      const id = await finished();
      await expect(marking(id, mark(0, "failed"))).rejects.toMatchObject({ code: "conflict" });
      const again = setChangeState(open(), await lease(), id, { state: "failed", message: null, finishedAt: atMinute(2) });
      await expect(again).rejects.toMatchObject({ code: "conflict" });
      for (const statement of [
        `update changes set message = 'other' where id = ${id}`,
        `update changes set state = 'running', finished_at = null where id = ${id}`,
        `update change_operations set state = 'failed' where change_id = ${id}`,
        `insert into change_operations values (${id}, 9, 'u', 9, '{}', 'pending')`,
      ])
        await expect(run(statement), statement).rejects.toThrow();
      expect(await readChange(open(), id)).toMatchObject({ state: "applied", message: null, counts: { applied: 1 } });
    });

    const INTENT = ["id", "kind", "title", "request", "consequences", "left_out", "fingerprint", "actor", "reason", "correlation_id"];
    const MORE = ["idempotency_key", "rollout", "reverts_id", "brake_until", "at", "units", "tenant_count", "tenant_ids", "cluster_ids"];
    it.each([...INTENT, ...MORE, "words"])("refuses to alter what was asked for: %s", async (column) => {
      await stored(open());
      await expect(run(`update changes set ${column} = default`)).rejects.toMatchObject({
        cause: { message: "table changes is append-only" },
      });
    });

    it.each(["change_id", "index", "unit", "unit_position", "planned"])("refuses to alter an operation's %s", async (column) => {
      await stored(open());
      await expect(run(`update change_operations set ${column} = ${column}`)).rejects.toMatchObject({
        cause: { message: "table change_operations is append-only" },
      });
    });

    it.each(["changes", "change_operations", "change_subjects"])("forgets nothing of %s", async (table) => {
      await stored(open());
      const refused = { cause: { message: `table ${table} is append-only` } };
      await expect(run(`delete from ${table}`)).rejects.toMatchObject(refused);
      await expect(run(`truncate ${table} cascade`)).rejects.toMatchObject({ cause: { message: expect.stringContaining("append-only") } });
    });
  });
}
