import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EndPoint } from "@/lib/domain/snapshot";
import { timeBehind } from "./time-behind";

const points = (...pairs: [atMs: number, offset: number][]): EndPoint[] =>
  pairs.map(([atMs, offset]) => ({ atMs, offset: BigInt(offset) }));

test.each<[string, EndPoint[], number, number, ReturnType<typeof timeBehind>]>([
  ["everything is read", points([0, 10]), 50, 50, { ms: 0, atLeast: false }],
  ["committed beyond the end", points([0, 10]), 51, 50, { ms: 0, atLeast: false }],
  ["between two saved ends", points([0, 100], [100, 200], [200, 300]), 250, 300, { ms: 850, atLeast: false }],
  ["exactly at a saved end", points([0, 100], [100, 200], [200, 300]), 200, 300, { ms: 899, atLeast: false }],
  [
    "at the end of a rest: what waits was written after it",
    points([0, 100], [100, 200], [600, 200], [700, 300]),
    200,
    300,
    { ms: 399, atLeast: false },
  ],
  ["after the newest saved end", points([0, 100], [200, 200]), 300, 400, { ms: 398, atLeast: false }],
  ["the only record of an interval: in its middle", points([0, 100], [100, 101], [200, 102]), 101, 102, { ms: 850, atLeast: false }],
  ["before anything that was kept", points([300, 100], [400, 200]), 50, 200, { ms: 700, atLeast: true }],
  ["at the oldest kept end", points([300, 100], [400, 200]), 100, 200, { ms: 699, atLeast: false }],
  ["nothing kept", [], 50, 200, null],
  ["nothing kept before now", points([1000, 200]), 50, 200, null],
])("%s", (_, kept, committed, end, expected) => expect(timeBehind(kept, BigInt(committed), BigInt(end), 1000)).toEqual(expected));

test("who has committed more is never further behind, and nobody is behind the oldest point", () => {
  const growth = fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 50 })), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(growth, fc.nat(400), fc.nat(400), (steps, one, other) => {
      let [atMs, offset] = [0, 100];
      const kept = points([atMs, offset]);
      for (const [wait, grow] of steps) {
        atMs += wait;
        offset += grow;
        kept.push({ atMs, offset: BigInt(offset) });
      }
      const end = BigInt(offset + 5);
      const asOfMs = atMs + 10;
      const [low, high] = [one, other]
        .toSorted((a, b) => a - b)
        .map((committed) => timeBehind(kept, BigInt(committed), end, asOfMs)?.ms ?? 0);
      expect(low).toBeGreaterThanOrEqual(high ?? 0);
      expect(low).toBeLessThanOrEqual(asOfMs);
    }),
  );
});
