import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EndPoint } from "@/lib/domain/snapshot";
import { endAt } from "./end-at";
import { timeBehind } from "./time-behind";

const points = (...pairs: [atMs: number, offset: number][]): EndPoint[] =>
  pairs.map(([atMs, offset]) => ({ atMs, offset: BigInt(offset) }));

test.each<[string, EndPoint[], number, number, number | null, number]>([
  ["between two saved ends", points([0, 100], [100, 200]), 300, 50, 150, 200],
  ["exactly at a saved end", points([0, 100], [100, 200]), 300, 100, 200, 200],
  ["after the newest saved end", points([0, 100], [500, 200]), 300, 750, 250, 300],
  ["while nothing was written", points([0, 100], [500, 100], [900, 300]), 300, 250, 100, 100],
  ["now", points([0, 100]), 300, 1000, 300, 300],
  ["later than the ends were read", points([0, 100]), 300, 5000, 300, 300],
  ["infinitely long ago", points([0, 100]), 300, Number.NEGATIVE_INFINITY, 0, 0],
  ["before anything was saved", points([500, 100]), 300, 400, null, 100],
  ["nothing saved", [], 300, 400, null, 300],
  ["only saved after the ends were read", points([2000, 400]), 300, 400, null, 300],
  ["an end that is behind what was saved", points([0, 100], [100, 400]), 300, 90, 300, 300],
])("%s", (_, kept, end, atMs, offset, atMost) => {
  expect(endAt(kept, BigInt(end), 1000, atMs)).toEqual({ offset: offset === null ? null : BigInt(offset), atMost: BigInt(atMost) });
});

const growth = fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 50 })), { minLength: 1, maxLength: 30 });

/** Saved ends from 0 ms on, and the end some time later. */
function grown(steps: readonly [number, number][]) {
  let [atMs, offset] = [0, 100];
  const kept = points([atMs, offset]);
  for (const [wait, grow] of steps) {
    atMs += wait;
    offset += grow;
    kept.push({ atMs, offset: BigInt(offset) });
  }
  return { kept, end: BigInt(offset + 5), asOfMs: atMs + 10 };
}

test("the end never moves back, and is never after the most it can have been", () => {
  fc.assert(
    fc.property(growth, fc.nat(30_000), fc.nat(30_000), (steps, one, other) => {
      const { kept, end, asOfMs } = grown(steps);
      const [early, late] = [one, other].toSorted((a, b) => a - b).map((atMs) => endAt(kept, end, asOfMs, atMs));
      expect((early?.offset ?? 0n) <= (late?.offset ?? 0n)).toBe(true);
      for (const found of [early, late]) expect((found?.offset ?? 0n) <= (found?.atMost ?? 0n)).toBe(true);
    }),
  );
});

test("who stands at the end of a time is not further behind than that time", () => {
  fc.assert(
    fc.property(growth, fc.nat(30_000), (steps, atMs) => {
      const { kept, end, asOfMs } = grown(steps);
      fc.pre(atMs < asOfMs);
      const { offset } = endAt(kept, end, asOfMs, atMs);
      if (offset !== null) expect(timeBehind(kept, offset, end, asOfMs)?.ms).toBeLessThanOrEqual(asOfMs - atMs + 1);
    }),
  );
});
