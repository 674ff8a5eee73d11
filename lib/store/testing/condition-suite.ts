import { describe, expect, it } from "vitest";
import { acknowledgeCondition, readAcknowledgements } from "@/lib/store/conditions/acknowledge-condition";
import { listConditions } from "@/lib/store/conditions/list-conditions";
import { pruneConditions } from "@/lib/store/conditions/prune-conditions";
import { reconcileConditions } from "@/lib/store/conditions/reconcile-conditions";
import type { ConditionScope, FoundCondition } from "@/lib/store/conditions/types";
import type { Store } from "@/lib/store/store";
import { takeLease } from "./lease-suite";

const AT = (minute: number) => new Date(Date.parse("2026-04-01T08:00:00Z") + minute * 60_000);

function found(clusterId: string, rule: string, tenantId: string, change: Partial<FoundCondition> = {}): FoundCondition {
  return {
    id: `${rule}/${clusterId}/${tenantId}`,
    rule,
    clusterId,
    tenantId,
    subject: tenantId,
    severity: "warn",
    label: "Near its limit",
    sentence: "83 % of its quota on broker 2",
    since: AT(0).toISOString(),
    evidence: { share: 0.83 },
    ...change,
  };
}

export function conditionSuite(open: () => Store): void {
  async function reconciling(clusterId: string) {
    const lease = await takeLease(open(), `conditions/${clusterId}`);
    return (minute: number, scope: Omit<ConditionScope, "clusterId">, ...list: FoundCondition[]) =>
      reconcileConditions(open(), { clusterId, ...scope }, list, AT(minute), lease);
  }
  const openOf = (clusterId: string) => listConditions(open(), { clusterId });

  describe("conditions", () => {
    it("open at their since, keep it, take the newest words, and close when they are found no more", async () => {
      const reconcile = await reconciling("life");
      const near = found("life", "limit.near", "acme");
      expect(await reconcile(1, { rules: ["limit.near"] }, near)).toEqual({ opened: [near.id], closed: [] });
      const worse = { ...near, severity: "danger" as const, sentence: "97 %", evidence: { share: 0.97 }, since: AT(5).toISOString() };
      expect(await reconcile(5, { rules: ["limit.near"] }, worse)).toEqual({ opened: [], closed: [] });
      expect(await openOf("life")).toMatchObject([
        {
          id: near.id,
          severity: "danger",
          sentence: "97 %",
          evidence: { share: 0.97 },
          since: near.since,
          until: null,
          acknowledged: null,
        },
      ]);
      expect(await reconcile(6, { rules: ["limit.near"] })).toEqual({ opened: [], closed: [near.id] });
      expect(await openOf("life")).toEqual([]);
      const ended = await listConditions(open(), { clusterId: "life", endedSince: AT(6) });
      expect(ended).toMatchObject([{ id: near.id, until: AT(6).toISOString() }]);
      expect(await listConditions(open(), { clusterId: "life", endedSince: AT(7) })).toEqual([]);
    });

    it("found again after they closed are a new episode", async () => {
      const reconcile = await reconciling("again");
      const near = found("again", "limit.near", "acme");
      await reconcile(1, { rules: ["limit.near"] }, near);
      await reconcile(2, { rules: ["limit.near"] });
      await reconcile(3, { rules: ["limit.near"] }, { ...near, since: AT(3).toISOString() });
      const all = await listConditions(open(), { clusterId: "again", endedSince: AT(0) });
      expect(all.map((one) => [one.id, one.since, one.until])).toEqual([
        [near.id, AT(3).toISOString(), null],
        [near.id, AT(0).toISOString(), AT(2).toISOString()],
      ]);
      expect(new Set(all.map((one) => one.episode)).size).toBe(2);
    });

    it("close only within what was evaluated: neither another rule, nor another cluster, nor what was not judged", async () => {
      const here = await reconciling("here");
      const there = await reconciling("there");
      const stuck = found("here", "lag.stuck", "acme");
      const [acme, bolt] = [found("here", "limit.near", "acme"), found("here", "limit.near", "bolt")];
      await here(1, { rules: ["limit.near", "lag.stuck"] }, acme, bolt, stuck);
      await there(1, { rules: ["limit.near"] }, found("there", "limit.near", "acme"));
      expect(await here(2, { rules: ["limit.near"], only: [bolt.id] })).toEqual({ opened: [], closed: [bolt.id] });
      expect(await here(3, { rules: [] })).toEqual({ opened: [], closed: [] });
      expect(await here(3, { rules: ["limit.near"], only: [] })).toEqual({ opened: [], closed: [] });
      await expect(here(3, { rules: ["limit.near"], only: [bolt.id] }, acme)).rejects.toThrow("outside the scope");
      expect((await openOf("here")).map((one) => one.id).sort()).toEqual([stuck.id, acme.id].sort());
      expect(await openOf("there")).toHaveLength(1);
    });

    it("of no cluster are a scope of their own", async () => {
      const lease = await takeLease(open(), "conditions/fleet");
      const above = { ...found("x", "promise.above", "acme"), id: "promise.above/acme", clusterId: null };
      const scope = { clusterId: null, rules: ["promise.above"] };
      await reconcileConditions(open(), scope, [above], AT(1), lease);
      const other = await reconciling("elsewhere");
      await other(2, { rules: ["promise.above"] });
      expect((await listConditions(open(), { tenantId: "acme" })).map((one) => one.id)).toContain(above.id);
      expect((await reconcileConditions(open(), scope, [], AT(3), lease)).closed).toEqual([above.id]);
    });

    it("are acknowledged while they are open; new words keep that, a new episode does not", async () => {
      const reconcile = await reconciling("seen");
      const near = found("seen", "limit.near", "acme");
      const seen = { by: "ada", until: AT(60).toISOString(), reason: "known" };
      expect(await acknowledgeCondition(open(), near.id, seen)).toBe(false);
      await reconcile(1, { rules: ["limit.near"] }, near);
      expect(await acknowledgeCondition(open(), near.id, seen)).toBe(true);
      await reconcile(2, { rules: ["limit.near"] }, { ...near, sentence: "97 %" });
      expect((await readAcknowledgements(open(), AT(59))).get(near.id)).toEqual(seen);
      expect((await readAcknowledgements(open(), AT(60))).has(near.id)).toBe(false);
      await reconcile(3, { rules: ["limit.near"] });
      expect((await readAcknowledgements(open(), AT(3))).has(near.id)).toBe(false);
      await reconcile(4, { rules: ["limit.near"] }, near);
      expect((await openOf("seen"))[0]?.acknowledged).toBeNull();
    });

    it("are forgotten a year after they ended, and never while they are open", async () => {
      const reconcile = await reconciling("old");
      const [ended, lasting] = [found("old", "limit.near", "acme"), found("old", "limit.near", "bolt")];
      await reconcile(1, { rules: ["limit.near"] }, ended, lasting);
      await reconcile(2, { rules: ["limit.near"] }, lasting);
      const yearMinutes = 366 * 24 * 60;
      const kept = async () => (await listConditions(open(), { clusterId: "old", endedSince: AT(0) })).map(({ id }) => id);
      await pruneConditions(open(), AT(2 + yearMinutes));
      expect(await kept()).toHaveLength(2);
      await pruneConditions(open(), AT(3 + yearMinutes));
      expect(await kept()).toEqual([lasting.id]);
    });

    it("refuse a finding outside the scope, and an old fence", async () => {
      const reconcile = await reconciling("scope");
      await expect(reconcile(1, { rules: ["lag.stuck"] }, found("scope", "limit.near", "acme"))).rejects.toThrow("outside the scope");
      await expect(reconcile(1, { rules: ["limit.near"] }, found("other", "limit.near", "acme"))).rejects.toThrow("outside the scope");
      const old = await takeLease(open(), "conditions/old", "a", -1);
      await takeLease(open(), "conditions/old", "b");
      const late = reconcileConditions(
        open(),
        { clusterId: "scope", rules: ["limit.near"] },
        [found("scope", "limit.near", "acme")],
        AT(1),
        old,
      );
      await expect(late).rejects.toMatchObject({ code: "conflict" });
      expect(await openOf("scope")).toEqual([]);
    });
  });
}
