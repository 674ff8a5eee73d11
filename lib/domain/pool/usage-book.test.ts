import { describe, expect, it } from "vitest";
import type { ReportedTopic } from "@/lib/domain/reported";
import { REPORTED_OLD_MS } from "./pool-rate";
import { beginUsageRound, enterUsage, openUsageBook, refusedSentence, USAGE_STEP_MS, type UsageBook, usageRate } from "./usage-book";
import type { Refusal, UsageRecord } from "./usage-record";

const NOON = Date.parse("2026-06-01T12:00:00.000Z");
const MINUTE = 60_000;
/** A minute and a half after noon: the five minutes before noon have settled. */
const NOW = NOON + 90_000;
const ALL = { sinceMs: Number.NEGATIVE_INFINITY, untilMs: NOW };
const SPANS: ReportedTopic = { topic: "usage", tenant: { payloadPath: "$.tenant" }, seconds: "$.s", produce: "$.p", consume: "$.c" };
const { seconds: _seconds, ...RATES } = SPANS;

function opened(mapping = SPANS): UsageBook {
  const book = openUsageBook(mapping, ["a", "b"]);
  beginUsageRound(book, NOW);
  return book;
}

/** Minutes are counted from noon. */
function enter(book: UsageBook, from: number, to: number, values: UsageRecord["values"], tenant = "a"): void {
  enterUsage(book, { usage: { tenant, fromMs: NOON + from * MINUTE, toMs: NOON + to * MINUTE, values } }, NOW);
}

function refuse(book: UsageBook, refusal: Refusal, tenant: string | null, from: number, to: number): void {
  enterUsage(book, { refusal, tenant, fromMs: NOON + from * MINUTE, toMs: NOON + to * MINUTE }, NOW);
}

const at = (minutes: number): string => new Date(NOON + minutes * MINUTE).toISOString();

describe("bytes of spans", () => {
  it("are added up over the newest whole five minutes, of every copy of the application", () => {
    const book = opened();
    for (const minute of [-6, -5, -4, -3, -2, -1, 0]) {
      enter(book, minute, minute + 1, { produce: 3_000 });
      enter(book, minute, minute + 1, { produce: 3_000 });
    }
    expect(usageRate(book, "a", "produce", ALL)).toEqual({ bytesPerSecond: 100, at: at(0) });
    expect(usageRate(book, "a", "consume", ALL)).toBeNull();
    expect(usageRate(book, "b", "produce", ALL)).toBeNull();
  });

  it.each<[what: string, from: number, to: number, atMinute: number]>([
    ["longer than five minutes", -55, 1, 0],
    ["that begin and end in the middle", -7.5, 0.5, 0],
    ["that ended a while ago", -20, -8, -10],
  ])("%s go to each step by what of it they cover", (_what, from, to, atMinute) => {
    const book = opened();
    enter(book, from, to, { produce: (to - from) * 60 * 50 });
    const rate = usageRate(book, "a", "produce", ALL);
    expect(rate?.bytesPerSecond).toBeCloseTo(50, 6);
    expect(rate?.at).toBe(at(atMinute));
  });

  it("of a step that the tenant's records have not passed yet are not whole, nor of one that ended a moment ago", () => {
    const book = opened();
    enter(book, -10, -5, { produce: 300 });
    enter(book, -5, -2, { produce: 300 });
    expect(usageRate(book, "a", "produce", ALL)?.at).toBe(at(-5));
    enter(book, -2, 0, { produce: 300 });
    expect(usageRate(book, "a", "produce", { ...ALL, untilMs: NOON + 59_000 })?.at).toBe(at(-5));
    expect(usageRate(book, "a", "produce", { ...ALL, untilMs: NOON + 60_000 })).toEqual({ bytesPerSecond: 2, at: at(0) });
  });

  it("of a time from which reading did not begin yet are not told", () => {
    const book = opened();
    enter(book, -5, 0, { produce: 300 });
    expect(usageRate(book, "a", "produce", { ...ALL, sinceMs: NOON - 5 * MINUTE + 1 })).toBeNull();
    expect(usageRate(book, "a", "produce", { ...ALL, sinceMs: NOON - 5 * MINUTE })).not.toBeNull();
  });

  it.each<[what: string, from: number, to: number]>([
    ["with its span", -4, -3],
    ["whose span is not known", -3, -3],
    ["that is longer", -9, -3],
  ])("are not whole beside a record of the tenant that was refused, %s", (_what, from, to) => {
    const before = opened();
    enter(before, -5, 0, { produce: 300 });
    refuse(before, "value", "a", from, to);
    expect(usageRate(before, "a", "produce", ALL)).toBeNull();
    const after = opened();
    refuse(after, "value", "a", from, to);
    enter(after, -5, 0, { produce: 300 });
    enter(after, -5, 0, { produce: 300 }, "b");
    expect(usageRate(after, "a", "produce", ALL)).toBeNull();
    expect(usageRate(after, "b", "produce", ALL)?.bytesPerSecond).toBe(1);
  });

  it("are kept for as long as they count, however many records come", () => {
    const book = opened();
    for (let minute = -600; minute < 0; minute += 1) enter(book, minute, minute + 1, { produce: 1 });
    const steps = book.entries.get("a")?.steps.size ?? 0;
    expect(steps).toBeLessThanOrEqual(REPORTED_OLD_MS / USAGE_STEP_MS + 2);
    beginUsageRound(book, NOW + 2 * REPORTED_OLD_MS);
    expect(book.entries.get("a")?.steps.size).toBe(0);
  });
});

describe("bytes per second", () => {
  it("are those of the newest record, whichever was read last", () => {
    const book = opened(RATES);
    enter(book, 1, 1, { produce: 7 });
    enter(book, 0, 0, { produce: 5, consume: 9 });
    expect(usageRate(book, "a", "produce", ALL)).toEqual({ bytesPerSecond: 7, at: at(1) });
    expect(usageRate(book, "a", "consume", ALL)).toEqual({ bytesPerSecond: 9, at: at(0) });
  });

  it("are not told while the newest was refused, nor once they are old", () => {
    const book = opened(RATES);
    enter(book, 0, 0, { produce: 5 });
    refuse(book, "value", "a", 1, 1);
    expect(usageRate(book, "a", "produce", ALL)).toBeNull();
    enter(book, 1, 1, { produce: 6 });
    expect(usageRate(book, "a", "produce", ALL)?.bytesPerSecond).toBe(6);
    beginUsageRound(book, NOON + MINUTE + REPORTED_OLD_MS + 1);
    expect(usageRate(book, "a", "produce", ALL)).toBeNull();
  });
});

describe("what is refused", () => {
  it("is counted by its kind, names of nobody too, and nobody is kept for a name", () => {
    const book = opened();
    expect(refusedSentence(book)).toBeNull();
    enter(book, -1, 0, { produce: 1 });
    for (let turn = 0; turn < 3; turn += 1) enter(book, -1, 0, { produce: 1 }, `nobody ${turn}`);
    refuse(book, "json", null, 0, 0);
    expect(refusedSentence(book)).toBe(
      "Of the last 5 records of usage 4 cannot be used: 3 name nobody who is declared to report there, 1 are no JSON objects.",
    );
    expect(book.entries.size).toBe(2);
  });

  it("is forgotten with its time", () => {
    const book = opened();
    refuse(book, "json", null, 0, 0);
    beginUsageRound(book, NOW + REPORTED_OLD_MS);
    expect(refusedSentence(book)).toBeNull();
  });
});
