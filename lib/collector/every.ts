import type { Clock } from "./clock";
import type { Log } from "./ports";

export interface Every {
  /** No more turns; answers when the one under way has ended. */
  stop: () => Promise<void>;
}

export interface EveryOptions {
  clock: Clock;
  log: Log;
  firstMs: number;
  pauseMs: number;
}

/** Does something again and again with a pause in between, so that it never overlaps itself. A failure costs its turn only. */
export function every({ clock, log, firstMs, pauseMs }: EveryOptions, act: () => Promise<void>): Every {
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let cancel = clock.after(firstMs, turn);

  function turn(): void {
    running = act()
      .catch((error: unknown) => log.error({ err: error }, "A recurring task failed."))
      .finally(() => {
        if (!stopped) cancel = clock.after(pauseMs, turn);
      });
  }

  return {
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
