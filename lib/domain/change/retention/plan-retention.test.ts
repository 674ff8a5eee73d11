import { describe, expect, test } from "vitest";
import type { Plan, RetentionRuler } from "@/lib/domain/change/plan";
import { planChange } from "@/lib/domain/change/plan-change";
import type { ChangeRequest } from "@/lib/domain/change/request";
import type { GroupSpec, PlanClusterSpec } from "@/lib/domain/change/testing/cluster-facts";
import { planFacts, tier } from "@/lib/domain/change/testing/plan-facts";
import { detailOf, refused, said } from "@/lib/domain/change/testing/said";
import type { TopicSpec } from "@/lib/domain/change/testing/topic-facts";
import type { Requirements } from "@/lib/domain/tenant";
import { poolTenant, tenant } from "@/lib/domain/testing/cluster-fixture";
import { cloudFacts } from "@/lib/domain/testing/msk-fixture";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GB = 1e9;

type Retention = Extract<ChangeRequest, { kind: "retention" }>;

/** A week of 1,000 records a day and partition, in 7 GB a partition, saved every half day. */
const WEEK: TopicSpec = {
  own: { "retention.ms": String(7 * DAY) },
  end: 7_000,
  bytes: 7 * GB,
  history: Array.from({ length: 15 }, (_, step) => [(14 - step) * (DAY / 2), step * 500] as const),
};

interface Given {
  topics?: Record<string, TopicSpec>;
  groups?: Record<string, GroupSpec>;
  cluster?: PlanClusterSpec;
  requirements?: Requirements;
  request?: Partial<Retention>;
  boundMs?: number;
}

function factsOf({ topics = { "acme.a": WEEK }, groups = {}, cluster = {}, requirements, boundMs = 30 * DAY }: Given) {
  const acme = { ...tenant("acme"), ...(requirements === undefined ? {} : { requirements }) };
  const gold = tier({ retentionMs: { default: 7 * DAY, max: boundMs } });
  return planFacts({
    tiers: [gold],
    tenants: [acme, poolTenant("p1"), poolTenant("p2")],
    clusters: { c1: { topics, groups, ...cluster } },
  });
}

function plan(retentionMs: number | "unlimited" | null, given: Given = {}): Plan {
  return planChange({ kind: "retention", scope: { tenantIds: ["acme"] }, retentionMs, ...given.request }, factsOf(given));
}

const behind = (records: number, more: GroupSpec = {}): GroupSpec => ({ behind: { "acme.a": records }, ...more });

