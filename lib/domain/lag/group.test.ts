import { describe, expect, test } from "vitest";
import type { GroupFact } from "@/lib/domain/facts";
import type { GroupSummary } from "@/lib/domain/views/lag";
import { type GroupContext, groupSummary } from "./group";
import type { Offsets } from "./group-positions";

const AT = "2026-11-23T10:00:00.000Z";
const NOW = Date.parse(AT);
const HOUR = 3_600_000;
/** Two partitions, each growing by a record a second for an hour, to 3,600. */
const history = [
  { atMs: NOW - HOUR, offset: 0n },
  { atMs: NOW, offset: 3_600n },
];

function offsets(more: Partial<Offsets> = {}): Offsets {
  return {
    ends: new Map([["t", [3_600n, 3_600n]]]),
    starts: new Map([["t", [600n, 600n]]]),
    endHistory: new Map([["t", [history, history]]]),
    progress: new Map([
      [
        "g",
        new Map([
          ["t/0", { offset: 0n, movedAtMs: NOW }],
          ["t/1", { offset: 0n, movedAtMs: NOW }],
        ]),
      ],
    ]),
    metadata: null,
    ...more,
  };
}

const commits = (...each: (number | null)[]): GroupFact["committed"] =>
  each.flatMap((offset, partition) => (offset === null ? [] : [{ topic: "t", partition, offset: BigInt(offset) }]));

function summary(fact: Partial<GroupFact>, context: Partial<GroupContext> = {}): GroupSummary {
  return groupSummary(
    { id: "g", type: "classic", state: "Stable", protocolType: "consumer", coordinatorId: 1, committed: commits(3_590, 3_570), ...fact },
    {
      clusterId: "c1",
      offsets: offsets(),
      owner: { kind: "tenant", tenantId: "acme", by: "prefix" },
      objectiveMs: 5 * 60_000,
      retentionMsOf: () => HOUR,
      emptySince: null,
      offsetsRetentionMs: 7 * 24 * HOUR,
      before: undefined,
      at: AT,
      ...context,
    },
  );
}

const stuck = { offsets: offsets({ progress: new Map([["g", new Map([["t/0", { offset: 0n, movedAtMs: NOW - 6 * 60_000 }]])]]) }) };

test("partitions add up: records are summed, times behind are the worst", () => {
  expect(summary({})).toMatchObject({
    hasMembers: true,
    topics: ["t"],
    state: "ok",
    reason: null,
    recordsBehind: { source: "measured", value: 40, at: AT },
    timeBehindMs: { source: "measured", value: 29_992, at: AT },
    retentionShare: 29_992 / HOUR,
    lostRecords: 0,
    stuckSince: null,
    commitsExpireAt: null,
  });
});

describe("state", () => {
  test.each<[string, Partial<GroupFact>, Partial<GroupContext>, GroupSummary["state"]]>([
    ["within the objective", { committed: commits(3_590, 3_300) }, {}, "ok"],
    ["past the objective", { committed: commits(3_590, 3_299) }, {}, "behind"],
    ["far behind where nothing is promised", { committed: commits(700, 700) }, { objectiveMs: null }, "ok"],
    ["stuck in one partition", { committed: commits(3_000, 3_590) }, stuck, "stuck"],
    ["unread records are gone", { committed: commits(500, 3_590) }, stuck, "losing"],
    ["without members, whatever its lag", { state: "Empty", committed: commits(500, 500) }, stuck, "no-members"],
    ["nothing committed", { committed: [] }, {}, "no-commits"],
    ["a share group", { type: "share", committed: [] }, {}, "not-applicable"],
    ["a streams group commits like any other", { type: "streams" }, {}, "ok"],
    ["its offsets could not be read", { problem: { code: "forbidden", operation: "OffsetFetch", message: "Not allowed." } }, {}, "unknown"],
    ["the ends could not be read", {}, { offsets: offsets({ ends: new Map() }) }, "unknown"],
    [
      "waiting for longer than was watched",
      {},
      { offsets: offsets({ endHistory: new Map([["t", [[{ atMs: NOW - 9_000, offset: 3_595n }], history]]]) }) },
      "unknown",
    ],
    [
      "watched for longer than its objective",
      {},
      { offsets: offsets({ endHistory: new Map([["t", [[{ atMs: NOW - HOUR, offset: 3_595n }], history]]]) }) },
      "behind",
    ],
  ])("%s", (_, fact, context, state) => expect(summary(fact, context).state).toBe(state));

  test.each([
    ["Stable", true],
    ["PreparingRebalance", true],
    ["Reconciling", true],
    ["Empty", false],
    ["Dead", false],
    ["Unknown", null],
  ] as const)("%s has members: %s", (state, has) => expect(summary({ state }).hasMembers).toBe(has));
});

