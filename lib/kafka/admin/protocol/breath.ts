import { setImmediate as nextTurn } from "node:timers/promises";

/** How long one decoding may hold the event loop, in milliseconds. */
const SLICE_MS = 8;

/** How many items are decoded between two looks at the clock. */
const LOOK_EVERY = 64;

/** Lets other work run between the items of a large answer. Answers a pause to wait for once a slice is used up. */
export function createBreath(now: () => number = performance.now.bind(performance)): () => Promise<void> | undefined {
  let since = now();
  let items = 0;
  return () => {
    items += 1;
    if (items % LOOK_EVERY !== 0 || now() - since < SLICE_MS) return undefined;
    return nextTurn().then(() => {
      since = now();
    });
  };
}
