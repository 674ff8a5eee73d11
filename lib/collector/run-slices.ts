/** How long work is done in one go before requests get their turn. */
const SLICE_MS = 8;

/**
 * Runs work that is cut into steps and lets the event loop go round whenever a slice of time is used up. Rejects with what a
 * step throws.
 */
export async function runSlices<T>(steps: Generator<unknown, T, undefined>): Promise<T> {
  let sliceStart = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - sliceStart < SLICE_MS) continue;
    await nextTurn();
    sliceStart = performance.now();
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
