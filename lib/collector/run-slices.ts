/** How long work is done in one go before requests get their turn. */
const SLICE_MS = 8;
/** What is left of a slice that used up more than this is too little for whatever the caller does with the outcome. */
const LAST_SLICE_MS = 4;

/**
 * Runs work that is cut into steps and lets the event loop go round whenever a slice of time is used up, and before it answers where
 * the last slice is used up for the better part. Rejects with what a step throws.
 */
export async function runSlices<T>(steps: Generator<unknown, T, undefined>): Promise<T> {
  let sliceStart = performance.now();
  for (;;) {
    const step = steps.next();
    const usedMs = performance.now() - sliceStart;
    if (usedMs >= (step.done ? LAST_SLICE_MS : SLICE_MS)) {
      await nextTurn();
      sliceStart = performance.now();
    }
    if (step.done) return step.value;
  }
}

const waiting: (() => void)[] = [];

/** Waits for a turn of the event loop of its own: of all work that waits so, one piece goes on in each turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(giveTurn);
  });
}

function giveTurn(): void {
  if (waiting.length > 1) setImmediate(giveTurn);
  waiting.shift()?.();
}
