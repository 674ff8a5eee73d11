import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConditionView, Evidence } from "@/lib/domain/views/common";
import type { PostureHistory } from "@/lib/domain/views/posture";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, tenantOf } from "@/lib/operations/testing/fleet";
import { acquireLease, openStore, reconcileConditions, type Store } from "@/lib/store";
import { listPostureHistory } from "./list-posture-history";

type Open = Omit<ConditionView, "until" | "acknowledged">;
const DAY = 86_400_000;
const at = (days: number): Date => new Date(Date.parse(AT) - days * DAY);

const found = (rule: string, days: number, evidence: Evidence = {}): Open => ({
  id: `${rule}|${days}`,
  rule,
  severity: "warn",
  label: rule,
  sentence: `${rule}.`,
  evidence,
  tenantId: null,
  clusterId: "c1",
  subject: "topics",
  since: at(days).toISOString(),
});

let store: Store;
beforeAll(async () => {
  store = await openStore({ memory: true });
  const fence = await acquireLease(store, "c1", "me", 60_000);
  if (fence === null) throw new Error("The lease is taken.");
  const RULES = ["erasure.late", "naming.group-colon", "drift.retention", "lag.stuck", "durability.min-isr"];
  const old = [found("erasure.late", 60), found("durability.min-isr", 50)];
  await reconcileConditions(store, { clusterId: "c1", rules: RULES }, old, at(50), fence);
  const later = [
    found("durability.min-isr", 50),
    found("naming.group-colon", 5, { tenants: 1, affects: "acme" }),
    found("drift.retention", 4),
    found("lag.stuck", 3),
  ];
  await reconcileConditions(store, { clusterId: "c1", rules: RULES }, later, at(2), fence);
}, 60_000);
afterAll(() => store.close());

const history = async (input: object = {}) =>
  (await listPostureHistory.run(
    contextOf([fleetOf({ tenants: [tenantOf("acme")] })], { store, now: () => new Date(AT) }),
    input,
  )) as PostureHistory;
const rules = async (input: object = {}) => (await history(input)).conditions.map(({ rule }) => rule);

describe("the history of posture", () => {
  it("holds what began or ended within the time, the newest event first, and nothing of the hour", async () => {
    expect(await rules()).toEqual(["erasure.late", "drift.retention", "naming.group-colon"]);
    expect((await history()).total).toBe(3);
  });

  it("says when it was closed", async () => {
    expect((await history()).conditions.map(({ until }) => until)).toEqual([at(2).toISOString(), null, null]);
  });

  it("reaches back as far as asked", async () => {
    expect(await rules({ days: 366 })).toContain("durability.min-isr");
    expect(await rules({ days: 1 })).toEqual([]);
  });

  it("is of a tenant what falls on it", async () => {
    expect(await rules({ tenant: "acme" })).toEqual(["naming.group-colon"]);
    await expect(history({ tenant: "nobody" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is a file with everything that was, opened and closed", async () => {
    const csv = await listPostureHistory.csv?.(contextOf([fleetOf()], { store, now: () => new Date(AT) }), {});
    const rows = [...(csv?.rows ?? [])].map((row) => Object.fromEntries(row.map((value, at) => [csv?.head[at], value])));
    expect(rows).toMatchObject([
      { rule: "erasure.late", opened: at(60).toISOString(), closed: at(2).toISOString() },
      { rule: "drift.retention", closed: null },
      { rule: "naming.group-colon", "tenants affected": 1 },
    ]);
  });
});
