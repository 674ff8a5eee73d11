import { describe, expect, test } from "vitest";
import type { Plan } from "@/lib/domain/change/plan";
import { planChange } from "@/lib/domain/change/plan-change";
import { planFacts } from "@/lib/domain/change/testing/plan-facts";
import { detailOf, said } from "@/lib/domain/change/testing/said";
import { behind, DAY, GB, planWeek, WEEK, type WeekSpec } from "@/lib/domain/change/testing/week";
import { poolTenant, tenant } from "@/lib/domain/testing/cluster-fixture";

describe("what is deleted", () => {
  test("records and bytes, with when and how exactly", () => {
    const found = planWeek(3 * DAY);
    expect(said(found, "permanent")).toEqual(["Up to 12.0 GB and 12,000 records of acme.a are deleted and cannot be brought back."]);
    const detail = detailOf(found, /are deleted/);
    expect(detail).toContain("Brokers look for it every 5 minutes, as Kafka's default is, and delete whole segments of up to 1.07 GB.");
    expect(detail).toContain("A last segment that is past it is closed and deleted as well.");
    expect(detail).toContain("± 3.22 GB: one segment a partition.");
    expect(detail).toContain("Kafka goes by the producers' timestamps");
  });

  test("as often as the brokers say, and by arrival where the topic's timestamps are", () => {
    const topics = { "acme.a": { ...WEEK, own: { ...WEEK.own, "message.timestamp.type": "LogAppendTime" } } };
    const detail = detailOf(
      planWeek(3 * DAY, { topics, cluster: { brokerConfigs: { "log.retention.check.interval.ms": "10000" } } }),
      /are deleted/,
    );
    expect(detail).toContain("Brokers look for it every 10 seconds, and");
    expect(detail).not.toContain("producers' timestamps");
  });

  test("by size, of each partition", () => {
    const found = planWeek(null, { request: { retentionBytes: 5 * GB, retentionMs: 7 * DAY } });
    expect(said(found, "permanent")).toEqual(["Up to 6.00 GB and 6,000 records of acme.a are deleted and cannot be brought back."]);
  });

  test("nothing where nothing is old enough", () => {
    const found = planWeek(3 * DAY, { topics: { "acme.a": { ...WEEK, start: 5_000 } } });
    expect(said(found, "permanent")).toEqual([]);
    expect(said(found, "fine")).toContain("Nothing of acme.a is past the new limit yet: no record is deleted now.");
    expect(found.confirm).toEqual({ reasonRequired: false, typeName: null });
  });

  test("is not guessed where the age of the records is not known", () => {
    const found = planWeek(3 * DAY, { topics: { "acme.a": { ...WEEK, history: [[DAY, 6_000]] } } });
    expect(said(found, "permanent")).toEqual([]);
    expect(said(found, "unseen")).toContain(
      "How old the records of acme.a are is not known, so up to 18.0 GB and 18,000 records may be deleted.",
    );
    expect(detailOf(found, /How old/)).toContain("The console has watched them since 2026-11-22 10:00 UTC");
    expect(found.confirm).toEqual({ reasonRequired: true, typeName: "acme" });
  });

  test("has no size where none is known", () => {
    const found = planWeek(3 * DAY, { topics: { "acme.a": { ...WEEK, bytes: null } } });
    expect(said(found, "permanent")).toEqual(["Up to 12,000 records of acme.a are deleted and cannot be brought back."]);
    expect(detailOf(found, /are deleted/)).toContain("the sizes of some logs could not be read");
    expect(found.operations.find(({ target }) => target.kind === "topic-config")?.deletesBytes).toMatchObject({ source: "unavailable" });
  });

  test("cannot be said where a start could not be read", () => {
    const found = planWeek(3 * DAY, { topics: { "acme.a": { ...WEEK, start: null } } });
    expect(said(found, "unseen")).toContain("How old the records of acme.a are is not known, so how much of them goes cannot be said.");
    expect(found.confirm.typeName).toBe("acme");
  });

  test("stands with the operation that does it", () => {
    const operation = planWeek(3 * DAY).operations.find(({ target }) => target.kind === "topic-config");
    expect(operation?.deletesBytes).toMatchObject({ source: "estimated", value: 12 * GB });
    expect(operation?.deletesBytes).toHaveProperty("error", expect.closeTo(0.268, 2));
    expect(planWeek(20 * DAY).operations.every(({ deletesBytes }) => deletesBytes === undefined)).toBe(true);
  });
});

describe("what has to be typed", () => {
  const small = { ...WEEK, bytes: 1000 };
  test.each<[string, number, WeekSpec, Plan["confirm"]]>([
    ["little data that nobody needs: a reason", 5 * DAY, { topics: { "acme.a": small } }, { reasonRequired: true, typeName: null }],
    ["more than half of a topic", 3 * DAY, { topics: { "acme.a": small } }, { reasonRequired: true, typeName: "acme" }],
    ["more than a gigabyte", 5 * DAY, {}, { reasonRequired: true, typeName: "acme" }],
    [
      "more than a gigabyte, perhaps",
      5 * DAY,
      { topics: { "acme.a": { ...WEEK, history: [[4 * DAY, 3_000]] } } },
      { reasonRequired: true, typeName: "acme" },
    ],
    [
      "little that somebody has not read",
      5 * DAY,
      { topics: { "acme.a": small }, groups: { archive: behind(5_500) } },
      { reasonRequired: true, typeName: "acme" },
    ],
    ["nothing", 20 * DAY, {}, { reasonRequired: false, typeName: null }],
  ])("%s", (_, retentionMs, given, expected) => expect(planWeek(retentionMs, given).confirm).toEqual(expected));

  test.each([
    ["a shared topic", { topics: [{ clusterId: "c1", topic: "pool.a" }] }, "pool.a"],
    ["a topic of nobody", { topics: [{ clusterId: "c1", topic: "stray" }] }, "stray"],
    ["a tier", { tierId: "gold" }, "gold"],
    ["several tenants", { tenantIds: ["acme", "bolt"] }, "2 tenants"],
    [
      "several topics",
      {
        topics: [
          { clusterId: "c1", topic: "pool.a" },
          { clusterId: "c1", topic: "stray" },
        ],
      },
      "2 topics",
    ],
  ])("the name of %s", (_, scope, expected) => {
    const topics = { "acme.a": WEEK, "bolt.a": WEEK, "pool.a": WEEK, stray: WEEK };
    const facts = planFacts({
      tenants: [tenant("acme"), tenant("bolt"), poolTenant("p1"), poolTenant("p2")],
      clusters: { c1: { topics } },
    });
    expect(planChange({ kind: "retention", scope, retentionMs: DAY }, facts).confirm.typeName).toBe(expected);
  });
});
