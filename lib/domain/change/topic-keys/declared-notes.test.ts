import { describe, expect, test } from "vitest";
import { planChange } from "@/lib/domain/change/plan-change";
import { acme, type CastSpec, DAY, GOLD, override, planCast, type Retention, topic } from "@/lib/domain/change/testing/cast";
import { planFacts } from "@/lib/domain/change/testing/plan-facts";
import { said } from "@/lib/domain/change/testing/said";
import { poolTenant } from "@/lib/domain/testing/cluster-fixture";

describe("what is said of declarations and of others", () => {
  test.each<[string, Retention, CastSpec, "note" | "fine" | "breach", string]>([
    [
      "an override that begins",
      { scope: acme, retentionMs: 5 * DAY },
      {},
      "note",
      "Gold declares 3 days; 5 days is declared for acme as an override.",
    ],
    [
      "an override that ends",
      { scope: acme, retentionMs: 3 * DAY },
      { overrides: { acme: [override(5 * DAY)] } },
      "fine",
      "Back to the Gold default: the override of 2026-11-23 (“r”) ends.",
    ],
    [
      "what the broker has",
      { scope: acme, retentionMs: null },
      {},
      "note",
      "On acme.a the brokers' retention then counts, 7 days now, and follows when that is changed.",
    ],
    ["everybody in a shared topic", { scope: topic("pool.a"), retentionMs: 5 * DAY }, {}, "note", "pool.a touches 2 tenants: p1 and p2."],
    [
      "a promise to those in a shared topic",
      { scope: topic("pool.a"), retentionMs: 1 * DAY },
      {},
      "breach",
      "2 tenants of pool.a are promised more retention than 1 day: p1 and p2.",
    ],
    [
      "nobody",
      { scope: topic("stray"), retentionMs: DAY },
      {},
      "note",
      "stray belongs to no tenant that is known here; whoever uses it is touched.",
    ],
  ])("%s", (_, request, given, kind, sentence) => expect(said(planCast(request, given), kind)).toContain(sentence));

  test("a promise that is kept is no breach", () => {
    expect(said(planCast({ scope: topic("pool.a"), retentionMs: 3 * DAY }), "breach")).toEqual([]);
  });

  test("the first ten of many by name, and how many more", () => {
    const tenants = Array.from({ length: 12 }, (_, index) => poolTenant(`p${String(index).padStart(2, "0")}`));
    const facts = planFacts({ tenants, clusters: { c1: { topics: { "pool.a": {} } } } });
    const found = planChange({ kind: "retention", scope: topic("pool.a"), retentionMs: DAY }, facts);
    expect(said(found, "note")).toContain("pool.a touches 12 tenants: p00, p01, p02, p03, p04, p05, p06, p07, p08, p09 and 2 more.");
  });

  test("the first ten of many shared topics, and how many more", () => {
    const names = Array.from({ length: 12 }, (_, index) => `pool.${String(index).padStart(2, "0")}`);
    const topics = Object.fromEntries(names.map((name) => [name, {}]));
    const facts = planFacts({ tiers: [GOLD], tenants: [poolTenant("p1"), poolTenant("p2")], clusters: { c1: { topics } } });
    const found = planChange({ kind: "retention", scope: topic(...names), retentionMs: DAY }, facts);
    expect(said(found, "note").filter((sentence) => sentence.includes("touches"))).toHaveLength(10);
    expect(said(found, "note")).toContain("2 more topics are not one tenant's alone.");
    expect(said(found, "breach")).toHaveLength(11);
    expect(said(found, "breach")).toContain("2 more shared topics fall below what is promised.");
  });

  test("until when an override holds, and what then", () => {
    const until = { until: "2027-01-01T00:00:00.000Z" };
    const ends = (request: Retention) => planCast(request).consequences.find(({ sentence }) => sentence.includes("as an override"))?.detail;
    expect(ends({ scope: acme, retentionMs: 5 * DAY, ...until })).toBe(
      "It ends on 2027-01-01 00:00 UTC: it is then reported, and the value stays until somebody changes it.",
    );
    expect(ends({ scope: acme, retentionMs: 5 * DAY, ...until, atEnd: "take-back" })).toBe(
      "It ends on 2027-01-01 00:00 UTC: a change then takes it back.",
    );
    expect(ends({ scope: acme, retentionMs: 5 * DAY })).toBeNull();
  });
});
