import type { Clock } from "./clock";
import type { Log } from "./ports";

/** Waits for the end of work, but not for ever. What does not end in time is left: the process is about to end, and leases run out by themselves. */
export async function withinDeadline(
  { clock, log, deadlineMs }: { clock: Clock; log: Log; deadlineMs: number },
  work: Promise<void>,
): Promise<void> {
  let cancel = (): void => undefined;
  const late = new Promise<"late">((resolve) => {
    cancel = clock.after(deadlineMs, () => resolve("late"));
  });
  const done = work.catch((error: unknown) => log.error({ err: error }, "The collector did not end cleanly."));
  const ended = await Promise.race([done, late]);
  cancel();
  if (ended === "late") log.warn({ deadlineMs }, "The collector did not end in time.");
}
