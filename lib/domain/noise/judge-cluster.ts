import type { FleetSnapshot } from "@/lib/domain/fleet";
import { meteredBrokers } from "@/lib/domain/quota/meters";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import { brokerPressures, timesByBroker } from "./broker-pressures";
import { seenClients } from "./clients-seen";
import { episodesOf } from "./episodes";
import type { Judging } from "./judging";
import { levelsOf } from "./levels";
import type { ClusterNoise, NoiseMemory } from "./noise";
import { noiseFindings } from "./noise-findings";
import { trafficOf } from "./traffic";
import { groupStands } from "./victims";

export const EMPTY_NOISE_MEMORY: NoiseMemory = {
  baselines: new Map(),
  brokers: new Map(),
  levels: new Map(),
  before: null,
  clients: new Map(),
  last: null,
};

/** Judges one reading of a cluster: who takes how much of what, on which brokers under which pressure, and who fell behind. */
export function* judgeCluster(
  fleet: FleetSnapshot,
  cluster: ClusterSnapshot,
  memory: NoiseMemory,
  nowMs: number,
): Steps<{ noise: ClusterNoise; memory: NoiseMemory }> {
  const { fresh, at, derived } = meteredBrokers(cluster, nowMs);
  if (at === null) {
    const reason = "No broker's own measures could be read, so neither pressure nor shares can be told.";
    return {
      noise: { clusterId: cluster.clusterId, at: cluster.at, levels: [], brokers: [], episodes: [], findings: [], unseen: reason },
      memory,
    };
  }
  const judging: Judging = {
    fleet,
    cluster,
    memory,
    fresh,
    atMs: Date.parse(at),
    intervalMs: derived ? 60_000 : cluster.parts.exporter.intervalMs,
  };
  const pressures = brokerPressures(judging);
  const traffic = yield* trafficOf(fleet, cluster, fresh);
  const { levels, remembered } = yield* levelsOf(judging, traffic, pressures.now);
  const stands = groupStands(fleet.groups.get(cluster.clusterId) ?? new Map());
  yield;
  const times = timesByBroker(fresh);
  const isRunning = levels.some(({ verdict }) => verdict === "noisy" || verdict === "loud");
  // What stood before the first sign of trouble is what later readings are compared with.
  const wasCalm = [...remembered.values()].every(({ overReadings, isOn }) => overReadings === 0 && !isOn);
  const before = wasCalm ? null : (memory.before ?? memory.last);
  const clients = seenClients(judging);
  const episodes = isRunning ? episodesOf(judging, { levels, pressures: pressures.now, traffic, before, stands, times }) : [];
  yield;
  const noise: ClusterNoise = {
    clusterId: cluster.clusterId,
    at,
    levels,
    brokers: [...pressures.now.values()],
    episodes,
    findings: noiseFindings(judging, episodes, levels, pressures.now),
    unseen: null,
  };
  const next: NoiseMemory = {
    baselines: pressures.baselines,
    brokers: pressures.remembered,
    levels: remembered,
    before,
    clients,
    last: { atMs: judging.atMs, groups: stands, times },
  };
  return { noise, memory: next };
}
