import { type Deadline, deadline } from "@/lib/changes/deadline";
import type { Rank } from "@/lib/changes/turns";
import type { Seen, Way } from "@/lib/changes/ways/way";
import type { WriteAnswer } from "@/lib/domain/writes";
import type { Hands } from "./hands";
import { judge, type Verdict } from "./judge";
import { breaksUnit, type Sending, type Task, takeAnswer } from "./task";

/** What a batch has in common. */
export interface Batch {
  changeId: number;
  rank: Rank;
  hands: Hands;
  /** What fails for a moment is tried again until then. */
  retryUntil: Deadline;
  /** Keeps what these operations came to, before anything else happens. */
  report: (tasks: readonly Task[]) => Promise<void>;
  /** Told before something is sent. */
  onSend: (way: Way, tasks: readonly Task[]) => void;
}

/** `look`: only finds out what can be written. */
export type Mode = "look" | "write";

/** A pause that is longer lets others write meanwhile, for whom a value is read anew before it is written. */
const BRIEF_MS = 500;

/**
 * Carries the operations of one phase out on one cluster: looks what stands there, writes where it is what was planned for, and looks
 * again until each has come to something. Everything is read before it is written, in every round anew, so that it may be interrupted
 * anywhere, and what failed for a moment is simply the next round.
 */
export async function settle(batch: Batch, way: Way, tasks: readonly Task[], mode: Mode): Promise<void> {
  const { hands } = batch;
  const deadlines: Deadline[] = [];
  let open = tasks.filter(isOpen);
  let waitedMs = 0;
  let pauseMs = way.pauseMs.first;
  let release = await hands.turns.take(way.name, batch.rank);
  try {
    while (open.length > 0) {
      hands.tenure.checkpoint();
      const sent = await round(batch, way, { open, mode, waitedMs, deadlines });
      const settled = open.filter(({ outcome }) => outcome !== null);
      if (settled.length > 0) await batch.report(settled);
      open = open.filter((task) => isOpen(task) && !(mode === "look" && task.ready));
      if (open.length === 0) return;
      if (sent) pauseMs = way.pauseMs.first;
      const givesWay = !way.keepsTurn && (pauseMs > BRIEF_MS || open.some(({ problem }) => problem !== null));
      if (givesWay) release();
      await hands.tenure.sleep(pauseMs);
      if (givesWay) release = await hands.turns.take(way.name, batch.rank);
      waitedMs += pauseMs;
      pauseMs = Math.min(2 * pauseMs, way.pauseMs.most);
    }
  } finally {
    release();
    for (const each of deadlines) each.cancel();
  }
}

function isOpen({ outcome }: Task): boolean {
  return outcome === null;
}

interface RoundOptions {
  open: readonly Task[];
  mode: Mode;
  waitedMs: number;
  deadlines: Deadline[];
}

/** One look, and what follows from it. Answers whether something was taken. */
async function round(batch: Batch, way: Way, { open, mode, waitedMs, deadlines }: RoundOptions): Promise<boolean> {
  const seen = await way.read(open.map(({ operation }) => operation));
  batch.hands.tenure.checkpoint();
  const conditions = { way, waitedMs, isLate: batch.retryUntil.isOver() };
  // What belongs to a unit that broke on another cluster meanwhile is settled.
  const ripe = take(
    open.filter(isOpen).map((task) => ({ task, verdict: judge(task, seen.get(task.operation.index) ?? NOTHING_SEEN, conditions) })),
  );
  if (mode === "look") for (const task of ripe) task.ready = true;
  if (mode === "look" || ripe.length === 0) return false;
  const { clock, settings } = batch.hands;
  const seenUntil = deadline(clock, way.keepsTurn ? settings.seenInMskWithinMs : settings.seenWithinMs);
  deadlines.push(seenUntil);
  return send(batch, way, ripe, { seenUntil, waitedMs, lateMs: way.lateMs });
}

const NOTHING_SEEN: Seen = { problem: { code: "invalid", operation: "", message: "The value was not read." } };

/** Takes the verdicts in and answers what is to be written: nothing of a unit that broke, or of which something is in doubt. */
function take(judged: readonly { task: Task; verdict: Verdict }[]): Task[] {
  const held = new Set<string>();
  for (const { task, verdict } of judged) {
    if (typeof verdict === "object") task.outcome = verdict;
    const isDoubtful = task.outcome === null && task.looksAgainst > 0;
    if (isDoubtful || breaksUnit(task)) held.add(task.operation.unit);
  }
  return judged.flatMap(({ task, verdict }) => (verdict === "write" && !held.has(task.operation.unit) ? [task] : []));
}

async function send(batch: Batch, way: Way, ripe: readonly Task[], sending: Sending): Promise<boolean> {
  batch.onSend(way, ripe);
  for (const task of ripe) task.sent++;
  const answers = await way.write(ripe.map(({ operation }) => operation));
  let taken = false;
  for (const task of ripe) {
    const answer = answers.get(task.operation.index) ?? NO_ANSWER;
    takeAnswer(task, answer, sending);
    taken ||= answer.ok;
  }
  return taken;
}

const NO_ANSWER: WriteAnswer = {
  ok: false,
  problem: { code: "invalid", operation: "", message: "The answer says nothing of this one." },
  uncertain: true,
};
