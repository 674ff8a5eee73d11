import { describe, expect, test } from "vitest";
import type { GroupFact } from "@/lib/domain/facts";
import { drain } from "@/lib/domain/steps";
import { cluster } from "@/lib/domain/testing/cluster-fixture";
import { olderThanWatched } from "./older-than-watched";
import { inOrder, midAge, narrowed, startSearch } from "./record-search";

const NOW = Date.parse("2026-11-23T10:00:00.000Z");
const HOUR = 3_600_000;

const record = { topic: "t", partition: 0, offset: 500n, start: 0n, watched: { atMs: NOW - 15_000, offset: 1_000n } };

/** What Kafka names for a time where one record was written every hour, a thousand until now. */
function firstSince(timestampMs: number, start = 0n): bigint | null {
  const offset = BigInt(Math.max(0, Math.ceil(1_000 - (NOW - timestampMs) / HOUR)));
  if (offset >= 1_000n) return null;
  return offset < start ? start : offset;
}

function searched(of = record, steps = 7) {
  let search = startSearch(of, NOW);
  for (let step = 0; step < steps; step += 1) {
    const timestampMs = Math.round(NOW - midAge(search));
    search = narrowed(search, { timestampMs, offset: firstSince(timestampMs, of.start) }, NOW);
  }
  return search;
}

describe("the age of an unread record", () => {
  test("is found within some percent of itself in seven questions", () => {
    const trueAge = 500 * HOUR;
    const { olderMs, notOlderMs, points } = searched();
    expect(olderMs).toBeLessThanOrEqual(trueAge);
    expect(notOlderMs).toBeGreaterThanOrEqual(trueAge);
    expect(notOlderMs / olderMs).toBeLessThan(1.2);
    expect(points).toEqual(points.toSorted((a, b) => a.atMs - b.atMs));
    expect(points.at(0)?.offset).toBeLessThanOrEqual(500n);
    expect(points.at(-1)?.offset).toBeGreaterThan(500n);
  });

  test("has no lower end where the log's beginning is gone", () => {
    const { points } = searched({ ...record, offset: 500n, start: 500n });
    expect(points.length).toBeGreaterThan(0);
    expect(points.every(({ offset }) => offset > 500n)).toBe(true);
  });

  test("is not above a month where it is more", () => {
    const { points } = searched({ ...record, offset: 100n });
    expect(points.every(({ offset }) => offset > 100n)).toBe(true);
    expect(NOW - (points.at(0)?.atMs ?? NOW)).toBeGreaterThan(25 * 24 * HOUR);
  });
});

test("times of records that run backwards make no end that does", () => {
  const points = inOrder([
    { atMs: 30, offset: 4n },
    { atMs: 10, offset: 7n },
    { atMs: 20, offset: 5n },
  ]);
  expect(points.map(({ atMs, offset }) => [atMs, Number(offset)])).toEqual([
    [10, 4],
    [20, 4],
    [30, 4],
  ]);
});

describe("what is looked up", () => {
  const group = (id: string, offset: bigint): GroupFact => ({
    id,
    type: "classic",
    state: "Stable",
    protocolType: "consumer",
    coordinatorId: 1,
    committed: [{ topic: "t", partition: 0, offset }],
  });
  const base = cluster({ topics: ["t", "u"] });
  const seen = (groups: GroupFact[], more: Partial<typeof base> = {}) => ({
    ...base,
    endHistory: new Map([["t", [[{ atMs: NOW, offset: 900n }]]]]),
    groups: new Map(groups.map((one) => [one.id, one])),
    ...more,
  });
  const found = (...of: Parameters<typeof seen>) => drain(olderThanWatched(seen(...of), 10)).map(({ offset }) => offset);

  test("is the furthest behind of each partition", () => {
    expect(found([group("a", 700n), group("b", 300n), group("c", 950n)])).toEqual([300n]);
  });

  test.each<[string, bigint, Partial<typeof base>]>([
    ["was watched", 900n, {}],
    ["is gone", 99n, {}],
    ["lies where the start is not known", 300n, { starts: new Map() }],
    ["was looked up", 300n, { recordTimes: new Map([["t", new Map([[0, { of: 300n, points: [] }]])]]) }],
  ])("is not what %s", (_what, offset, more) => expect(found([group("a", offset)], more)).toEqual([]));

  test("is looked up again where somebody went back", () => {
    expect(found([group("a", 200n)], { recordTimes: new Map([["t", new Map([[0, { of: 300n, points: [] }]])]]) })).toEqual([200n]);
  });

  test("is no more than a bounded number at a time", () => {
    expect(drain(olderThanWatched(seen([group("a", 300n)]), 0))).toEqual([]);
  });
});