describe("groups further behind than the new retention", () => {
  const groups = { archive: behind(3_300, { state: "Empty" }), eta: behind(10), live: behind(0) };

  test("lose what they have not read, by name and number", () => {
    const found = plan(3 * DAY, { groups });
    expect(said(found, "loss")).toEqual(["archive loses up to 900 records it has not read."]);
    expect(detailOf(found, /archive loses/)).toContain(
      "It is 3 d 7 h behind on acme.a and has no members. About 900 MB of what it has not read go.",
    );
    const [loss] = found.consequences;
    expect(loss).toMatchObject({
      class: "loss",
      clusterId: "c1",
      links: [{ href: "/clusters/c1/groups?group=archive" }],
      tenantId: "acme",
    });
  });

  test("with members are said to have some", () => {
    expect(detailOf(plan(3 * DAY, { groups: { archive: behind(3_300) } }), /archive loses/)).toContain("has members that read now");
  });

  test("what to keep instead loses nothing, and is the shortest of whole days", () => {
    const instead = plan(3 * DAY, { groups }).consequences[0]?.instead;
    expect(instead?.label.replaceAll("\u00a0", " ")).toBe("Keep 4 days instead: nothing unread is lost");
    expect(instead?.request).toMatchObject({ kind: "retention", retentionMs: 4 * DAY });
    expect(said(plan(4 * DAY, { groups }), "loss")).toEqual([]);
  });

  test("below a day whole hours are kept instead", () => {
    const facts = { groups: { archive: behind(210, { state: "Empty" }) } };
    // Ends were saved every twelve hours: it is not certain of six hours.
    expect(plan(2 * HOUR, facts).consequences[0]?.instead?.request).toMatchObject({ retentionMs: 12 * HOUR });
    const often = {
      ...WEEK,
      history: Array.from({ length: 169 }, (_, hour) => [(168 - hour) * HOUR, Math.floor((hour * 1_000) / 24)] as const),
    };
    expect(plan(2 * HOUR, { ...facts, topics: { "acme.a": often } }).consequences[0]?.instead?.request).toMatchObject({
      retentionMs: 6 * HOUR,
    });
  });

  test.each([
    ["as long as today's", { groups: { archive: behind(6_900) } }],
    [
      "further behind than was watched",
      { topics: { "acme.a": { ...WEEK, history: [[2 * DAY, 5_000]] as const } }, groups: { archive: behind(3_000) } },
    ],
  ])("nothing is offered instead that is %s", (_, given) => {
    const found = plan(3 * DAY, given);
    expect(said(found, "loss")).toHaveLength(1);
    expect(found.consequences[0]?.instead).toBeNull();
  });

  test("nothing is offered instead that the tier does not allow", () => {
    const found = plan(3 * DAY, { groups, boundMs: 4 * DAY - 1 });
    expect(found.consequences[0]).toMatchObject({ class: "loss", instead: null });
  });

  test("do not lose again what is gone already", () => {
    const topics = { "acme.a": { ...WEEK, start: 2_000 } };
    expect(said(plan(3 * DAY, { topics, groups: { lost: behind(6_000) } }), "loss")).toEqual([
      "lost loses up to 6,000 records it has not read.",
    ]);
  });

  test("further behind than was watched are at least so far behind", () => {
    const topics = { "acme.a": { ...WEEK, history: [[4 * DAY, 3_000]] as const } };
    expect(detailOf(plan(3 * DAY, { topics, groups: { archive: behind(5_000) } }), /archive loses/)).toContain(
      "It is at least 4 d 0 h behind on acme.a",
    );
  });

  test("those that lose nothing are told with the furthest, and until when", () => {
    expect(said(plan(3 * DAY, { groups }), "fine")).toContain("2 other groups lose nothing; the furthest, eta, is 14 m 22 s behind.");
    expect(said(plan(6 * DAY, { groups }), "fine")).toContain("3 groups lose nothing; the furthest, archive, is 3 d 7 h behind.");
    expect(detailOf(plan(6 * DAY, { groups }), /furthest, archive/)).toContain(
      "It has no members: unless somebody reads, its first unread records go in 2 d 16 h.",
    );
    expect(detailOf(plan(3 * DAY, { groups }), /furthest, eta/)).toContain(
      "If it stood still from now on, its first unread records would go in 2 d 23 h.",
    );
  });

  test("whose records may have come before the cut may lose them", () => {
    // Between two saved ends half a day apart, 100 records behind the second.
    const found = plan(3 * DAY - 6 * HOUR, { groups: { edge: behind(2_600) } });
    expect(said(found, "loss")).toEqual(["edge may lose up to 300 records it has not read."]);
    expect(detailOf(found, /edge may lose/)).toContain("depends on when they arrived");
  });

  test("of which the ends are not known may lose something, which is said", () => {
    const topics = { "acme.a": { ...WEEK, end: null } };
    const found = plan(3 * DAY, { topics, groups: { archive: { behind: { "acme.a": 0 } } } });
    expect(said(found, "unseen")).toContain("What archive loses is not known: the ends of partitions could not be read.");
    expect(said(found, "fine").some((sentence) => sentence.includes("lose"))).toBe(false);
  });

  test("in several topics are one, with all they lose", () => {
    const topics = { "acme.a": WEEK, "acme.b": WEEK };
    const archive = { behind: { "acme.a": 3_300, "acme.b": [3_100, 0, 0] } };
    const found = plan(3 * DAY, { topics, groups: { archive } });
    expect(said(found, "loss")).toEqual(["archive loses up to 1,000 records it has not read."]);
    expect(detailOf(found, /archive/)).toContain("behind on acme.a and acme.b");
  });

  test("that are many are told ten by ten, and the rest counted", () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`g${String(index).padStart(2, "0")}`, behind(3_300 - index)]),
    );
    const found = said(plan(3 * DAY, { groups: many }), "loss");
    expect(found).toHaveLength(11);
    expect(found.at(-1)).toMatch(/^2 more groups lose up to 1,7\d\d records they have not read: g10 and g11\.$/);
  });

  test("with hostile names change nothing around them", () => {
    const found = plan(3 * DAY, { groups: { "\u202eevil\n": behind(3_300) } });
    expect(said(found, "loss")).toEqual(["\u2068\ufffdevil\ufffd\u2069 loses up to 900 records it has not read."]);
    expect(found.consequences[0]?.links[0]?.href).toBe("/clusters/c1/groups?group=%E2%80%AEevil%0A");
  });

  test("without commits on a partition lose nothing there", () => {
    expect(said(plan(3 * DAY, { groups: { fresh: { behind: { "acme.a": [null, 0, 0] } } } }), "loss")).toEqual([]);
  });

  test("longer deletes nothing, whoever is behind", () => {
    const found = plan(20 * DAY, { groups });
    expect(said(found, "loss")).toEqual([]);
    expect(said(found, "fine")).toContain("Nothing of acme.a is deleted by this: what is there stays longer.");
  });
});

