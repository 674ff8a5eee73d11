import { describe, expect, test } from "vitest";
import { cutOf, type PartitionLog } from "./cut";
import { goneOf } from "./gone";

const INF = Number.POSITIVE_INFINITY;
const CLOCK = { nowMs: 1000, endsAtMs: 1000 };

/** A log of 1,000 records and 4,000 bytes, one record a millisecond. */
const log = (changes: Partial<PartitionLog> = {}): PartitionLog => ({
  start: 0n,
  end: 1000n,
  bytes: 4000,
  points: [
    { atMs: 0, offset: 0n },
    { atMs: 400, offset: 400n },
    { atMs: 1000, offset: 1000n },
  ],
  ...changes,
});

describe("what is past its limits", () => {
  test.each([
    ["by time", log(), { ms: 800, bytes: INF }, { offset: 200n, atMost: 400n }],
    ["by size", log(), { ms: INF, bytes: 3000 }, { offset: 250n, atMost: 250n }],
    ["by both: the one that leaves less", log(), { ms: 600, bytes: 3000 }, { offset: 400n, atMost: 400n }],
    ["by nothing", log(), { ms: INF, bytes: INF }, { offset: 0n, atMost: 0n }],
    ["a log smaller than its limit", log(), { ms: INF, bytes: 4000 }, { offset: 0n, atMost: 0n }],
    ["a log much smaller than its limit", log(), { ms: INF, bytes: 7000 }, { offset: 0n, atMost: 0n }],
    [
      "all that is left of it came since it is watched",
      log({ start: 100n, points: [{ atMs: 500, offset: 100n }] }),
      { ms: 800, bytes: INF },
      { offset: 100n, atMost: 100n },
    ],
    ["not watched for that long", log({ points: [{ atMs: 500, offset: 500n }] }), { ms: 800, bytes: INF }, { offset: null, atMost: 500n }],
    [
      "all of it came since it is watched",
      log({ points: [{ atMs: 500, offset: 0n }] }),
      { ms: 800, bytes: INF },
      { offset: 0n, atMost: 0n },
    ],
    ["of a size that is not known", log({ bytes: null }), { ms: INF, bytes: 3000 }, { offset: null, atMost: 1000n }],
    ["under a time that is not known", log(), { ms: null, bytes: INF }, { offset: null, atMost: 1000n }],
    ["whose start is not known", log({ start: null }), { ms: 800, bytes: INF }, { offset: 200n, atMost: 400n }],
    ["whose end is not known", log({ end: null }), { ms: 800, bytes: INF }, null],
    [
      "by size, and for certain, where the time is not known",
      log({ points: [{ atMs: 500, offset: 200n }] }),
      { ms: 800, bytes: 3000 },
      { offset: 250n, atMost: 250n },
    ],
  ])("%s", (_, given, limits, expected) => expect(cutOf(given, limits, CLOCK)).toEqual(expected));
});

describe("what goes", () => {
  test.each([
    [
      "is the records' part of the bytes",
      log(),
      { offset: 250n, atMost: 500n },
      { records: 250, recordsAtMost: 500, bytes: 1000, bytesAtMost: 2000 },
    ],
    ["does not count what is gone already", log({ start: 200n }), { offset: 250n, atMost: 250n }, { records: 50, bytes: 250 }],
    ["is nothing before the start", log({ start: 300n }), { offset: 250n, atMost: 300n }, { records: 0, recordsAtMost: 0, bytes: 0 }],
    ["is nothing of an empty log", log({ start: 1000n }), { offset: 1000n, atMost: 1000n }, { records: 0, bytes: 0 }],
    [
      "is not known where ages are not",
      log(),
      { offset: null, atMost: 500n },
      { records: null, recordsAtMost: 500, bytes: null, bytesAtMost: 2000 },
    ],
    [
      "has no size where none is known",
      log({ bytes: null }),
      { offset: 250n, atMost: 250n },
      { records: 250, bytes: null, bytesAtMost: null },
    ],
    ["is not known without a start", log({ start: null }), { offset: 250n, atMost: 250n }, { records: null, recordsAtMost: null }],
    ["is not known without an end", log({ end: null }), null, { records: null, recordsAtMost: null }],
  ])("%s", (_, given, cut, expected) => expect(goneOf(given, cut)).toMatchObject(expected));
});
