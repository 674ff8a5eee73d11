import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { watchLoop } from "./loop-watch";

/** What the collector tells of itself. */
export interface CollectorMetrics {
  sweepSeconds: Histogram<"cluster" | "part">;
  sweepProblems: Counter<"cluster" | "part" | "code">;
  assemblySeconds: Histogram;
  storeSeconds: Histogram<"operation">;
  storeFailures: Counter<"operation">;
  rollupRows: Counter<"cluster">;
  leases: Gauge<"cluster">;
}

/** What is looked up when somebody asks, not counted as it happens. */
export interface CollectorGauges {
  tenants: () => number;
  fleetVersions: () => number;
  /** Seconds since each cluster's parts were last read; never read ones are left out. */
  partAges: () => { cluster: string; part: string; seconds: number }[];
}

const NAMES = {
  sweepSeconds: "tenant_console_sweep_seconds",
  sweepProblems: "tenant_console_sweep_problems_total",
  assemblySeconds: "tenant_console_assembly_seconds",
  storeSeconds: "tenant_console_store_seconds",
  storeFailures: "tenant_console_store_failures_total",
  rollupRows: "tenant_console_rollup_rows_total",
  leases: "tenant_console_lease_held",
  tenants: "tenant_console_tenants",
  fleetVersions: "tenant_console_fleet_versions",
  partAges: "tenant_console_part_age_seconds",
  loopDelay: "tenant_console_event_loop_delay_seconds",
};

const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Makes the collector's metrics in the registry that `/api/metrics` prints. `forgetMetrics` takes them out again. */
export function createCollectorMetrics(register: Registry): CollectorMetrics {
  const common = { buckets: SECONDS, registers: [register] };
  const registers = [register];
  return {
    sweepSeconds: new Histogram({
      ...common,
      name: NAMES.sweepSeconds,
      help: "How long reading one part of a cluster took",
      labelNames: ["cluster", "part"],
    }),
    sweepProblems: new Counter({
      name: NAMES.sweepProblems,
      help: "What was missing from readings, by the code of the problem",
      labelNames: ["cluster", "part", "code"],
      registers,
    }),
    assemblySeconds: new Histogram({
      ...common,
      name: NAMES.assemblySeconds,
      help: "How long joining declarations and snapshots took, pauses for requests included",
    }),
    storeSeconds: new Histogram({
      ...common,
      name: NAMES.storeSeconds,
      help: "How long the collector's work with the store took",
      labelNames: ["operation"],
    }),
    storeFailures: new Counter({
      name: NAMES.storeFailures,
      help: "The collector's work with the store that failed",
      labelNames: ["operation"],
      registers,
    }),
    rollupRows: new Counter({ name: NAMES.rollupRows, help: "Minute rows written", labelNames: ["cluster"], registers }),
    leases: new Gauge({
      name: NAMES.leases,
      help: "1 where this process reads the cluster, 0 where it does not",
      labelNames: ["cluster"],
      registers,
    }),
  };
}

/** Adds the figures that are looked up when asked for, and the delay of the event loop. The answer ends the measuring. */
export function observeCollector(register: Registry, gauges: CollectorGauges): () => void {
  const registers = [register];
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const watch = watchLoop();
  new Gauge({ name: NAMES.tenants, help: "Declared tenants", registers, collect: looking(gauges.tenants) });
  new Gauge({ name: NAMES.fleetVersions, help: "Versions kept for lists", registers, collect: looking(gauges.fleetVersions) });
  new Gauge({
    name: NAMES.partAges,
    help: "Time since a part of a cluster was last read",
    labelNames: ["cluster", "part"],
    registers,
    collect() {
      this.reset();
      for (const { cluster, part, seconds } of gauges.partAges()) this.set({ cluster, part }, seconds);
    },
  });
  new Gauge({
    name: NAMES.loopDelay,
    help: "Delay of the event loop since it was last asked for; own_max: no more of each delay than the processor time of the process",
    labelNames: ["statistic"],
    registers,
    collect() {
      const { maxMs, ownMaxMs } = watch.take();
      this.set({ statistic: "max" }, maxMs / 1e3);
      this.set({ statistic: "own_max" }, ownMaxMs / 1e3);
      this.set({ statistic: "p99" }, delay.percentile(99) / 1e9);
      this.set({ statistic: "mean" }, Number.isNaN(delay.mean) ? 0 : delay.mean / 1e9);
      delay.reset();
    },
  });
  return () => {
    delay.disable();
    watch.stop();
  };
}

/** Takes the collector's metrics out, so that another collector can be started in the same process. */
export function forgetMetrics(register: Registry): void {
  for (const name of Object.values(NAMES)) register.removeSingleMetric(name);
}

function looking(read: () => number): (this: Gauge) => void {
  return function collect() {
    this.set(read());
  };
}
