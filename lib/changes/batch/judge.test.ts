import { describe, expect, it } from "vitest";
import type { Deadline } from "@/lib/changes/deadline";
import { quota, retention } from "@/lib/changes/testing/plans";
import { kafkaWay } from "@/lib/changes/ways/kafka-way";
import type { ChangeAdmin } from "@/lib/changes/ways/ports";
import type { Seen } from "@/lib/changes/ways/way";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { Problem } from "@/lib/domain/facts";
import { judge, type Round } from "./judge";
import { type Task, takeAnswer, taskOf } from "./task";

const round: Round = { way: kafkaWay("shared-1", {} as ChangeAdmin), waitedMs: 0, isLate: false };
const RUNNING: Deadline = { isOver: () => false, cancel: () => undefined };
const OVER: Deadline = { isOver: () => true, cancel: () => undefined };
const away: Problem = { code: "unreachable", operation: "X", message: "away" };
const denied: Problem = { code: "forbidden", operation: "X", message: "denied" };

function task(more: Partial<Task> = {}, planned: PlannedOperation = retention("acme.orders")): Task {
  return { ...taskOf({ ...planned, index: 0, state: "pending", message: null, at: null }), ...more };
}

const value = (text: string | null): Seen => ({ value: text });
const state = (verdict: ReturnType<typeof judge>): string => (typeof verdict === "string" ? verdict : verdict.state);

describe("what a look says of an operation", () => {
  const BEFORE = value("604800000");
  const AFTER = value("86400000");
  const OTHER = value("1");
  const cases: [string, Partial<Task>, Seen, Partial<Round>, string][] = [
    ["as planned", {}, BEFORE, {}, "write"],
    ["as planned, but it is to wait", { notBeforeMs: 500 }, BEFORE, { waitedMs: 400 }, "wait"],
    ["as planned, and it has waited", { notBeforeMs: 500 }, BEFORE, { waitedMs: 500 }, "write"],
    ["as planned, late, but never sent", {}, BEFORE, { isLate: true }, "write"],
    ["as planned, late, and sent in vain", { sent: 1, problem: away }, BEFORE, { isLate: true }, "failed"],
    ["as planned, after four silences", { sent: 4, silences: 4, problem: away }, BEFORE, {}, "failed"],
    ["as planned, under way before", { mayStand: true }, BEFORE, {}, "write"],
    ["there already", {}, AFTER, {}, "applied"],
    ["there already, under way before", { mayStand: true }, AFTER, {}, "applied"],
    ["there although it was refused", { mayStand: true, refused: true, problem: denied }, AFTER, {}, "applied"],
    [
      "refused and not there",
      { mayStand: true, refused: true, problem: denied, notBeforeMs: 3_000 },
      BEFORE,
      { waitedMs: 3_000 },
      "failed",
    ],
    [
      "refused and not shown yet",
      { mayStand: true, refused: true, problem: denied, notBeforeMs: 3_000 },
      BEFORE,
      { waitedMs: 2_900 },
      "wait",
    ],
    ["another value, once", {}, OTHER, {}, "wait"],
    ["another value, three times", { looksAgainst: 2 }, OTHER, {}, "conflict"],
    ["another value after silence, three times", { looksAgainst: 2, mayStand: true, sent: 1 }, OTHER, {}, "conflict"],
    ["dropped, and never there", { dropped: "x", mayStand: true, looksAgainst: 2 }, BEFORE, { waitedMs: 3_000 }, "not-attempted"],
    ["dropped, and perhaps on its way", { dropped: "x", mayStand: true, looksAgainst: 2 }, BEFORE, { waitedMs: 2_900 }, "wait"],
    ["dropped, once", { dropped: "x", mayStand: true }, BEFORE, { waitedMs: 3_000 }, "wait"],
    ["dropped, and it is there", { dropped: "x", mayStand: true }, AFTER, {}, "applied"],
    ["taken and not seen yet", { seenUntil: RUNNING }, BEFORE, {}, "wait"],
    ["taken and seen", { seenUntil: RUNNING }, AFTER, {}, "applied"],
    ["taken and not seen in time, once", { seenUntil: OVER }, BEFORE, {}, "wait"],
    ["taken and not seen in time, three times", { seenUntil: OVER, looksAgainst: 2 }, BEFORE, {}, "unverified"],
    ["taken, and another value three times", { seenUntil: RUNNING, looksAgainst: 2 }, OTHER, {}, "unverified"],
    ["away, not sent", {}, { problem: away }, {}, "wait"],
    ["away for too long, not sent", {}, { problem: away }, { isLate: true }, "failed"],
    ["away for too long, perhaps there", { mayStand: true }, { problem: away }, { isLate: true }, "unverified"],
    ["away, taken, time over, but tried again", { seenUntil: OVER }, { problem: away }, {}, "wait"],
    ["away, taken, all time over", { seenUntil: OVER }, { problem: away }, { isLate: true }, "unverified"],
    ["denied, once", {}, { problem: denied }, {}, "wait"],
    ["denied, three times", { looksAgainst: 2 }, { problem: denied }, {}, "failed"],
    ["denied, perhaps there", { looksAgainst: 2, mayStand: true }, { problem: denied }, {}, "unverified"],
    ["denied, taken", { seenUntil: RUNNING }, { problem: denied }, {}, "wait"],
  ];
  it.each(cases)("%s", (_, more, seen, conditions, expected) => {
    expect(state(judge(task(more), seen, { ...round, ...conditions }))).toBe(expected);
  });

  it("forgets one odd look when the next is as planned", () => {
    const one = task();
    expect([OTHER, BEFORE, OTHER].map((seen) => state(judge(one, seen, round)))).toEqual(["wait", "write", "wait"]);
  });

  it("says what stands there, and that nothing does", () => {
    const sentence = (planned: PlannedOperation, seen: string | null) => {
      const verdict = judge(task({ looksAgainst: 2 }, planned), value(seen), round);
      return typeof verdict === "string" ? verdict : verdict.message;
    };
    const tail = "somebody changed it meanwhile.";
    expect(sentence(retention("a.b", { before: null }), "1")).toBe(`It was not set when this was planned and is 1 now; ${tail}`);
    expect(sentence(quota("acme"), null)).toBe(`It was 1000000 when this was planned and is not set now; ${tail}`);
  });

  it("compares quotas as numbers and configurations as text", () => {
    const rate = quota("acme", "producer_byte_rate", { after: "1.5e6" });
    expect(state(judge(task({}, rate), value("1500000"), round))).toBe("applied");
    expect(state(judge(task({}, retention("a.b", { after: "0100" })), value("100"), round))).toBe("wait");
  });
});

