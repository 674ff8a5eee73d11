import { AppError } from "@/lib/domain/errors";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { KafkaAdmin } from "@/lib/kafka";
import type { Context } from "@/lib/operations/context";
import { readRegistry, type Store } from "@/lib/store";
import { enterOf } from "./enter";
import { AT, fleetOf } from "./fleet";

/** A context over given fleets, the last one the newest; what a test does not give rejects when it is touched. */
export function contextOf(
  fleets: FleetSnapshot[] = [fleetOf()],
  changes: Partial<Context> & { admin?: Partial<KafkaAdmin> } = {},
): Context {
  const { admin, ...rest } = changes;
  return {
    actor: { name: "someone", role: "operator" },
    enter: enterOf(),
    requestId: "r1",
    now: () => new Date(AT),
    store: {} as Store,
    fleet(version) {
      const fleet = version === undefined ? fleets.at(-1) : fleets.find((one) => one.version === version);
      if (fleet === undefined) throw new AppError("precondition_failed", "That version is gone.");
      return fleet;
    },
    registry: () => readRegistry(rest.store ?? ({} as Store)),
    kafka: () => (admin ?? {}) as KafkaAdmin,
    connection: (id) => ({
      id,
      name: id,
      mode: "observe",
      bootstrap: ["a:1"],
      authentication: { kind: "none" },
      tls: null,
      exporter: null,
      msk: null,
    }),
    checkConnection: async () => ({
      value: { signedIn: true, kafkaClusterId: "k", brokers: [], tookMs: 1, addresses: [] },
      problems: [],
    }),
    sampleRecords: async () => ({ value: null, problems: [] }),
    aws: () => null,
    prometheusPast: () => null,
    unseenRegions: () => [],
    collector: {
      clusterIds: async () => new Set(fleets.at(-1)?.clusters.keys() ?? []),
      state: () => "running",
      refresh: async () => undefined,
      reassemble: async () => undefined,
    },
    changes: { wake: () => undefined, settled: async () => undefined },
    metrics: async () => "",
    ...rest,
  };
}
