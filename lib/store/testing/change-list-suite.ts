import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import { brakeEndKey } from "@/lib/domain/change/own-keys";
import { activeBrakes } from "@/lib/store/changes/active-brakes";
import { type ChangeFilter, listChanges } from "@/lib/store/changes/list-changes";
import { markOperations } from "@/lib/store/changes/mark-operations";
import { readChange } from "@/lib/store/changes/read-change";
import { setChangeState } from "@/lib/store/changes/set-change-state";
import { tierMoves } from "@/lib/store/changes/tier-moves";
import type { ChangeIntent } from "@/lib/store/changes/types";
import type { Store } from "@/lib/store/store";
import { atMinute, quota, retention, rollout, stored } from "./changes";
import { takeLease } from "./lease-suite";

const LEASE = "change-list";

/** The record of changes is found by everything that is told of a change. */
export function changeListSuite(open: () => Store): void {
  const end = async (
    changeId: number,
    states: ("applied" | "failed" | "conflict" | "unverified")[],
    state: "applied" | "failed" | "partly",
  ) => {
    const fence = await takeLease(open(), LEASE);
    const marks = states.map((one, index) => ({ index, state: one, at: atMinute(1) }));
    await markOperations(open(), fence, changeId, marks);
    await setChangeState(open(), fence, changeId, { state, message: null, finishedAt: atMinute(2) });
  };

  describe("a list of changes", () => {
    const found = async (filter: ChangeFilter) => {
      const { rows, total } = await listChanges(open(), { ...filter, clusterId: "listed" }, { limit: 100 });
      expect(total).toBe(rows.length);
      return rows.map(({ title }) => title);
    };
    const on = (topic: string, unit: string) => [retention("listed", topic, unit)];
    const GIVEN: Partial<ChangeIntent>[] = [
      { title: "One", at: atMinute(10), actor: "ada", operations: on("one", "tenant:t-one"), reason: "Ends the TRIAL of pool.events" },
      { title: "Two trials", at: atMinute(20), actor: "grace", operations: on("two", "topic:listed/two"), kind: "message-size" },
      {
        title: "Three",
        at: atMinute(30),
        actor: "ada",
        operations: [...on("three", "tenant:t-one"), ...on("four", "tenant:t-two")],
        reason: "Größe für 東京",
      },
      {
        title: "Four",
        at: atMinute(40),
        operations: [retention("elsewhere", "four", "tenant:t-two"), ...on("five", "topic:listed/five")],
        request: { kind: "retention", scope: { tenantIds: ["t-three", "t-two"] }, retentionMs: null },
      },
    ];

    it("is stored for the cases below", async () => {
      for (const change of GIVEN) await stored(open(), change);
      const list = await found({});
      expect(list).toEqual(["Four", "Three", "Two trials", "One"]);
    });

    it.each<[string, ChangeFilter, string[]]>([
      ["within a tenant", { within: { tenantIds: ["t-one"], clusterIds: ["changed", "listed"], tenantsOnly: true } }, ["One"]],
      ["within nobody", { within: { tenantIds: [], clusterIds: ["changed", "listed"], tenantsOnly: true } }, []],
      [
        "within a cluster",
        { within: { tenantIds: ["t-one", "t-two"], clusterIds: ["changed", "listed"], tenantsOnly: false } },
        ["Three", "Two trials", "One"],
      ],
      ["within no cluster", { within: { tenantIds: ["t-one"], clusterIds: [], tenantsOnly: false } }, []],
      ["a tenant, by unit", { tenantId: "t-one" }, ["Three", "One"]],
      ["a tenant, by unit, in several", { tenantId: "t-two" }, ["Four", "Three"]],
      ["a tenant, by the scope of the request", { tenantId: "t-three" }, ["Four"]],
      ["a tenant that has none", { tenantId: "t" }, []],
      ["a kind", { kind: "message-size" }, ["Two trials"]],
      ["who asked", { actor: "ada", tenantId: "t-one" }, ["Three", "One"]],
      ["a state", { states: ["waiting"] }, ["Four", "Three", "Two trials", "One"]],
      ["several states", { states: ["running", "waiting"], kind: "message-size" }, ["Two trials"]],
      ["no state of all", { states: [] }, []],
      ["a time from", { from: atMinute(30) }, ["Four", "Three"]],
      ["a time to, which is not part of it", { to: atMinute(30) }, ["Two trials", "One"]],
      ["a span", { from: atMinute(20), to: atMinute(40) }, ["Three", "Two trials"]],
      ["the beginning of a word, of title or reason, in any case", { words: "tRi" }, ["Two trials", "One"]],
      ["all of several words, apart by anything", { words: "events/pool" }, ["One"]],
      ["words of which one is not there", { words: "pool orders" }, []],
      ["letters of any alphabet", { words: "größe 東京" }, ["Three"]],
      ["the middle of a word, which is no word", { words: "rial" }, []],
      ["nothing that could be searched for", { words: " ' & ! :* \\ " }, ["Four", "Three", "Two trials", "One"]],
      ["everything together", { tenantId: "t-one", actor: "ada", from: atMinute(20), words: "three", states: ["waiting"] }, ["Three"]],
    ])("is narrowed by %s", async (_what, filter, expected) => expect(await found(filter)).toEqual(expected));

    it("finds the clusters that are written to, also beside others", async () => {
      const { rows } = await listChanges(open(), { clusterId: "elsewhere" }, { limit: 10 });
      expect(rows.map(({ clusterIds, tenantIds }) => [clusterIds, tenantIds])).toEqual([
        [
          ["elsewhere", "listed"],
          ["t-three", "t-two"],
        ],
      ]);
    });

    it("is paged without a gap or a repetition while new changes come", async () => {
      for (let at = 0; at < 7; at += 1)
        await stored(open(), { title: `Page ${at}`, operations: [retention("paged", `p${at}`, "tenant:p")] });
      const page = (cursor?: string) =>
        listChanges(open(), { clusterId: "paged" }, { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      const first = await page();
      await stored(open(), { title: "Newer", operations: [retention("paged", "newer", "tenant:p")] });
      const second = await page(first.nextCursor ?? "");
      const third = await page(second.nextCursor ?? "");
      expect([first, second, third].flatMap(({ rows }) => rows.map(({ title }) => title))).toEqual(
        [6, 5, 4, 3, 2, 1, 0].map((at) => `Page ${at}`),
      );
      expect([first.total, second.total, third.total, third.nextCursor]).toEqual([7, 8, 8, null]);
      for (const cursor of ["x", "0", "-1", "1.5", "99999999999"]) {
        await expect(page(cursor)).rejects.toMatchObject({ code: "invalid", details: [{ path: "cursor" }] });
      }
    });
  });

  describe("moves between tiers", () => {
    it("are counted by tenant where they were applied, in the time in which they were asked for", async () => {
      const move = (tenantId: string, from: string, to: string): PlannedOperation => ({
        target: { kind: "tenant-tier", tenantId },
        before: JSON.stringify(from),
        after: JSON.stringify(to),
        phase: "declare",
        unit: `tenant:${tenantId}`,
        note: null,
      });
      const moved = async (minute: number, operations: PlannedOperation[], states: ("applied" | "failed")[]) => {
        const { id } = await stored(open(), { kind: "tier", at: atMinute(minute), operations });
        await end(id, states, states.includes("failed") ? "partly" : "applied");
      };
      const both = [move("mv-1", "silver", "gold"), move("mv-2", "silver", "gold")];
      await moved(5_000, [...both, quota("moved", "mv-1", "tenant:mv-1")], ["applied", "failed", "applied"]);
      await moved(5_001, [move("mv-3", "silver", "gold"), move("mv-4", "gold", "bronze")], ["applied", "applied"]);
      await moved(5_002, [move("mv-1", "silver", "gold")], ["applied"]);
      await moved(6_000, [move("mv-5", "silver", "gold")], ["applied"]);
      const between = (from: number, to: number) =>
        tierMoves(open(), { fromMs: Date.parse(atMinute(from)), toMs: Date.parse(atMinute(to)) });
      expect(await between(5_000, 6_000)).toEqual([
        { from: "silver", to: "gold", tenants: 2 },
        { from: "gold", to: "bronze", tenants: 1 },
      ]);
      expect(await between(4_000, 5_000)).toEqual([]);
    });
  });

  describe("a change that was taken back", () => {
    it("names the changes that did, once they wrote something", async () => {
      const { id } = await stored(open());
      await end(id, ["applied"], "applied");
      const reverts = [
        await stored(open(), { revertsId: id }),
        await stored(open(), { revertsId: id }),
        await stored(open(), { revertsId: id }),
      ];
      const [failed, done] = reverts.map((one) => one.id);
      await end(failed ?? 0, ["failed"], "failed");
      expect((await readChange(open(), id))?.revertedBy).toEqual([]);
      await end(done ?? 0, ["applied"], "applied");
      expect((await readChange(open(), id))?.revertedBy).toEqual([done]);
      expect((await readChange(open(), done ?? 0))?.revertsId).toBe(id);
    });
  });

  describe("a brake", () => {
    const users = ["a", "b"];
    const operations = users.map((user) => quota("braked", user, "tenant:braked"));
    const brake = (change: Partial<ChangeIntent> = {}) => stored(open(), { kind: "brake", operations, brakeMinutes: -1, ...change });
    const release = (revertsId: number, change: Partial<ChangeIntent> = {}) =>
      stored(open(), { kind: "brake-release", operations, revertsId, ...change });
    const inForce = async (id: number) => (await activeBrakes(open())).find((one) => one.id === id);

    it("is in force once something of it was written, with its operations, and due by the database's clock", async () => {
      const { id } = await brake();
      expect(await inForce(id)).toBeUndefined();
      await end(id, ["applied", "failed"], "partly");
      const active = await inForce(id);
      expect(active).toMatchObject({ due: true, ends: 0 });
      expect(active?.operations.map(({ state }) => state)).toEqual(["applied", "failed"]);
      const lasting = await brake({ brakeMinutes: 1_440 });
      await end(lasting.id, ["applied", "unverified"], "partly");
      expect(await inForce(lasting.id)).toMatchObject({ due: false });
      const refused = await brake();
      await end(refused.id, ["failed", "failed"], "failed");
      expect(await inForce(refused.id)).toBeUndefined();
    });

    it("ends so many minutes after it was stored by the database's clock, whatever time the process has", async () => {
      const now = async () => {
        const { rows } = await open().run((db) => db.execute<{ now: string }>(sql`select clock_timestamp()::text as now`));
        return Date.parse(rows[0]?.now ?? "");
      };
      const before = await now();
      const { brakeUntil, due } = await brake({ brakeMinutes: 30, at: atMinute(600_000) });
      const endMs = Date.parse(brakeUntil ?? "") - 30 * 60_000;
      expect(endMs).toBeGreaterThanOrEqual(Math.floor(before) - 1);
      expect(endMs).toBeLessThanOrEqual(await now());
      expect(due).toBe(false);
    });

    it("counts how often the console asked for its end, and not what persons asked for", async () => {
      const { id } = await brake();
      await end(id, ["applied", "applied"], "applied");
      for (const idempotencyKey of [brakeEndKey(id, 1), brakeEndKey(id, 2), `by-hand-${id}`]) {
        const attempt = await release(id, { idempotencyKey });
        await end(attempt.id, ["failed", "failed"], "failed");
      }
      expect(await inForce(id)).toMatchObject({ ends: 2 });
    });

    it("is in force until a revert has taken it back", async () => {
      const { id } = await brake();
      await end(id, ["applied", "applied"], "applied");
      const cancelled = await release(id);
      await end(cancelled.id, ["failed", "failed"], "failed");
      expect(await inForce(id)).toBeDefined();
      const waiting = await release(id);
      expect(await inForce(id)).toBeDefined();
      await end(waiting.id, ["applied", "applied"], "applied");
      expect(await inForce(id)).toBeUndefined();
    });

    it("is over where one revert took back a part, and the rest was somebody else's value by then", async () => {
      const { id } = await brake();
      await end(id, ["applied", "applied"], "applied");
      const part = await release(id);
      await end(part.id, ["conflict", "failed"], "failed");
      expect(await inForce(id)).toBeDefined();
      const rest = await release(id, { operations: operations.slice(1) });
      await end(rest.id, ["applied"], "applied");
      expect(await inForce(id)).toBeUndefined();
    });

    it("is over where everything it wrote is somebody else's value", async () => {
      const { id } = await brake();
      await end(id, ["applied", "applied"], "applied");
      const other = await release(id);
      await end(other.id, ["conflict", "conflict"], "failed");
      expect(await inForce(id)).toBeUndefined();
    });

    it("is over with a revert that found nothing left to write", async () => {
      const { id } = await brake();
      await end(id, ["applied", "applied"], "applied");
      const nothing = await release(id, { operations: [] });
      await end(nothing.id, [], "applied");
      expect(await inForce(id)).toBeUndefined();
    });
  });

  it("a change of many tenants is found by the last of them, too", async () => {
    const tenants = Array.from({ length: 120 }, (_, index) => `wide-${String(index).padStart(3, "0")}`);
    const { id, tenantIds } = await stored(open(), rollout(tenants, "wide"));
    expect(tenantIds).toEqual(tenants.slice(0, 50));
    const { rows } = await listChanges(open(), { tenantId: "wide-119" }, { limit: 10 });
    expect(rows.map((row) => [row.id, row.tenantCount])).toEqual([[id, 120]]);
  });
}
