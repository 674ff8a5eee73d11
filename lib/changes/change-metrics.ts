import { Counter, Histogram, type Registry } from "prom-client";

/** What carrying changes out tells of itself. */
export interface ChangeMetrics {
  settled: (state: string) => void;
  /** Answers what is called at the batch's end. */
  batch: () => () => void;
}

const NAMES = {
  operations: "tenant_console_change_operations_total",
  batches: "tenant_console_change_batches_total",
  seconds: "tenant_console_change_batch_seconds",
};

const SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Makes the metrics in the registry that `/api/metrics` prints; without one nothing is counted. */
export function createChangeMetrics(register: Registry | undefined): ChangeMetrics {
  if (register === undefined) return { settled: () => undefined, batch: () => () => undefined };
  const registers = [register];
  const operations = new Counter({
    name: NAMES.operations,
    help: "Operations of changes that came to something, by the state they ended in",
    labelNames: ["state"],
    registers,
  });
  const batches = new Counter({ name: NAMES.batches, help: "Batches of units that were carried out together", registers });
  const seconds = new Histogram({
    name: NAMES.seconds,
    help: "How long a batch took, from its intent to the last value that was seen",
    buckets: SECONDS,
    registers,
  });
  return {
    settled: (state) => operations.inc({ state }),
    batch() {
      batches.inc();
      return seconds.startTimer();
    },
  };
}

/** Takes the metrics out, so that changes can be carried out anew in the same process. */
export function forgetChangeMetrics(register: Registry | undefined): void {
  for (const name of Object.values(NAMES)) register?.removeSingleMetric(name);
}