describe("readers that cannot be seen", () => {
  test("are said wherever something is deleted, and not else", () => {
    const outside = "without committing to Kafka is not seen: programs that keep their offsets themselves, and share groups.";
    expect(said(plan(3 * DAY, { groups: { eta: behind(0) } }), "unseen")).toContain(`Who else reads them ${outside}`);
    expect(said(plan(3 * DAY), "unseen")).toContain(`No group has committed to these topics. Who reads them ${outside}`);
    expect(said(plan(20 * DAY), "unseen").some((sentence) => sentence.includes(outside))).toBe(false);
  });

  test("groups that were not read lately are said to be so", () => {
    const facts = factsOf({ groups: { eta: behind(0) } });
    const late = { ...facts, at: new Date(Date.parse(facts.at) + 10 * 60_000).toISOString() };
    const found = planChange({ kind: "retention", scope: { tenantIds: ["acme"] }, retentionMs: 3 * DAY }, late);
    expect(said(found, "unseen")).toContain(
      "The groups of c1 were last read on 2026-11-23 10:00 UTC: what they have read since is not in these figures.",
    );
    expect(said(plan(3 * DAY), "unseen").join()).not.toContain("last read");
  });

  test("groups that were never read are said to be so", () => {
    const facts = factsOf({});
    const c1 = facts.clusters.get("c1");
    if (c1 === undefined) throw new Error("no cluster");
    const offsets = { at: null, intervalMs: 15_000, problems: [] };
    const snapshot = { ...c1.snapshot, parts: { ...c1.snapshot.parts, offsets } };
    const clusters = new Map([["c1", { ...c1, snapshot }]]);
    const found = planChange({ kind: "retention", scope: { tenantIds: ["acme"] }, retentionMs: 3 * DAY }, { ...facts, clusters });
    expect(said(found, "unseen")).toContain("The groups of c1 have not been read, so nobody's loss can be told.");
  });

  test("groups whose offsets could not be read are named", () => {
    const problem = { code: "forbidden", operation: "OffsetFetch", message: "Group authorization failed." } as const;
    const found = plan(3 * DAY, { groups: { secret: { problem } } });
    expect(said(found, "unseen")).toContain("The offsets of 1 group of c1 could not be read; they may read these topics: secret.");
    expect(detailOf(found, /offsets of 1 group/)).toContain("Group authorization failed.");
  });
});