describe("gaps", () => {
  test("a partition with records and without a commit makes the sum at least", () => {
    const { recordsBehind, reason, state } = summary({ committed: commits(3_590, null) });
    expect(recordsBehind).toEqual({ source: "measured", value: 10, at: AT, atLeast: true });
    expect(reason).toBe("Nothing is committed here.");
    expect(state).toBe("ok");
  });

  test("an empty partition without a commit is no gap", () => {
    const empty = offsets({ ends: new Map([["t", [3_600n, 0n]]]), starts: new Map([["t", [600n, 0n]]]) });
    expect(summary({ committed: commits(3_590, null) }, { offsets: empty }).recordsBehind).toEqual({
      source: "measured",
      value: 10,
      at: AT,
    });
  });

  test("what is not known has a reason, never a zero", () => {
    const problem = {
      code: "forbidden" as const,
      operation: "OffsetFetch",
      message: "Not allowed.",
      remedy: "Allow DESCRIBE on the group.",
    };
    expect(summary({ problem }).recordsBehind).toEqual({
      source: "unavailable",
      reason: "Not allowed.",
      remedy: "Allow DESCRIBE on the group.",
      at: AT,
    });
    expect(summary({ committed: [] }).timeBehindMs).toMatchObject({ source: "unavailable", reason: "It has committed nothing yet." });
    expect(summary({ type: "share" }).reason).toMatch(/commits no offsets/);
  });
});

describe("retention", () => {
  test.each<[string, GroupContext["retentionMsOf"], number | null]>([
    ["known", () => 29_992, 1],
    ["not known", () => null, null],
    ["without end", () => Number.POSITIVE_INFINITY, 0],
  ])("share of it, when it is %s", (_, retentionMsOf, share) => expect(summary({}, { retentionMsOf }).retentionShare).toBe(share));

  test("lost records are counted over all partitions", () => expect(summary({ committed: commits(500, 590) }).lostRecords).toBe(110));
});

describe("a group without members", () => {
  const empty = { state: "Empty" as const };
  test.each<[string, Partial<GroupFact>, Partial<GroupContext>, string | null]>([
    [
      "its commits expire counted from when the last member left",
      empty,
      { emptySince: { atMs: NOW - HOUR, exact: true } },
      "2026-11-30T09:00:00.000Z",
    ],
    ["not known since when", empty, {}, null],
    ["not known how long commits are kept", empty, { emptySince: { atMs: NOW, exact: true }, offsetsRetentionMs: null }, null],
    ["has members", {}, { emptySince: { atMs: NOW, exact: true } }, null],
    ["nothing committed, nothing to expire", { ...empty, committed: [] }, { emptySince: { atMs: NOW, exact: true } }, null],
  ])("%s", (_, fact, context, at) => expect(summary(fact, context).commitsExpireAt).toBe(at));

  test("says so when it may be earlier", () => {
    expect(summary(empty, { emptySince: { atMs: NOW, exact: false } }).reason).toMatch(/may expire earlier/);
    expect(summary(empty, { emptySince: { atMs: NOW, exact: true } }).reason).toBeNull();
  });

  test("a group that only commits has none that Kafka knows", () => {
    expect(summary({ ...empty, protocolType: "" }).reason).toMatch(/only commits offsets/);
  });
});
