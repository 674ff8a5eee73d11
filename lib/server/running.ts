import type { ChangeRunner } from "@/lib/changes";
import type { Collector } from "@/lib/collector";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { env } from "@/lib/env";
import type { KafkaAdmin, RecordReader } from "@/lib/kafka";
import type { Actor, ReadPrometheusPast } from "@/lib/operations/context";
import type { Store } from "@/lib/store";
import type { OpenEnter } from "./enter/open-enter";
import { clearProcessSlot, processSlot } from "./process-slot";

/** Everything that is open while the console runs. */
export interface Running {
  store: Store;
  collector: Collector;
  /** Whoever carries changes out. */
  changes: ChangeRunner;
  /** The connection for live reads; the collector has its own. */
  admin: (connection: ResolvedConnection) => KafkaAdmin;
  /** The way to records, for small samples. */
  records: (connection: ResolvedConnection) => RecordReader;
  /** The past in the Prometheus of a connection; null: it names none. */
  prometheusPast: (connection: ResolvedConnection, snapshot: ClusterSnapshot | undefined) => ReadPrometheusPast | null;
  /** Who may enter, and how it is found out. */
  enter: OpenEnter;
  /** Who asks, with role and limits of this moment. */
  actorOf: (request: Pick<Request, "headers">) => Promise<Actor>;
  close: () => Promise<void>;
}

/**
 * The one running console of this process, started by whoever asks first. Rejects when it cannot start; the next call tries again.
 * What it is made of is loaded only by who starts it: every route is a bundle of its own, and would otherwise hold the collector, the
 * adapters and their SDKs once more each.
 */
export function running(): Promise<Running> {
  return processSlot("running", async () => {
    try {
      const { openConsole } = await import("./open-console");
      return await openConsole(env());
    } catch (error) {
      clearProcessSlot("running");
      throw error;
    }
  });
}
