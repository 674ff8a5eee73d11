import { describe, expect, it } from "vitest";
import { listOperations } from "@/lib/store/changes/list-operations";
import { nextUnits } from "@/lib/store/changes/next-units";
import { readChange } from "@/lib/store/changes/read-change";
import { setChangeState } from "@/lib/store/changes/set-change-state";
import { storeChange } from "@/lib/store/changes/store-change";
import type { Store } from "@/lib/store/store";
import { AT, atMinute, intent, quota, retention, rollout, stored } from "./changes";
import { takeLease } from "./lease-suite";

/** A change is kept before its first effect, once, and has its resources to itself. */
export function changeSuite(open: () => Store): void {
  describe("a change that is stored", () => {
    it("reads back to the letter, waiting", async () => {
      const given = intent({
        ...rollout(["mint", "acorn"], "letter"),
        reason: "Ends a trial: <b>'\"\\ 東京",
        rollout: { tenantsPerMinute: 5 },
      });
      const { change, created } = await storeChange(open(), given);
      const { operations, brakeMinutes: _, ...same } = given;
      expect(created).toBe(true);
      expect(change).toEqual({
        ...same,
        id: change.id,
        state: "waiting",
        wish: "go",
        stage: "all",
        message: null,
        startedAt: null,
        finishedAt: null,
        units: 2,
        counts: { pending: 6 },
        tenantIds: ["acorn", "mint"],
        tenantCount: 2,
        clusterIds: ["letter"],
        revertedBy: [],
        brakeUntil: null,
        due: false,
      });
      expect(await readChange(open(), change.id)).toEqual(change);
      const pending = { state: "pending", message: null, at: null };
      expect(await listOperations(open(), change.id, { limit: 100 })).toEqual(
        operations.map((planned, index) => ({ ...planned, index, ...pending })),
      );
    });

    it("is nothing where there is none", async () => {
      expect(await readChange(open(), 2_000_000_000)).toBeNull();
      expect(await listOperations(open(), 2_000_000_000, { limit: 10 })).toEqual([]);
    });

    it("waits after its first tenants where some are named", async () => {
      const first = await stored(open(), { ...rollout(["a", "b"], "staged"), rollout: { first: ["a"] } });
      expect(first.stage).toBe("first");
    });

    it("may have nothing to write", async () => {
      const nothing = await stored(open(), { operations: [] });
      expect(nothing).toMatchObject({ units: 0, counts: {}, tenantCount: 0 });
    });

    it("is stored once for the same key, also by requests at the same time", async () => {
      const given = intent(rollout(["a", "b"], "once"));
      const answers = await Promise.all(Array.from({ length: 6 }, () => storeChange(open(), given)));
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(answers.map(({ change }) => change.id)).size).toBe(1);
      const reordered = { ...given, request: Object.fromEntries(Object.entries(given.request).reverse()) as typeof given.request };
      expect((await storeChange(open(), reordered)).created).toBe(false);
      expect(await listOperations(open(), answers[0]?.change.id ?? 0, { limit: 100 })).toHaveLength(6);
    });

    it("is refused under the key of another", async () => {
      const given = intent();
      const { change } = await storeChange(open(), given);
      const belongs = { code: "conflict", message: expect.stringContaining(`change ${change.id}`) };
      await expect(storeChange(open(), { ...given, fingerprint: "other" })).rejects.toMatchObject(belongs);
      const request = { kind: "revert" as const, changeId: 1 };
      await expect(storeChange(open(), { ...given, request })).rejects.toMatchObject(belongs);
    });

    it("is refused with text that cannot be stored, and leaves nothing", async () => {
      const given = intent({ operations: [retention("nul", "a\u0000b", "tenant:acme")] });
      await expect(storeChange(open(), given)).rejects.toMatchObject({ code: "invalid" });
      expect((await storeChange(open(), { ...given, operations: [] })).created).toBe(true);
    });

    it("with 2,000 operations keeps their order and that of their units", async () => {
      const tenants = Array.from({ length: 500 }, (_, index) => `t${(index * 7) % 500}`);
      const operations = tenants.flatMap((id) => ["a", "b", "c", "d"].map((name) => retention("many", `${id}.${name}`, `tenant:${id}`)));
      const change = await stored(open(), { operations });
      expect(change).toMatchObject({ units: 500, tenantCount: 500, counts: { pending: 2_000 } });
      expect(change.tenantIds).toHaveLength(50);
      const read = await listOperations(open(), change.id, { limit: 5_000 });
      expect(read.map(({ target }) => target)).toEqual(operations.map(({ target }) => target));
      const units = await nextUnits(open(), change.id, { count: 1_000 });
      expect(units.map(({ unit }) => unit)).toEqual(tenants.map((id) => `tenant:${id}`));
    });
  });

  describe("resources of a change", () => {
    const topic = (name: string, unit = "tenant:acme") => ({ operations: [retention("locked", name, unit)] });

    it("are its own until it is finished, and the other is named", async () => {
      const lease = await takeLease(open(), "locks/own");
      const first = await stored(open(), { ...topic("own"), actor: "grace" });
      const refused = storeChange(open(), intent(topic("own")));
      await expect(refused).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringMatching(new RegExp(`^Change ${first.id} \\("Set retention.*by grace is not finished.*topic own on locked`)),
        details: [{ path: "topic locked own", message: `is being changed by change ${first.id}` }],
      });
      await stored(open(), topic("other"));
      await setChangeState(open(), lease, first.id, { state: "paused", message: "by ada" });
      await expect(storeChange(open(), intent(topic("own")))).rejects.toMatchObject({ code: "conflict" });
      await setChangeState(open(), lease, first.id, { state: "cancelled", message: null, finishedAt: atMinute(1) });
      await stored(open(), topic("own"));
    });

    it("are the topic, the quota's entity, the tenant and the tier, whichever of their values is written", async () => {
      await stored(open(), { operations: [quota("locked", "rule", "tenant:a")] });
      const other = { ...quota("locked", "rule", "cluster:locked"), after: "5" };
      await expect(storeChange(open(), intent({ operations: [other] }))).rejects.toMatchObject({ code: "conflict" });
      const on = { kind: "override" as const, tenantId: "lock-tenant", setting: "retentionMs" as const };
      const declared = { before: null, after: null, phase: "declare" as const, unit: "tenant:lock-tenant", note: null };
      await stored(open(), { operations: [{ ...declared, target: on }] });
      const tier = { kind: "tenant-tier" as const, tenantId: "lock-tenant" };
      await expect(storeChange(open(), intent({ operations: [{ ...declared, target: tier }] }))).rejects.toMatchObject({
        message: expect.stringContaining("what is declared of the tenant lock-tenant"),
      });
      await stored(open(), { operations: [quota("locked-2", "rule", "tenant:a")] });
    });

    it("are all taken or none", async () => {
      await stored(open(), topic("b"));
      const both = { operations: [retention("locked", "a", "tenant:acme"), retention("locked", "b", "tenant:acme")] };
      await expect(storeChange(open(), intent(both))).rejects.toMatchObject({ code: "conflict" });
      await stored(open(), topic("a"));
    });

    it("of one kind of many writers at the same time are given to one, whatever their order", async () => {
      const names = ["m", "n", "o", "p"];
      const of = (order: readonly string[]) => intent({ operations: order.map((name) => retention("locked", name, "tenant:acme")) });
      const orders = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? names : names.toReversed()));
      const results = await Promise.allSettled(orders.map((order) => storeChange(open(), of(order))));
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const result of results) if (result.status === "rejected") expect(result.reason.message).toContain("is not finished");
    });

    it.each(["brake-release", "revert"])("stand in no way of a %s of a brake, and are not taken by it", async (kind) => {
      const operations = [quota("locked", `ended-by-${kind}`, "tenant:acme")];
      const brake = await stored(open(), { kind: "brake", operations, brakeMinutes: 30 });
      const other = await stored(open(), { operations });
      await stored(open(), { kind, operations, revertsId: brake.id });
      await expect(storeChange(open(), intent({ kind: "revert", operations, revertsId: other.id }))).rejects.toMatchObject({
        code: "conflict",
      });
      await setChangeState(open(), await takeLease(open(), "locks/end"), other.id, { state: "cancelled", message: null, finishedAt: AT });
      await stored(open(), { operations });
    });

    it("are not taken by rollouts and brakes, and stand in the way of neither", async () => {
      await stored(open(), topic("free"));
      await stored(open(), { operations: [retention("locked", "free", "tenant:acme"), retention("locked", "free-2", "tenant:bolt")] });
      await stored(open(), topic("free-2"));
      const brake = { kind: "brake", operations: [quota("locked", "braked", "tenant:acme")], brakeMinutes: 30 };
      await stored(open(), brake);
      await stored(open(), { operations: [quota("locked", "braked", "tenant:acme")] });
      await stored(open(), brake);
    });
  });
}
