import { describe, expect, test } from "vitest";
import { planChange } from "@/lib/domain/change/plan-change";
import { detailOf, said } from "@/lib/domain/change/testing/said";
import { behind, DAY, HOUR, planWeek, WEEK, weekFacts } from "@/lib/domain/change/testing/week";

describe("groups further behind than the new retention", () => {
  const groups = { archive: behind(3_300, { state: "Empty" }), eta: behind(10), live: behind(0) };

  test("lose what they have not read, by name and number", () => {
    const found = planWeek(3 * DAY, { groups });
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
    expect(detailOf(planWeek(3 * DAY, { groups: { archive: behind(3_300) } }), /archive loses/)).toContain("has members that read now");
  });

  test("what to keep instead loses nothing, and is the shortest of whole days", () => {
    const instead = planWeek(3 * DAY, { groups }).consequences[0]?.instead;
    expect(instead?.label.replaceAll("\u00a0", " ")).toBe("Keep 4 days instead: nothing unread is lost");
    expect(instead?.request).toMatchObject({ kind: "retention", retentionMs: 4 * DAY });
    expect(said(planWeek(4 * DAY, { groups }), "loss")).toEqual([]);
  });

  test("below a day whole hours are kept instead", () => {
    const facts = { groups: { archive: behind(210, { state: "Empty" }) } };
    // Ends were saved every twelve hours: it is not certain of six hours.
    expect(planWeek(2 * HOUR, facts).consequences[0]?.instead?.request).toMatchObject({ retentionMs: 12 * HOUR });
    const often = {
      ...WEEK,
      history: Array.from({ length: 169 }, (_, hour) => [(168 - hour) * HOUR, Math.floor((hour * 1_000) / 24)] as const),
    };
    expect(planWeek(2 * HOUR, { ...facts, topics: { "acme.a": often } }).consequences[0]?.instead?.request).toMatchObject({
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
    const found = planWeek(3 * DAY, given);
    expect(said(found, "loss")).toHaveLength(1);
    expect(found.consequences[0]?.instead).toBeNull();
  });

  test("nothing is offered instead that the tier does not allow", () => {
    const found = planWeek(3 * DAY, { groups, boundMs: 4 * DAY - 1 });
    expect(found.consequences[0]).toMatchObject({ class: "loss", instead: null });
  });

  test("do not lose again what is gone already", () => {
    const topics = { "acme.a": { ...WEEK, start: 2_000 } };
    expect(said(planWeek(3 * DAY, { topics, groups: { lost: behind(6_000) } }), "loss")).toEqual([
      "lost loses up to 6,000 records it has not read.",
    ]);
  });

  test("further behind than was watched are at least so far behind", () => {
    const topics = { "acme.a": { ...WEEK, history: [[4 * DAY, 3_000]] as const } };
    expect(detailOf(planWeek(3 * DAY, { topics, groups: { archive: behind(5_000) } }), /archive loses/)).toContain(
      "It is at least 4 d 0 h behind on acme.a",
    );
  });

  test("those that lose nothing are told with the furthest, and until when", () => {
    expect(said(planWeek(3 * DAY, { groups }), "fine")).toContain("2 other groups lose nothing; the furthest, eta, is 14 m 22 s behind.");
    expect(said(planWeek(6 * DAY, { groups }), "fine")).toContain("3 groups lose nothing; the furthest, archive, is 3 d 7 h behind.");
    expect(detailOf(planWeek(6 * DAY, { groups }), /furthest, archive/)).toContain(
      "It has no members: unless somebody reads, its first unread records go in 2 d 16 h.",
    );
    expect(detailOf(planWeek(3 * DAY, { groups }), /furthest, eta/)).toContain(
      "If it stood still from now on, its first unread records would go in 2 d 23 h.",
    );
  });

  test("whose records may have come before the cut may lose them", () => {
    // Between two saved ends half a day apart, 100 records behind the second.
    const found = planWeek(3 * DAY - 6 * HOUR, { groups: { edge: behind(2_600) } });
    expect(said(found, "loss")).toEqual(["edge may lose up to 300 records it has not read."]);
    expect(detailOf(found, /edge may lose/)).toContain("depends on when they arrived");
  });

  test("of which the ends are not known may lose something, which is said", () => {
    const topics = { "acme.a": { ...WEEK, end: null } };
    const found = planWeek(3 * DAY, { topics, groups: { archive: { behind: { "acme.a": 0 } } } });
    expect(said(found, "unseen")).toContain("What archive loses is not known: the ends of partitions could not be read.");
    expect(said(found, "fine").some((sentence) => sentence.includes("lose"))).toBe(false);
  });

  test("in several topics are one, with all they lose", () => {
    const topics = { "acme.a": WEEK, "acme.b": WEEK };
    const archive = { behind: { "acme.a": 3_300, "acme.b": [3_100, 0, 0] } };
    const found = planWeek(3 * DAY, { topics, groups: { archive } });
    expect(said(found, "loss")).toEqual(["archive loses up to 1,000 records it has not read."]);
    expect(detailOf(found, /archive/)).toContain("behind on acme.a and acme.b");
  });

  test("that are many are told ten by ten, and the rest counted", () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`g${String(index).padStart(2, "0")}`, behind(3_300 - index)]),
    );
    const found = said(planWeek(3 * DAY, { groups: many }), "loss");
    expect(found).toHaveLength(11);
    expect(found.at(-1)).toMatch(/^2 more groups lose up to 1,7\d\d records they have not read: g10 and g11\.$/);
  });

  test("with hostile names change nothing around them", () => {
    const found = planWeek(3 * DAY, { groups: { "\u202eevil\n": behind(3_300) } });
    expect(said(found, "loss")).toEqual(["\u2068\ufffdevil\ufffd\u2069 loses up to 900 records it has not read."]);
    expect(found.consequences[0]?.links[0]?.href).toBe("/clusters/c1/groups?group=%E2%80%AEevil%0A");
  });

  test("without commits on a partition lose nothing there", () => {
    expect(said(planWeek(3 * DAY, { groups: { fresh: { behind: { "acme.a": [null, 0, 0] } } } }), "loss")).toEqual([]);
  });

  test("longer deletes nothing, whoever is behind", () => {
    const found = planWeek(20 * DAY, { groups });
    expect(said(found, "loss")).toEqual([]);
    expect(said(found, "fine")).toContain("Nothing of acme.a is deleted by this: what is there stays longer.");
  });
});

