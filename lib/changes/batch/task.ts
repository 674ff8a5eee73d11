import type { Deadline } from "@/lib/changes/deadline";
import { isSilence, isTemporary, sentenceOf } from "@/lib/changes/ways/problems";
import type { OperationState } from "@/lib/domain/change/operation";
import type { Problem } from "@/lib/domain/facts";
import type { WriteAnswer } from "@/lib/domain/writes";
import type { StoredOperation } from "@/lib/store";

/** What an operation has come to, with the sentence that says why. */
export interface Outcome {
  state: OperationState;
  message: string | null;
}

/** One operation while it is carried out. */
export interface Task {
  readonly operation: StoredOperation;
  /** Its effect may be there although nobody said so: it was under way before, or no answer came. */
  mayStand: boolean;
  /** How often it was sent, and how often nothing came back. */
  sent: number;
  silences: number;
  /** It was taken, and has to be seen until then. */
  seenUntil: Deadline | null;
  /** What stood against it last. */
  problem: Problem | null;
  /** It was refused for good, but may stand from an earlier time: it is looked at until `notBeforeMs`. */
  refused: boolean;
  /** Looks in a row that showed the new value, and that spoke against going on. */
  looksFor: number;
  looksAgainst: number;
  /** It is not sent again before so much time was waited. */
  notBeforeMs: number;
  /** Nothing stands against writing it. */
  ready: boolean;
  /** Why it is not sent any more unless it was; it is still found out whether it stands. */
  dropped: string | null;
  outcome: Outcome | null;
}

export function taskOf(operation: StoredOperation): Task {
  return {
    operation,
    mayStand: operation.state === "started",
    sent: 0,
    silences: 0,
    seenUntil: null,
    problem: null,
    refused: false,
    looksFor: 0,
    looksAgainst: 0,
    notBeforeMs: 0,
    ready: false,
    dropped: null,
    outcome: null,
  };
}

/** Whether it ends its unit: what is left of that is not attempted. */
export function breaksUnit({ outcome }: Task): boolean {
  return outcome?.state === "failed" || outcome?.state === "conflict";
}

/** Does not send it any more. What was never sent is settled by that; what may stand has to be looked at. */
export function drop(task: Task, why: string): void {
  if (task.outcome !== null || task.sent > 0) return;
  task.dropped = why;
  if (!task.mayStand) task.outcome = { state: "not-attempted", message: why };
}

/** Nothing was heard for so long: the request did not arrive, or does not any more. The last wait is before giving up. */
const SILENCE_MS = [2_000, 8_000, 30_000, 30_000];
/** Sent once, and again after each silence but the last. */
export const SILENCES_MAX = SILENCE_MS.length;

const BACK_OFF_MS = [250, 500, 1_000, 2_000, 4_000, 8_000];

/** When something was sent. */
export interface Sending {
  /** Until when it has to be seen once it is taken. */
  seenUntil: Deadline;
  /** How long its phase has waited so far. */
  waitedMs: number;
  /** How long what stands may not be shown yet. */
  lateMs: number;
}

/** Takes in what came of sending it. */
export function takeAnswer(task: Task, answer: WriteAnswer, { seenUntil, waitedMs, lateMs }: Sending): void {
  if (answer.ok) {
    task.seenUntil = seenUntil;
    task.problem = null;
    return;
  }
  const { problem, uncertain } = answer;
  task.problem = problem;
  task.mayStand ||= uncertain;
  if (uncertain && isSilence(problem)) {
    task.notBeforeMs = waitedMs + (SILENCE_MS[task.silences] ?? 0);
    task.silences++;
  } else if (uncertain || isTemporary(problem)) {
    task.notBeforeMs = waitedMs + (BACK_OFF_MS[Math.min(task.sent, BACK_OFF_MS.length) - 1] ?? 0);
  } else if (task.mayStand) {
    task.refused = true;
    task.notBeforeMs = waitedMs + lateMs;
  } else {
    task.outcome = { state: "failed", message: sentenceOf(problem) };
  }
}
