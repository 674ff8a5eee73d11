import type { Clock } from "@/lib/collector/clock";

/**
 * A time that runs out. Kept by a timer and not by the time of day, so that it is neither early nor late when somebody sets the
 * machine's clock.
 */
export interface Deadline {
  isOver: () => boolean;
  cancel: () => void;
}

export function deadline(clock: Clock, afterMs: number): Deadline {
  let over = false;
  const cancel = clock.after(afterMs, () => {
    over = true;
  });
  return { isOver: () => over, cancel };
}
