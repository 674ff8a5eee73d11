import { describe, expect, test } from "vitest";
import type { Plan, RetentionRuler } from "@/lib/domain/change/plan";
import { planChange } from "@/lib/domain/change/plan-change";
import type { PlanClusterSpec } from "@/lib/domain/change/testing/cluster-facts";
import { detailOf, refused, said } from "@/lib/domain/change/testing/said";
import { behind, DAY, GB, HOUR, planWeek, WEEK, weekFacts } from "@/lib/domain/change/testing/week";

describe("what retention means on a topic", () => {
  const own = (more: Record<string, string>) => ({
    topics: { "acme.a": { ...WEEK, own: { ...WEEK.own, ...more } } },
    groups: { archive: behind(3_300) },
  });

  test("that is compacted: nothing goes", () => {
    const found = planWeek(3 * DAY, own({ "cleanup.policy": "compact" }));
    expect(said(found, "note")).toContain(
      "Retention deletes nothing of acme.a: what is compacted keeps the last record of every key for as long as it is there.",
    );
    expect([said(found, "loss"), said(found, "permanent")]).toEqual([[], []]);
  });

  test("that is compacted and deleted: the last record of a key goes as well", () => {
    const found = planWeek(3 * DAY, own({ "cleanup.policy": "compact,delete" }));
    expect(said(found, "note").join()).toContain("On acme.a a key that is not written again is forgotten");
    expect(said(found, "loss")).toHaveLength(1);
  });

  test("whose segments are closed late: records stay longer", () => {
    const late = { topics: { "acme.a": { ...WEEK, bytes: 1e6 } } };
    const found = planWeek(6 * HOUR, late);
    expect(said(found, "note").join()).toContain(
      "On acme.a a record may stay for up to 7 d 6 h while more is written: it goes with its segment, and that is closed after 7 days (segment.ms) or 1.07 GB (segment.bytes).",
    );
    // A gigabyte a day fills a segment in a day: shorter than two days.
    expect(said(planWeek(2 * DAY), "note").join()).not.toContain("while more is written");
    expect(said(planWeek(12 * HOUR), "note").join()).toContain("up to 1 d 13 h while more is written");
  });

  test("with tiered storage", () => {
    const found = planWeek(4 * DAY, own({ "remote.storage.enable": "true" }));
    expect(said(found, "note").join()).toContain("acme.a keeps old segments in tiered storage");
    expect(detailOf(found, /are deleted/)).toContain("What lies in tiered storage goes too, and no broker tells how much that is.");
    expect(detailOf(found, /are deleted/)).not.toContain("A last segment");
    expect((found.picture as RetentionRuler).goesBytes).toMatchObject({ atLeast: true });
  });

  test.each<[string, number, Record<string, string>, PlanClusterSpec, string[]]>([
    [
      "shorter than what stays on the brokers",
      4 * DAY,
      { "local.retention.ms": String(5 * DAY) },
      {},
      ["retentionMs: acme.a keeps 5 days on the brokers (local.retention.ms); Kafka refuses a retention.ms below that."],
    ],
    [
      "under what stays on the brokers without a limit",
      4 * DAY,
      { "local.retention.ms": "-1" },
      {},
      ["retentionMs: acme.a keeps unlimited on the brokers (local.retention.ms); Kafka refuses a retention.ms below that."],
    ],
    ["as what stays on the brokers", 4 * DAY, { "local.retention.ms": String(4 * DAY) }, {}, []],
    ["where the brokers keep as much", 4 * DAY, {}, {}, []],
    [
      "below MSK's least",
      2 * DAY,
      {},
      { kind: "standard" },
      ["retentionMs: acme.a has tiered storage, and MSK keeps that for at least 3 days."],
    ],
    ["at MSK's least", 3 * DAY, {}, { kind: "standard" }, []],
    ["below MSK's least on another Kafka", 2 * DAY, {}, {}, []],
  ])("with tiered storage, %s", (_, retentionMs, more, cluster, expected) => {
    const given = own({ "remote.storage.enable": "true", ...more });
    expect(refused(planWeek(retentionMs, { ...given, cluster }))).toEqual(expected);
  });
});

