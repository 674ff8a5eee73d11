import { setImmediate as yieldToLoop } from "node:timers/promises";

/**
 * Calls `work` for pieces of a list, one after the other, and lets the event loop run between them: PGlite computes inside it,
 * so the size of a piece is the length of a stall.
 */
export async function inChunks<T>(items: readonly T[], size: number, work: (chunk: readonly T[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) await yieldToLoop();
    await work(items.slice(start, start + size));
  }
}
