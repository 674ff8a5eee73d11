import type { Clock } from "@/lib/collector/clock";
import { nextTurn } from "@/lib/collector/run-slices";

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

/** Lets everything happen that waits for nothing outside. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await nextTurn();
}

/** Waits for work of other threads, such as compression, to show. */
export async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn > 200_000) throw new Error(`It did not come about: ${holds.toString()}`);
    await nextTurn();
  }
}