describe("what tenants need", () => {
  test("to be forgotten in time", () => {
    const requirements = { forgetWithinMs: 10 * DAY };
    expect(said(planWeek(14 * DAY, { requirements }), "breach")).toEqual([
      "acme has to be forgotten within 10 days; records then stay for 14 days.",
    ]);
    expect(said(planWeek(10 * DAY, { requirements }), "breach")).toEqual([]);
    expect(said(planWeek(5 * DAY, { requirements: { forgetWithinMs: 2 * DAY } }), "breach")).toEqual([
      "acme has to be forgotten within 2 days; records then stay for 5 days.",
    ]);
    const topics = { "acme.a": { ...WEEK, own: { ...WEEK.own, "cleanup.policy": "compact" } } };
    expect(said(planWeek(9 * DAY, { requirements, topics }), "breach")).toEqual([
      "acme has to be forgotten within 10 days; records then stay for ever.",
    ]);
  });

  test("to read again", () => {
    const requirements = { replay: true };
    const sentence = "acme needs to read again what was read: that goes back no further than the new limit.";
    expect(said(planWeek(3 * DAY, { requirements }), "note")).toContain(sentence);
    expect(said(planWeek(14 * DAY, { requirements }), "note")).not.toContain(sentence);
  });
});

describe("the ruler", () => {
  const ruler = (found: Plan) => found.picture as RetentionRuler;

  test("shows what stays, what goes, the marks of the tier and where groups read", () => {
    const groups = { archive: behind(3_300, { state: "Empty" }), eta: behind(0) };
    expect(ruler(planWeek(3 * DAY, { groups }))).toMatchObject({
      kind: "retention",
      nowMs: 7 * DAY,
      afterMs: 3 * DAY,
      marks: [
        { label: "Gold default", value: 7 * DAY },
        { label: "Gold bound", value: 30 * DAY },
      ],
      staysBytes: { source: "estimated", value: 9 * GB },
      goesBytes: { source: "estimated", value: 12 * GB },
      groups: [
        { groupId: "archive", topic: "acme.a", losesRecords: 900, hasMembers: false },
        { groupId: "eta", losesRecords: 0, timeBehindMs: 0, hasMembers: true },
      ],
    });
  });

  test("has no end where nothing limits it", () => expect(ruler(planWeek("unlimited")).afterMs).toBeNull());

  test("does not say what is not known", () => {
    const topics = { "acme.a": { ...WEEK, history: [[DAY, 6_000]] as const } };
    const found = ruler(planWeek(3 * DAY, { topics, groups: { archive: behind(3_300) } }));
    expect(found.goesBytes).toMatchObject({ source: "unavailable" });
    expect(found.staysBytes).toMatchObject({ source: "unavailable" });
    expect(found.groups[0]).toMatchObject({ losesRecords: null });
  });
});

test("what the broker has and did not tell is not known, and is said", () => {
  const facts = weekFacts({});
  const c1 = facts.clusters.get("c1");
  if (c1 === undefined) throw new Error("no cluster");
  const entries = (c1.configs.get("acme.a") ?? []).map((entry) => ({ ...entry, synonyms: entry.synonyms.slice(0, 1) }));
  const clusters = new Map([["c1", { ...c1, configs: new Map([["acme.a", entries]]) }]]);
  const found = planChange({ kind: "retention", scope: { tenantIds: ["acme"] }, retentionMs: null }, { ...facts, clusters });
  expect(said(found, "unseen")).toContain(
    "Without a value of its own the retention of acme.a is what the brokers have, and that was not told.",
  );
  expect(found.confirm.typeName).toBe("acme");
});
