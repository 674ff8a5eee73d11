import type { ChangeMetrics } from "@/lib/changes/change-metrics";
import type { ChangeStore } from "@/lib/changes/change-store";
import type { ChangeSettings } from "@/lib/changes/settings";
import type { Tenure } from "@/lib/changes/tenure";
import type { Turns } from "@/lib/changes/turns";
import type { Clusters } from "@/lib/changes/ways/open-ways";
import type { Clock } from "@/lib/collector/clock";

/** Where it is written what a person who runs the console should know. */
export interface ChangeLog {
  info: (fields: object, message: string) => void;
  warn: (fields: object, message: string) => void;
  error: (fields: object, message: string) => void;
}

/** What was written on a cluster, for whoever keeps what is there. */
export interface Written {
  topics: string[];
  quotas: boolean;
}

/** Everything that carrying a change out works with, while this process holds the lease. */
export interface Hands {
  store: ChangeStore;
  tenure: Tenure;
  turns: Turns;
  clusters: Clusters;
  clock: Clock;
  settings: ChangeSettings;
  log: ChangeLog;
  metrics: ChangeMetrics;
  onWritten: (clusterId: string, what: Written) => void;
  onDeclared: () => void;
}
