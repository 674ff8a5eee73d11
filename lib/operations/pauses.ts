import type { Steps } from "@/lib/domain/steps";

const SLICE_MS = 20;

/** A pause to call often: it lets other requests be answered once enough time has been used since the last one. */
export function pauses(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}

/** Does all the steps, and lets other requests be answered between them. */
export async function paced<T>(steps: Steps<T>): Promise<T> {
  const pause = pauses();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}
