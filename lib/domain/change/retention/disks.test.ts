import { describe, expect, test } from "vitest";
import { planChange } from "@/lib/domain/change/plan-change";
import { detailOf, said } from "@/lib/domain/change/testing/said";
import { DAY, GB, HOUR, planWeek, WEEK, weekFacts } from "@/lib/domain/change/testing/week";
import { cloudFacts } from "@/lib/domain/testing/msk-fixture";

describe("disks", () => {
  const disk = (usedBytes: number, more = {}) => ({ totalBytes: 100 * GB, usedBytes, ...more });
  const disks = { 1: disk(50 * GB), 2: disk(60 * GB), 3: disk(50 * GB) };

  test("fall where something goes", () => {
    const found = planWeek(3 * DAY, { cluster: { disks } });
    expect(said(found, "fine")).toContain("The fullest disk of c1, broker 2, falls from 60 % to about 48 %.");
  });

  test("fall by an amount that is not told where not all of it is known", () => {
    const found = planWeek(3 * DAY, { topics: { "acme.a": WEEK, "acme.b": { ...WEEK, bytes: null } }, cluster: { disks } });
    expect(said(found, "fine").join()).not.toContain("falls");
  });

  test("are not judged by half an hour", () => {
    const topics = {
      "acme.a": {
        ...WEEK,
        history: [
          [HOUR / 2, 6_000],
          [0, 7_000],
        ] as const,
      },
    };
    expect(said(planWeek(14 * DAY, { topics, cluster: { disks } }), "unseen").join()).toContain(
      "How much more c1 then stores is not known",
    );
  });

  test("take what stays longer, with the formula", () => {
    const found = planWeek(14 * DAY, { cluster: { disks } });
    expect(said(found, "fine")).toContain("It fits: the fullest disk then, broker 2 of c1, goes from 60 % to about 81 %.");
    expect(detailOf(found, /It fits/)).toContain(
      "34.7 kB/s × 7 days, as these topics grew on it in the last day: 21.0 GB more are kept; 40.0 GB are free.",
    );
  });

  test("come near their end", () => {
    expect(said(planWeek(17 * DAY, { cluster: { disks } }), "room")).toEqual([
      "The fullest disk then, broker 2 of c1, goes from 60 % to about 90 %.",
    ]);
  });

  test("are full, and when", () => {
    const found = planWeek(30 * DAY, { cluster: { disks: { ...disks, 2: disk(60 * GB, { grownBytes: GB }) } } });
    expect(said(found, "room")).toEqual(["The disk of broker 2 of c1 is full in about 13 d 7 h at the rate these topics grow."]);
    expect(detailOf(found, /is full in/)).toContain("As it grows already it is full on 2027-01-02 10:00 UTC.");
  });

  test("are full some day where nothing limits it", () => {
    const found = planWeek("unlimited", {
      cluster: { disks },
      request: { scope: { topics: [{ clusterId: "c1", topic: "pool.a" }] } },
      topics: { "pool.a": WEEK },
    });
    expect(said(found, "room")).toEqual(["The disk of broker 2 of c1 is full in about 13 d 7 h at the rate these topics grow."]);
  });

  test("grow no further than the limit of size", () => {
    const topics = { "acme.a": { ...WEEK, own: { ...WEEK.own, "retention.bytes": String(8 * GB) } } };
    expect(said(planWeek(30 * DAY, { topics, cluster: { disks } }), "fine")).toContain(
      "It fits: the fullest disk then, broker 2 of c1, goes from 60 % to about 63 %.",
    );
  });

  test("of a topic at rest do not grow", () => {
    const topics = {
      "acme.a": {
        ...WEEK,
        history: [
          [3 * DAY, 7_000],
          [0, 7_000],
        ] as const,
      },
    };
    const found = planWeek(30 * DAY, { topics, cluster: { disks } });
    expect(found.consequences.some(({ sentence }) => sentence.includes("disk"))).toBe(false);
  });

  test("go by the rate of now where the past was not watched", () => {
    const topics = { "acme.a": { ...WEEK, history: [], bytesInPerSecond: 3 * 11_574 } };
    expect(detailOf(planWeek(14 * DAY, { topics, cluster: { disks } }), /It fits/)).toContain("in the last minute");
  });

  test("are not guessed where the growth is not known", () => {
    const found = planWeek(14 * DAY, { topics: { "acme.a": { ...WEEK, history: [] } }, cluster: { disks } });
    expect(said(found, "unseen")).toContain("How much more c1 then stores is not known: how fast these topics grow is not.");
  });

  test("are not guessed where brokers do not say how full they are", () => {
    expect(said(planWeek(14 * DAY), "unseen")).toContain(
      "Whether it fits is not known: the brokers of c1 do not say how full their disks are. They come to hold 21.0 GB more of each copy.",
    );
  });

  test("of MSK are told by CloudWatch where the brokers do not", () => {
    const facts = weekFacts({ cluster: { kind: "standard", msk: { volumeGib: 100 } } });
    const c1 = facts.clusters.get("c1");
    if (c1 === undefined) throw new Error("no cluster");
    const brokers = new Map([[2, { KafkaDataLogsDiskUsed: 60 }]]);
    const snapshot = { ...c1.snapshot, cloud: cloudFacts(facts.at, { brokers }) };
    const clusters = new Map([["c1", { ...c1, snapshot }]]);
    const found = planChange({ kind: "retention", scope: { tenantIds: ["acme"] }, retentionMs: 14 * DAY }, { ...facts, clusters });
    expect(said(found, "fine")).toContain("It fits: the fullest disk then, broker 2 of c1, goes from 60 % to about 80 %.");
  });

  test.each([
    ["express", "Express brokers have no disk to fill; AWS bills what is stored."],
    ["serverless", "A serverless cluster has no disk to fill; AWS bills what is stored."],
  ] as const)("there are none on %s", (kind, expected) => {
    const found = planWeek(14 * DAY, { cluster: { kind, disks } });
    expect(said(found, "room")).toEqual([`c1 comes to store 21.0 GB more if these topics go on to grow as in the last day. ${expected}`]);
  });
});