describe("what an answer leaves to do", () => {
  const answered = (one: Task, problem: Problem, uncertain: boolean, waitedMs = 0) => {
    one.sent++;
    takeAnswer(one, { ok: false, problem, uncertain }, { seenUntil: RUNNING, waitedMs, lateMs: 3_000 });
    return one;
  };

  it.each([
    ["taken", { ok: true } as const, { seenUntil: RUNNING, problem: null, refused: false, mayStand: false }],
    ["refused for good", { ok: false, problem: denied, uncertain: false } as const, { outcome: { state: "failed", message: "denied" } }],
    ["not arrived", { ok: false, problem: away, uncertain: false } as const, { refused: false, mayStand: false, silences: 0 }],
    [
      "no answer",
      { ok: false, problem: away, uncertain: true } as const,
      { refused: false, mayStand: true, silences: 1, notBeforeMs: 2_000 },
    ],
    ["not ready", { ok: false, problem: { ...away, code: "unavailable" }, uncertain: true } as const, { mayStand: true, silences: 0 }],
  ])("%s", (_, answer, expected) => {
    const one = task({ sent: 1 });
    takeAnswer(one, answer, { seenUntil: RUNNING, waitedMs: 0, lateMs: 3_000 });
    expect(one).toMatchObject(expected);
  });

  it("is looked at for a while after a refusal of what may stand already", () => {
    const one = answered(task({ mayStand: true }), denied, false, 500);
    expect(one).toMatchObject({ refused: true, outcome: null, notBeforeMs: 3_500 });
  });

  it("waits longer after each silence, and longer each time nobody is reached", () => {
    const silent = task();
    const waits = [0, 0, 0, 0].map(() => answered(silent, away, true).notBeforeMs);
    expect(waits).toEqual([2_000, 8_000, 30_000, 30_000]);
    const unreached = task();
    const pauses = Array.from({ length: 8 }, () => answered(unreached, away, false, 100).notBeforeMs - 100);
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });
});
