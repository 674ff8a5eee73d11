import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isEmptyPartition, type PartitionPosition, partitionStanding, STUCK_MS } from "./partition";

const NOW = 100 * STUCK_MS;
/** An end that grows by one record a second since long ago, 10,000 now. */
const points = [
  { atMs: NOW - 10_000_000, offset: 0n },
  { atMs: NOW, offset: 10_000n },
];
const position = (more: Partial<PartitionPosition>): PartitionPosition => ({
  topic: "t",
  partition: 0,
  committed: 9_990n,
  start: 1_000n,
  end: 10_000n,
  points,
  recordPoints: [],
  movedAtMs: NOW,
  ...more,
});

describe("standing", () => {
  test.each<[string, Partial<PartitionPosition>, Partial<ReturnType<typeof partitionStanding>>]>([
    [
      "a little behind",
      {},
      {
        recordsBehind: 10,
        timeBehind: { ms: 9_999, atLeast: false },
        lostRecords: 0,
        headroomRecords: 8_990,
        stuckSinceMs: null,
        reason: null,
      },
    ],
    ["caught up", { committed: 10_000n, movedAtMs: 0 }, { recordsBehind: 0, timeBehind: { ms: 0, atLeast: false }, stuckSinceMs: null }],
    ["never negative", { committed: 10_005n }, { recordsBehind: 0, reason: expect.stringMatching(/beyond the partition's end/) }],
    [
      "further behind than was watched, by the timestamps of its records",
      {
        committed: 1_500n,
        points: [
          { atMs: NOW - 60_000, offset: 9_000n },
          { atMs: NOW, offset: 10_000n },
        ],
        recordPoints: [
          { atMs: NOW - 8_000_000, offset: 1_400n },
          { atMs: NOW - 7_000_000, offset: 1_599n },
        ],
      },
      { timeBehind: { ms: 7_495_000, atLeast: false, byRecords: true }, reason: expect.stringMatching(/timestamps of its records/) },
    ],
    [
      "further behind than was watched, and no record is as old",
      {
        committed: 1_500n,
        points: [
          { atMs: NOW - 60_000, offset: 9_000n },
          { atMs: NOW, offset: 10_000n },
        ],
      },
      { timeBehind: { ms: 60_000, atLeast: true } },
    ],
    ["unread records are gone", { committed: 400n }, { recordsBehind: 9_600, lostRecords: 600, headroomRecords: 0 }],
    ["at the log's start nothing is lost yet", { committed: 1_000n }, { lostRecords: 0, headroomRecords: 0 }],
    ["the log's start is not known", { start: null }, { headroomRecords: null, lostRecords: 0, recordsBehind: 10 }],
    [
      "the end is not known",
      { end: null },
      { recordsBehind: null, timeBehind: null, headroomRecords: 8_990, reason: expect.stringMatching(/end of the partition/) },
    ],
    ["nothing committed", { committed: null }, { recordsBehind: null, timeBehind: null, reason: "Nothing is committed here." }],
    [
      "nothing committed and nothing written",
      { committed: null, start: 0n, end: 0n },
      { recordsBehind: null, reason: "Nothing was ever written here." },
    ],
    [
      "not watched yet",
      { points: [] },
      { recordsBehind: 10, timeBehind: null, reason: expect.stringMatching(/once the console has watched/) },
    ],
    [
      "older than what was watched",
      { points: [{ atMs: NOW - 60_000, offset: 9_995n }] },
      { timeBehind: { ms: 60_000, atLeast: true }, reason: expect.stringMatching(/older than/) },
    ],
  ])("%s", (_, more, expected) => expect(partitionStanding(position(more), NOW)).toMatchObject(expected));

  test.each<[string, Partial<PartitionPosition>, number | null]>([
    ["five minutes behind and unmoved", { committed: 9_699n, movedAtMs: NOW - STUCK_MS }, NOW - STUCK_MS],
    ["not for long enough", { committed: 9_699n, movedAtMs: NOW - STUCK_MS + 1 }, null],
    ["unmoved for long, but what waits is young: the topic was quiet", { committed: 9_990n, movedAtMs: 0 }, null],
    ["far behind, but moving", { committed: 1_000n, movedAtMs: NOW - 15_000 }, null],
    ["not known since when it stands", { committed: 1_000n, movedAtMs: null }, null],
    ["unmoved longer than records wait: since the first of them", { committed: 9_000n, movedAtMs: 0 }, NOW - 999_900],
  ])("stuck: %s", (_, more, since) => expect(partitionStanding(position(more), NOW).stuckSinceMs).toBe(since));
});

test.each([
  [0n, 0n, true],
  [50n, 50n, true],
  [null, 0n, true],
  [null, 9n, false],
  [0n, 9n, false],
  [0n, null, false],
])("a partition from %s to %s is empty: %s", (start, end, empty) => expect(isEmptyPartition(position({ start, end }))).toBe(empty));

test("whatever the offsets, nothing is negative", () => {
  const offset = fc.option(fc.bigInt(0n, 2n ** 62n));
  fc.assert(
    fc.property(offset, offset, offset, (committed, start, end) => {
      const { recordsBehind, timeBehind, lostRecords, headroomRecords } = partitionStanding(position({ committed, start, end }), NOW);
      for (const value of [recordsBehind, timeBehind?.ms, lostRecords, headroomRecords]) expect(value ?? 0).toBeGreaterThanOrEqual(0);
    }),
  );
});
