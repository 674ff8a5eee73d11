import type { Registry as MetricsRegistry } from "prom-client";
import type { Clock } from "@/lib/collector/clock";
import type { ChangeLog, Written } from "./batch/hands";
import type { SubmitRevert } from "./brake-ends";
import type { ChangeStore } from "./change-store";
import type { ChangeSettings } from "./settings";
import type { Clusters } from "./ways/open-ways";

export interface ChangesOptions extends Clusters {
  store: ChangeStore;
  clock: Clock;
  log: ChangeLog;
  settings: ChangeSettings;
  /** Where the metrics of carrying changes out are made. */
  metrics?: MetricsRegistry;
  /** Told after each batch what was written on a cluster, whether it is seen there yet or not. Does not throw. */
  onWritten: (clusterId: string, what: Written) => void;
  /** Told when declarations were changed. Does not throw. */
  onDeclared: () => void;
  submitRevert: SubmitRevert;
  /** Work of others that one process does for all, such as ending what has run out; each in turns of its own that never overlap. */
  onTurn?: readonly (() => Promise<void>)[];
}
