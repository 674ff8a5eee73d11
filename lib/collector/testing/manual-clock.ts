import type { Clock } from "@/lib/collector/clock";
import { nextTurn } from "@/lib/collector/run-slices";
import { compressed, isCompressing } from "./compressing";

interface Timer {
  dueMs: number;
  run: () => void;
}

export interface ManualClock extends Clock {
  /** Lets time pass: what falls due runs in its order, each with the time at which it was due. */
  advance: (ms: number) => Promise<void>;
}

/** A clock that stands still until a test turns it. */
export function manualClock(start: string): ManualClock {
  let nowMs = Date.parse(start);
  const timers = new Set<Timer>();

  function due(untilMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) if (timer.dueMs <= untilMs && (next === undefined || timer.dueMs < next.dueMs)) next = timer;
    return next;
  }

  return {
    now: () => nowMs,
    after(delayMs, run) {
      const timer = { dueMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (let timer = due(untilMs); timer !== undefined; timer = due(untilMs)) {
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.dueMs);
        timer.run();
        await settle();
      }
      nowMs = untilMs;
      await settle();
    },
  };
}

/** Turns in which nothing more is begun that another thread has to do. */
const QUIET_TURNS = 10;

/** Lets everything happen that waits for nothing outside this process: its turns, and what its other threads compress. */
export async function settle(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; ) {
    quiet = isCompressing() ? 0 : quiet + 1;
    await compressed();
    await nextTurn();
  }
}

/** A busy machine is slow; below the time of a test, so that what did not come about is named. */
const PATIENCE_MS = 20_000;

/** Waits for what does not follow from turns alone. */
export async function until(holds: () => boolean): Promise<void> {
  for (const startMs = performance.now(); !holds(); await settle()) {
    if (performance.now() - startMs > PATIENCE_MS) throw new Error(`It did not come about: ${holds.toString()}`);
  }
}
