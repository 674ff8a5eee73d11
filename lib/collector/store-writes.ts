import { AppError } from "@/lib/domain/errors";
import type { CollectorMetrics } from "./collector-metrics";
import type { Log } from "./ports";

/** What became of a write: `refused` when the lease it was made under is another's by now. */
export type WriteOutcome = "written" | "refused" | "failed";

/**
 * Does one piece of work with the store, measured and counted. The collector goes on without it when it fails: what could not be
 * written now is written with the next turn.
 */
export async function tryStore(
  operation: string,
  { log, metrics }: { log: Log; metrics: CollectorMetrics },
  work: () => Promise<unknown>,
): Promise<WriteOutcome> {
  const end = metrics.storeSeconds.startTimer({ operation });
  try {
    await work();
    return "written";
  } catch (error) {
    if (error instanceof AppError && error.code === "conflict") return "refused";
    metrics.storeFailures.inc({ operation });
    log.warn({ operation, err: error }, "The store could not be used.");
    return "failed";
  } finally {
    end();
  }
}
