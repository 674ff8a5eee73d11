import { randomUUID } from "node:crypto";
import { type ChangeRunner, changeStore, DEFAULT_CHANGE_SETTINGS, startChanges } from "@/lib/changes";
import { type Collector, systemClock } from "@/lib/collector";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { AppError } from "@/lib/domain/errors";
import type { KafkaAdmin } from "@/lib/kafka";
import { createOverrideEnds } from "@/lib/operations/changes/end-overrides";
import { submitRevert } from "@/lib/operations/changes/submit-revert";
import { writeWays } from "@/lib/operations/changes/write-ways";
import type { Context } from "@/lib/operations/context";
import { noteWritten, type Store } from "@/lib/store";
import { log } from "./log";
import { metrics } from "./metrics";

interface Options {
  store: Store;
  collector: Collector;
  admin: (connection: ResolvedConnection) => KafkaAdmin;
  carryOut: boolean;
  /** A context for what the console does by itself, under this name on the record. */
  contextOf: (actor: string, requestId: string) => Context;
}

/** Whose name stands on the record of what nobody asked for at that moment: the end of a brake, of an override. */
const CONSOLE = "the console";

/** Starts whoever carries changes out, on the clusters and the store of this process. */
export function carryChanges({ store, collector, admin, carryOut, contextOf }: Options): Promise<ChangeRunner> {
  const connection = (clusterId: string): ResolvedConnection => {
    const known = collector.connections().get(clusterId);
    if (known === undefined) throw new AppError("not_found", `There is no cluster "${clusterId}" among the console's connections.`);
    return known;
  };
  const writable = (clusterId: string): ResolvedConnection => {
    const known = connection(clusterId);
    if (known.mode === "operate") return known;
    throw new AppError("conflict", `${clusterId} is connected to be observed: nothing is ever written to it.`);
  };
  const self = () => contextOf(CONSOLE, randomUUID());
  const endOverrides = createOverrideEnds();
  return startChanges({
    store: changeStore(store),
    clock: systemClock,
    log: log(),
    settings: { ...DEFAULT_CHANGE_SETTINGS, carryOut },
    metrics: metrics().registry,
    kafka: (clusterId) => admin(writable(clusterId)),
    aws(clusterId) {
      const region = collector.regionOf(writable(clusterId));
      const arn = connection(clusterId).msk?.arn;
      return region === null || arn === undefined ? null : { region, arn };
    },
    topicsBy(clusterId) {
      const snapshot = collector.fleet().clusters.get(clusterId);
      return snapshot !== undefined && writeWays(snapshot, connection(clusterId)).topicsBy.by === "msk" ? "msk" : "kafka";
    },
    onWritten(clusterId, written) {
      if (collector.expect(clusterId, written)) return;
      void noteWritten(store, { clusterId, ...written }).catch((err: unknown) =>
        log().warn({ clusterId, err }, "What was written is read anew on the clock only: whoever reads the cluster could not be told."),
      );
    },
    onDeclared: () =>
      void collector.reassemble().catch((err: unknown) => log().warn({ err }, "Declarations were changed and not read anew.")),
    submitRevert: (changeId, why, attempt) => submitRevert(self(), changeId, why, attempt),
    onTurn: [() => endOverrides(self())],
  });
}
