import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EndPoint } from "@/lib/domain/snapshot";
import { END_POINTS_MAX, recordEnd } from "./end-history";

const at = (atMs: number, offset: number): EndPoint => ({ atMs, offset: BigInt(offset) });
const record = (...points: EndPoint[]): EndPoint[] => points.reduce<EndPoint[]>(recordEnd, []);
const told = (points: readonly EndPoint[]) => points.map(({ atMs, offset }) => [atMs, Number(offset)]);

describe("keeps", () => {
  test.each<[string, EndPoint[], number[][]]>([
    ["the first point", [at(1, 5)], [[1, 5]]],
    [
      "points of a growing log",
      [at(1, 5), at(2, 6), at(3, 9)],
      [
        [1, 5],
        [2, 6],
        [3, 9],
      ],
    ],
    [
      "of a resting log when it came to rest and when it was last seen so",
      [at(1, 5), at(2, 6), at(3, 6), at(4, 6), at(5, 6)],
      [
        [1, 5],
        [2, 6],
        [5, 6],
      ],
    ],
    [
      "the rest, when the log grows again",
      [at(1, 6), at(2, 6), at(3, 6), at(4, 7)],
      [
        [1, 6],
        [3, 6],
        [4, 7],
      ],
    ],
    ["nothing from before a topic was made anew", [at(1, 50), at(2, 60), at(3, 2)], [[3, 2]]],
    ["one point of a time", [at(2, 5), at(2, 6)], [[2, 5]]],
  ])("%s", (_, points, kept) => expect(told(record(...points))).toEqual(kept));

  test("nothing older than a month, but the point before", () => {
    const day = 86_400_000;
    expect(told(record(at(0, 1), at(5 * day, 2), at(34 * day, 3), at(36 * day, 4)))).toEqual([
      [5 * day, 2],
      [34 * day, 3],
      [36 * day, 4],
    ]);
  });
});

test("a week of readings every 15 s: few points, close together lately, and never further apart than a third of their age", () => {
  const step = 15_000;
  let points: EndPoint[] = [];
  const readings = 7 * 24 * 240;
  for (let i = 0; i <= readings; i += 1) points = recordEnd(points, at(i * step, i));
  const now = readings * step;
  expect(points.length).toBeLessThanOrEqual(END_POINTS_MAX);
  expect(points[0]?.atMs).toBe(0);
  const gaps = points.slice(1).map(({ atMs }, i) => ({ age: now - atMs, gap: atMs - (points[i]?.atMs ?? 0) }));
  for (const { age, gap } of gaps) expect(gap).toBeLessThanOrEqual(Math.max(step, (age + gap) / 3));
});

test("whatever comes: ordered, within bounds, ending with the newest reading", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 50 })), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(steps, (moves) => {
      let [atMs, offset] = [0, 0];
      let points: EndPoint[] = [];
      for (const [wait, grow] of moves) {
        atMs += wait;
        offset += grow;
        points = recordEnd(points, at(atMs, offset));
      }
      expect(points.length).toBeLessThanOrEqual(END_POINTS_MAX);
      expect(points.at(-1)).toEqual(at(atMs, offset));
      for (const [i, point] of points.entries()) {
        expect(point.atMs).toBeGreaterThan(points[i - 1]?.atMs ?? -1);
        expect(point.offset >= (points[i - 1]?.offset ?? 0n)).toBe(true);
      }
    }),
  );
});
