import type { Clock } from "@/lib/collector/clock";
import { isFinished } from "@/lib/domain/change/operation";
import type { ChangeStore } from "./change-store";
import { deadline } from "./deadline";

/** How often a change is looked at that another process carries out. */
const LOOK_EVERY_MS = 250;

export interface Settled {
  /** Answers when the change is finished or the time is over. */
  wait: (changeId: number, deadlineMs: number) => Promise<void>;
  /** This process has ended its work on the change. */
  tell: (changeId: number) => void;
  stop: () => void;
}

export function createSettled(store: Pick<ChangeStore, "readChange">, clock: Clock): Settled {
  const waiting = new Map<number, Set<() => void>>();
  let stopped = false;

  function told(changeId: number, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const of = waiting.get(changeId) ?? new Set();
      waiting.set(changeId, of);
      const done = () => {
        cancel();
        of.delete(done);
        if (of.size === 0) waiting.delete(changeId);
        resolve();
      };
      const cancel = clock.after(ms, done);
      of.add(done);
    });
  }

  async function isOpen(changeId: number): Promise<boolean> {
    try {
      const change = await store.readChange(changeId);
      return change !== null && !isFinished(change.state);
    } catch {
      // While the store does not answer nothing is known; the deadline ends the waiting.
      return true;
    }
  }

  return {
    async wait(changeId, deadlineMs) {
      const late = deadline(clock, deadlineMs);
      while (!stopped && !late.isOver() && (await isOpen(changeId))) await told(changeId, Math.min(LOOK_EVERY_MS, deadlineMs));
      late.cancel();
    },
    tell(changeId) {
      for (const done of [...(waiting.get(changeId) ?? [])]) done();
    },
    stop() {
      stopped = true;
      for (const of of [...waiting.values()]) for (const done of [...of]) done();
    },
  };
}
