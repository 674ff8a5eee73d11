import type { GroupFact } from "@/lib/domain/facts";
import type { CommitProgress } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";

type Progress = Map<string, Map<string, CommitProgress>>;

/** Partitions taken in one step. */
const STEP = 2_000;

/**
 * Where each group's commits stand, and since when. A commit seen for the first time counts as moved now: earlier is not known.
 * A group whose commits could not be read keeps what was known of it, and groups that are gone are forgotten.
 */
export function* trackProgressSteps(before: Progress, groups: Iterable<GroupFact>, nowMs: number): Steps<Progress> {
  const progress: Progress = new Map();
  let taken = 0;
  for (const group of groups) {
    const known = before.get(group.id);
    if (group.problem !== undefined) {
      if (known !== undefined) progress.set(group.id, known);
      continue;
    }
    if (group.committed.length === 0) continue;
    progress.set(group.id, progressOf(group, known, nowMs));
    taken += group.committed.length;
    if (taken < STEP) continue;
    taken = 0;
    yield;
  }
  return progress;
}

/** The known map itself where no commit moved: most groups of a large cluster are still. */
function progressOf(group: GroupFact, known: Map<string, CommitProgress> | undefined, nowMs: number): Map<string, CommitProgress> {
  let moved = known === undefined || known.size !== group.committed.length;
  const entries = group.committed.map(({ topic, partition, offset }): [string, CommitProgress] => {
    const key = `${topic}/${partition}`;
    const last = known?.get(key);
    if (last?.offset === offset) return [key, last];
    moved = true;
    return [key, { offset, movedAtMs: nowMs }];
  });
  return moved || known === undefined ? new Map(entries) : known;
}