describe("readers that cannot be seen", () => {
  test("are said wherever something is deleted, and not else", () => {
    const outside = "without committing to Kafka is not seen: programs that keep their offsets themselves, and share groups.";
    expect(said(planWeek(3 * DAY, { groups: { eta: behind(0) } }), "unseen")).toContain(`Who else reads them ${outside}`);
    expect(said(planWeek(3 * DAY), "unseen")).toContain(`No group has committed to these topics. Who reads them ${outside}`);
    expect(said(planWeek(20 * DAY), "unseen").some((sentence) => sentence.includes(outside))).toBe(false);
  });

  test("groups that were not read lately are said to be so", () => {
    const facts = weekFacts({ groups: { eta: behind(0) } });
    const late = { ...facts, at: new Date(Date.parse(facts.at) + 10 * 60_000).toISOString() };
    const found = planChange({ kind: "retention", scope: { tenantIds: ["acme"] }, retentionMs: 3 * DAY }, late);
    expect(said(found, "unseen")).toContain(
      "The groups of c1 were last read on 2026-11-23 10:00 UTC: what they have read since is not in these figures.",
    );
    expect(said(planWeek(3 * DAY), "unseen").join()).not.toContain("last read");
  });

  test("groups that were never read are said to be so", () => {
    const facts = weekFacts({});
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
    const found = planWeek(3 * DAY, { groups: { secret: { problem } } });
    expect(said(found, "unseen")).toContain("The offsets of 1 group of c1 could not be read; they may read these topics: secret.");
    expect(detailOf(found, /offsets of 1 group/)).toContain("Group authorization failed.");
  });
});