describe("what is deleted", () => {
  test("records and bytes, with when and how exactly", () => {
    const found = plan(3 * DAY);
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
      plan(3 * DAY, { topics, cluster: { brokerConfigs: { "log.retention.check.interval.ms": "10000" } } }),
      /are deleted/,
    );
    expect(detail).toContain("Brokers look for it every 10 seconds, and");
    expect(detail).not.toContain("producers' timestamps");
  });

  test("by size, of each partition", () => {
    const found = plan(null, { request: { retentionBytes: 5 * GB, retentionMs: 7 * DAY } });
    expect(said(found, "permanent")).toEqual(["Up to 6.00 GB and 6,000 records of acme.a are deleted and cannot be brought back."]);
  });

  test("nothing where nothing is old enough", () => {
    const found = plan(3 * DAY, { topics: { "acme.a": { ...WEEK, start: 5_000 } } });
    expect(said(found, "permanent")).toEqual([]);
    expect(said(found, "fine")).toContain("Nothing of acme.a is past the new limit yet: no record is deleted now.");
    expect(found.confirm).toEqual({ reasonRequired: false, typeName: null });
  });

  test("is not guessed where the age of the records is not known", () => {
    const found = plan(3 * DAY, { topics: { "acme.a": { ...WEEK, history: [[DAY, 6_000]] } } });
    expect(said(found, "permanent")).toEqual([]);
    expect(said(found, "unseen")).toContain(
      "How old the records of acme.a are is not known, so up to 18.0 GB and 18,000 records may be deleted.",
    );
    expect(detailOf(found, /How old/)).toContain("The console has watched them since 2026-11-22 10:00 UTC");
    expect(found.confirm).toEqual({ reasonRequired: true, typeName: "acme" });
  });

  test("has no size where none is known", () => {
    const found = plan(3 * DAY, { topics: { "acme.a": { ...WEEK, bytes: null } } });
    expect(said(found, "permanent")).toEqual(["Up to 12,000 records of acme.a are deleted and cannot be brought back."]);
    expect(detailOf(found, /are deleted/)).toContain("the sizes of some logs could not be read");
    expect(found.operations.find(({ target }) => target.kind === "topic-config")?.deletesBytes).toMatchObject({ source: "unavailable" });
  });

  test("cannot be said where a start could not be read", () => {
    const found = plan(3 * DAY, { topics: { "acme.a": { ...WEEK, start: null } } });
    expect(said(found, "unseen")).toContain("How old the records of acme.a are is not known, so how much of them goes cannot be said.");
    expect(found.confirm.typeName).toBe("acme");
  });

  test("stands with the operation that does it", () => {
    const operation = plan(3 * DAY).operations.find(({ target }) => target.kind === "topic-config");
    expect(operation?.deletesBytes).toMatchObject({ source: "estimated", value: 12 * GB });
    expect(operation?.deletesBytes).toHaveProperty("error", expect.closeTo(0.268, 2));
    expect(plan(20 * DAY).operations.every(({ deletesBytes }) => deletesBytes === undefined)).toBe(true);
  });
});

