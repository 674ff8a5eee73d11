import { isTemporary, sentenceOf } from "@/lib/changes/ways/problems";
import type { Seen, Way } from "@/lib/changes/ways/way";
import type { Problem } from "@/lib/domain/facts";
import { type Outcome, SILENCES_MAX, type Task } from "./task";
import { valueWords } from "./words";

/** What is to be done with an operation after a look at what stands there. */
export type Verdict = "write" | "wait" | Outcome;

/** Under which conditions it is judged. */
export interface Round {
  way: Pick<Way, "looks" | "lateMs" | "stands">;
  /** How long was waited since its phase began. */
  waitedMs: number;
  /** What fails for a moment is tried again no more. */
  isLate: boolean;
}

/**
 * A broker may show the old value for a moment after another broker has taken a new one, so one look alone never stops an operation, nor
 * do two in the same moment.
 */
const LOOKS_AGAINST = 3;

/** Decides after each look. Counts the looks in the task. */
export function judge(task: Task, seen: Seen, round: Round): Verdict {
  if ("problem" in seen) return unseen(task, seen.problem, round);
  const { way } = round;
  const { operation } = task;
  const isBefore = way.stands(operation, "before", seen.value);
  // Where MSK shows the same for both, only having written it tells them apart.
  const isAfter = way.stands(operation, "after", seen.value) && !(isBefore && task.seenUntil === null);
  task.looksFor = isAfter ? task.looksFor + 1 : 0;
  if (isAfter) return task.looksFor >= way.looks ? { state: "applied", message: null } : "wait";
  if (task.refused) return round.waitedMs < task.notBeforeMs ? "wait" : failure(task);
  if (task.seenUntil !== null) return written(task, seen.value, isBefore);
  if (!isBefore) return against(task, { state: "conflict", message: conflictSentence(task, seen.value) });
  if (task.dropped !== null && task.sent === 0) return unsent(task, task.dropped, round);
  task.looksAgainst = 0;
  return unwritten(task, round);
}

function unseen(task: Task, problem: Problem, { isLate }: Round): Verdict {
  task.looksFor = 0;
  if (task.seenUntil !== null) {
    if (!task.seenUntil.isOver() || (isTemporary(problem) && !isLate)) return "wait";
    return { state: "unverified", message: `It was written, but could not be read back in time: ${sentenceOf(problem)}` };
  }
  if (isTemporary(problem) && !isLate) {
    task.problem ??= problem;
    return "wait";
  }
  const maybe = `Whether it was written is not known, as it could not be read back: ${sentenceOf(problem)}`;
  const end: Outcome = task.mayStand
    ? { state: "unverified", message: maybe }
    : { state: "failed", message: sentenceOf(task.problem ?? problem) };
  return isLate ? end : against(task, end);
}

/** It was taken and is not seen yet. */
function written(task: Task, value: string | null, isBefore: boolean): Verdict {
  const now = valueWords(value);
  if (task.seenUntil?.isOver()) {
    return against(task, { state: "unverified", message: `It was written, but the new value was not seen in time: it is ${now}.` });
  }
  if (isBefore) {
    task.looksAgainst = 0;
    return "wait";
  }
  return against(task, { state: "unverified", message: `It was written and is ${now} now; somebody changed it meanwhile.` });
}

/** It is not to be sent any more, and stands as it was; but what a process sent that is gone may not be shown yet. */
function unsent(task: Task, why: string, { waitedMs, way }: Round): Verdict {
  return waitedMs < way.lateMs ? "wait" : against(task, { state: "not-attempted", message: why });
}

/** What stands there is what was planned for. */
function unwritten(task: Task, { isLate, waitedMs }: Round): Verdict {
  const isWaiting = waitedMs < task.notBeforeMs;
  if (isLate && task.sent > 0) return failure(task);
  if (task.silences >= SILENCES_MAX && !isWaiting) return failure(task);
  return isWaiting ? "wait" : "write";
}

function failure({ problem }: Task): Outcome {
  return { state: "failed", message: problem === null ? null : sentenceOf(problem) };
}

function against(task: Task, end: Outcome): Verdict {
  task.looksAgainst++;
  return task.looksAgainst >= LOOKS_AGAINST ? end : "wait";
}

function conflictSentence({ operation }: Task, value: string | null): string {
  const [was, is] = [valueWords(operation.before), valueWords(value)];
  return `It was ${was} when this was planned and is ${is} now; somebody changed it meanwhile.`;
}