describe("what has to be typed", () => {
  const small = { ...WEEK, bytes: 1000 };
  test.each<[string, number, Given, Plan["confirm"]]>([
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
  ])("%s", (_, retentionMs, given, expected) => expect(plan(retentionMs, given).confirm).toEqual(expected));

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

describe("disks", () => {
  const disk = (usedBytes: number, more = {}) => ({ totalBytes: 100 * GB, usedBytes, ...more });
  const disks = { 1: disk(50 * GB), 2: disk(60 * GB), 3: disk(50 * GB) };

  test("fall where something goes", () => {
    const found = plan(3 * DAY, { cluster: { disks } });
    expect(said(found, "fine")).toContain("The fullest disk of c1, broker 2, falls from 60 % to about 48 %.");
  });

  test("fall by an amount that is not told where not all of it is known", () => {
    const found = plan(3 * DAY, { topics: { "acme.a": WEEK, "acme.b": { ...WEEK, bytes: null } }, cluster: { disks } });
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
    expect(said(plan(14 * DAY, { topics, cluster: { disks } }), "unseen").join()).toContain("How much more c1 then stores is not known");
  });

  test("take what stays longer, with the formula", () => {
    const found = plan(14 * DAY, { cluster: { disks } });
    expect(said(found, "fine")).toContain("It fits: the fullest disk then, broker 2 of c1, goes from 60 % to about 81 %.");
    expect(detailOf(found, /It fits/)).toContain(
      "34.7 kB/s × 7 days, as these topics grew on it in the last day: 21.0 GB more are kept; 40.0 GB are free.",
    );
  });

  test("come near their end", () => {
    expect(said(plan(17 * DAY, { cluster: { disks } }), "room")).toEqual([
      "The fullest disk then, broker 2 of c1, goes from 60 % to about 90 %.",
    ]);
  });

  test("are full, and when", () => {
    const found = plan(30 * DAY, { cluster: { disks: { ...disks, 2: disk(60 * GB, { grownBytes: GB }) } } });
    expect(said(found, "room")).toEqual(["The disk of broker 2 of c1 is full in about 13 d 7 h at the rate these topics grow."]);
    expect(detailOf(found, /is full in/)).toContain("As it grows already it is full on 2027-01-02 10:00 UTC.");
  });

  test("are full some day where nothing limits it", () => {
    const found = plan("unlimited", {
      cluster: { disks },
      request: { scope: { topics: [{ clusterId: "c1", topic: "pool.a" }] } },
      topics: { "pool.a": WEEK },
    });
    expect(said(found, "room")).toEqual(["The disk of broker 2 of c1 is full in about 13 d 7 h at the rate these topics grow."]);
  });

  test("grow no further than the limit of size", () => {
    const topics = { "acme.a": { ...WEEK, own: { ...WEEK.own, "retention.bytes": String(8 * GB) } } };
    expect(said(plan(30 * DAY, { topics, cluster: { disks } }), "fine")).toContain(
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
    const found = plan(30 * DAY, { topics, cluster: { disks } });
    expect(found.consequences.some(({ sentence }) => sentence.includes("disk"))).toBe(false);
  });

  test("go by the rate of now where the past was not watched", () => {
    const topics = { "acme.a": { ...WEEK, history: [], bytesInPerSecond: 3 * 11_574 } };
    expect(detailOf(plan(14 * DAY, { topics, cluster: { disks } }), /It fits/)).toContain("in the last minute");
  });

  test("are not guessed where the growth is not known", () => {
    const found = plan(14 * DAY, { topics: { "acme.a": { ...WEEK, history: [] } }, cluster: { disks } });
    expect(said(found, "unseen")).toContain("How much more c1 then stores is not known: how fast these topics grow is not.");
  });

  test("are not guessed where brokers do not say how full they are", () => {
    expect(said(plan(14 * DAY), "unseen")).toContain(
      "Whether it fits is not known: the brokers of c1 do not say how full their disks are. They come to hold 21.0 GB more of each copy.",
    );
  });

  test("of MSK are told by CloudWatch where the brokers do not", () => {
    const facts = factsOf({ cluster: { kind: "standard", msk: { volumeGib: 100 } } });
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
    const found = plan(14 * DAY, { cluster: { kind, disks } });
    expect(said(found, "room")).toEqual([`c1 comes to store 21.0 GB more if these topics go on to grow as in the last day. ${expected}`]);
  });
});

describe("what retention means on a topic", () => {
  const own = (more: Record<string, string>) => ({
    topics: { "acme.a": { ...WEEK, own: { ...WEEK.own, ...more } } },
    groups: { archive: behind(3_300) },
  });

  test("that is compacted: nothing goes", () => {
    const found = plan(3 * DAY, own({ "cleanup.policy": "compact" }));
    expect(said(found, "note")).toContain(
      "Retention deletes nothing of acme.a: what is compacted keeps the last record of every key for as long as it is there.",
    );
    expect([said(found, "loss"), said(found, "permanent")]).toEqual([[], []]);
  });

  test("that is compacted and deleted: the last record of a key goes as well", () => {
    const found = plan(3 * DAY, own({ "cleanup.policy": "compact,delete" }));
    expect(said(found, "note").join()).toContain("On acme.a a key that is not written again is forgotten");
    expect(said(found, "loss")).toHaveLength(1);
  });

  test("whose segments are closed late: records stay longer", () => {
    const late = { topics: { "acme.a": { ...WEEK, bytes: 1e6 } } };
    const found = plan(6 * HOUR, late);
    expect(said(found, "note").join()).toContain(
      "On acme.a a record may stay for up to 7 d 6 h while more is written: it goes with its segment, and that is closed after 7 days (segment.ms) or 1.07 GB (segment.bytes).",
    );
    // A gigabyte a day fills a segment in a day: shorter than two days.
    expect(said(plan(2 * DAY), "note").join()).not.toContain("while more is written");
    expect(said(plan(12 * HOUR), "note").join()).toContain("up to 1 d 13 h while more is written");
  });

  test("with tiered storage", () => {
    const found = plan(4 * DAY, own({ "remote.storage.enable": "true" }));
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
    expect(refused(plan(retentionMs, { ...given, cluster }))).toEqual(expected);
  });
});

describe("what tenants need", () => {
  test("to be forgotten in time", () => {
    const requirements = { forgetWithinMs: 10 * DAY };
    expect(said(plan(14 * DAY, { requirements }), "breach")).toEqual([
      "acme has to be forgotten within 10 days; records then stay for 14 days.",
    ]);
    expect(said(plan(10 * DAY, { requirements }), "breach")).toEqual([]);
    expect(said(plan(5 * DAY, { requirements: { forgetWithinMs: 2 * DAY } }), "breach")).toEqual([
      "acme has to be forgotten within 2 days; records then stay for 5 days.",
    ]);
    const topics = { "acme.a": { ...WEEK, own: { ...WEEK.own, "cleanup.policy": "compact" } } };
    expect(said(plan(9 * DAY, { requirements, topics }), "breach")).toEqual([
      "acme has to be forgotten within 10 days; records then stay for ever.",
    ]);
  });

  test("to read again", () => {
    const requirements = { replay: true };
    const sentence = "acme needs to read again what was read: that goes back no further than the new limit.";
    expect(said(plan(3 * DAY, { requirements }), "note")).toContain(sentence);
    expect(said(plan(14 * DAY, { requirements }), "note")).not.toContain(sentence);
  });
});

describe("the ruler", () => {
  const ruler = (found: Plan) => found.picture as RetentionRuler;

  test("shows what stays, what goes, the marks of the tier and where groups read", () => {
    const groups = { archive: behind(3_300, { state: "Empty" }), eta: behind(0) };
    expect(ruler(plan(3 * DAY, { groups }))).toMatchObject({
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

  test("has no end where nothing limits it", () => expect(ruler(plan("unlimited")).afterMs).toBeNull());

  test("does not say what is not known", () => {
    const topics = { "acme.a": { ...WEEK, history: [[DAY, 6_000]] as const } };
    const found = ruler(plan(3 * DAY, { topics, groups: { archive: behind(3_300) } }));
    expect(found.goesBytes).toMatchObject({ source: "unavailable" });
    expect(found.staysBytes).toMatchObject({ source: "unavailable" });
    expect(found.groups[0]).toMatchObject({ losesRecords: null });
  });
});

test("what the broker has and did not tell is not known, and is said", () => {
  const facts = factsOf({});
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
