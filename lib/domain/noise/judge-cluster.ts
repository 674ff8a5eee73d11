import { cpuUsedShare } from "@/lib/domain/cloud/cloud-meters";
import type { Finding } from "@/lib/domain/conditions/condition";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { meteredBrokers } from "@/lib/domain/quota/meters";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import { causesOf } from "./causes";
import { promiseOnBroker, spreadOf } from "./entitlement";
import {
  type BrokerPressure,
  type BrokerTimes,
  type ClusterNoise,
  type Episode,
  type Level,
  type NoiseMemory,
  RESOURCES,
  type Resource,
} from "./noise";
import { type BrokerMeasures, nextBaseline, pressureSigns, unseenSigns } from "./pressure";
import { episodeSentence, unfitSentence } from "./sentence";
import { brokerRate, type Traffic, tenantOfClient, trafficOf } from "./traffic";
import { judge, timesOf } from "./verdict";
import { groupStands, mechanismOf, victimsOf } from "./victims";

export const EMPTY_NOISE_MEMORY: NoiseMemory = {
  baselines: new Map(),
  brokers: new Map(),
  levels: new Map(),
  before: null,
  clients: new Map(),
  last: null,
};

/** A broker counts as relieved after this many calm readings. */
const CALM_READINGS = 3;
/** Pressure without anybody to blame is told once it has lasted: a reading of a few seconds may be a burst. */
const PRESSURE_TOLD_MS = 2 * 60_000;
/** What is less of a resource than this is nothing to share out: bytes per second, or percent of a thread. */
const LITTLE: Record<Resource, number> = { in: 10_000, out: 10_000, requests: 1 };
const STEP = 200;

interface Judging {
  fleet: FleetSnapshot;
  cluster: ClusterSnapshot;
  memory: NoiseMemory;
  fresh: ReadonlyMap<number, BrokerMeters>;
  atMs: number;
  intervalMs: number;
}

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
  const judging = { fleet, cluster, memory, fresh, atMs: Date.parse(at), intervalMs: derived ? 60_000 : cluster.parts.exporter.intervalMs };
  const pressures = pressuresOf(judging);
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
    findings: findingsOf(judging, episodes, levels, pressures.now),
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

function measuresOf({ broker }: BrokerMeters, cloud: Record<string, number> | undefined): BrokerMeasures {
  return {
    requestHandlerIdle: broker.requestHandlerIdle,
    networkProcessorIdle: broker.networkProcessorIdle,
    cpuUsedShare: cloud === undefined ? undefined : cpuUsedShare(cloud),
    produceMs: broker.produceTotalTimeMsMean,
    fetchMs: broker.fetchConsumerTotalTimeMsMean,
    throttledBytesPerSecond: cloud?.TrafficShaping,
  };
}

function pressuresOf({ cluster, memory, fresh, atMs }: Judging) {
  const now = new Map<number, BrokerPressure>();
  const remembered = new Map<number, { sinceMs: number; calmReadings: number }>();
  const baselines = new Map(memory.baselines);
  for (const [brokerId, meters] of fresh) {
    const measures = measuresOf(meters, cluster.cloud?.brokers.get(brokerId));
    const baseline = memory.baselines.get(brokerId);
    const was = memory.brokers.get(brokerId);
    const signs = pressureSigns(measures, baseline, was !== undefined);
    const calmReadings = signs.length > 0 ? 0 : (was?.calmReadings ?? 0) + 1;
    const isUnder = signs.length > 0 || (was !== undefined && calmReadings < CALM_READINGS);
    const sinceMs = isUnder ? (was?.sinceMs ?? atMs) : null;
    if (sinceMs !== null) remembered.set(brokerId, { sinceMs, calmReadings });
    baselines.set(brokerId, nextBaseline(baseline, timesOfBroker(meters), sinceMs === null));
    now.set(brokerId, { brokerId, signs, sinceMs, unseen: unseenSigns(measures, baseline) });
  }
  return { now, remembered, baselines };
}

function timesOfBroker({ broker }: BrokerMeters): BrokerTimes {
  return { produceMs: broker.produceTotalTimeMsMean ?? null, fetchMs: broker.fetchConsumerTotalTimeMsMean ?? null };
}

function timesByBroker(fresh: ReadonlyMap<number, BrokerMeters>): Map<number, BrokerTimes> {
  return new Map([...fresh].map(([brokerId, meters]) => [brokerId, timesOfBroker(meters)]));
}

function* levelsOf(judging: Judging, traffic: Traffic, pressures: ReadonlyMap<number, BrokerPressure>) {
  const { fleet, cluster, memory, fresh, atMs, intervalMs } = judging;
  const levels: Level[] = [];
  const remembered = new Map<string, NonNullable<ReturnType<NoiseMemory["levels"]["get"]>>>();
  let done = 0;
  for (const [brokerId, byTenant] of traffic) {
    const meters = fresh.get(brokerId);
    if (meters === undefined) continue;
    const promises = new Map<string, Record<Resource, number | null>>();
    for (const tenantId of byTenant.keys()) {
      const state = fleet.tenants.get(tenantId);
      if (state !== undefined) promises.set(tenantId, promiseOnBroker(state, cluster, spreadOf(state, cluster), brokerId));
      if (++done % STEP === 0) yield;
    }
    for (const resource of RESOURCES) {
      const all = brokerRate(meters, resource);
      if (all === null || all < LITTLE[resource]) continue;
      const promised = activePromise(byTenant, promises, resource);
      for (const [tenantId, { rates, source }] of byTenant) {
        if (++done % STEP === 0) yield;
        const rate = rates[resource];
        const state = fleet.tenants.get(tenantId);
        if (rate === undefined || rate === 0 || state === undefined) continue;
        const own = promises.get(tenantId)?.[resource] ?? null;
        const entitlement = own === null || promised === 0 ? null : own / promised;
        const share = Math.min(1, rate / all);
        const key = `${tenantId}|${brokerId}|${resource}`;
        const promise = promiseState(state, resource);
        const pressureSinceMs = pressures.get(brokerId)?.sinceMs ?? null;
        const judged = judge({ share, entitlement, promise, pressureSinceMs, atMs, toleranceMs: intervalMs }, memory.levels.get(key));
        if (judged.memory.overSinceMs !== null || judged.memory.isOn) remembered.set(key, judged.memory);
        const times = entitlement === null ? null : timesOf(share, entitlement);
        levels.push({
          tenantId,
          brokerId,
          resource,
          rate,
          brokerRate: all,
          share,
          entitlement,
          times,
          verdict: judged.verdict,
          sinceMs: judged.sinceMs,
          source,
        });
      }
    }
  }
  return { levels, remembered };
}

/** The list promises of all that use the resource there now. */
function activePromise(
  byTenant: Traffic extends Map<number, infer T> ? T : never,
  promises: ReadonlyMap<string, Record<Resource, number | null>>,
  resource: Resource,
): number {
  let sum = 0;
  for (const [tenantId, { rates }] of byTenant) if ((rates[resource] ?? 0) > 0) sum += promises.get(tenantId)?.[resource] ?? 0;
  return sum;
}

/** Request time is promised by itself; whoever is inside both its byte promises is not blamed for it either. */
function promiseState(state: TenantState, resource: Resource): "within" | "above" | "unknown" | "none" {
  if (resource !== "requests") return (resource === "in" ? state.produce.promise : state.consume.promise)?.state ?? "none";
  const both = [state.produce.promise?.state, state.consume.promise?.state];
  if (both.includes("above")) return "above";
  return both.every((one) => one === undefined || one === "within") ? "within" : "unknown";
}

interface Seen {
  levels: readonly Level[];
  pressures: ReadonlyMap<number, BrokerPressure>;
  traffic: Traffic;
  before: NoiseMemory["before"];
  stands: ReturnType<typeof groupStands>;
  times: ReadonlyMap<number, BrokerTimes>;
}

function episodesOf(judging: Judging, { levels, pressures, traffic, before, stands, times }: Seen): Episode[] {
  const { fleet, cluster, memory, fresh } = judging;
  return levels.flatMap((level): Episode[] => {
    const pressure = pressures.get(level.brokerId);
    const state = fleet.tenants.get(level.tenantId);
    const meters = fresh.get(level.brokerId);
    if ((level.verdict !== "noisy" && level.verdict !== "loud") || pressure === undefined || state === undefined || meters === undefined)
      return [];
    let tenantRate = 0;
    for (const byTenant of traffic.values()) tenantRate += byTenant.get(level.tenantId)?.rates[level.resource] ?? 0;
    return [
      {
        level,
        pressure,
        peak: Math.max(level.share, memory.levels.get(`${level.tenantId}|${level.brokerId}|${level.resource}`)?.peak ?? 0),
        victims: before === null ? [] : victimsOf(fleet, cluster, level.brokerId, level.tenantId, before.groups, stands),
        mechanism: mechanismOf(before?.times.get(level.brokerId), times.get(level.brokerId)),
        causes: causesOf({
          fleet,
          cluster,
          state,
          level,
          meters,
          spread: spreadOf(state, cluster),
          tenantRate,
          newClients: newClients(judging, level),
        }),
      },
    ];
  });
}

/** Kept for a day after a client was last told, so that one that comes and goes is not new each time. */
function seenClients({ fleet, cluster, memory, fresh, atMs }: Judging): Map<string, number> {
  const clients = new Map(memory.clients);
  const isFirst = memory.last === null;
  for (const { clients: told } of fresh.values()) {
    for (const fact of told) {
      const tenantId = tenantOfClient(fleet, cluster.clusterId, fact);
      if (tenantId === null) continue;
      const key = `${tenantId}|${fact.clientId ?? ""}|${fact.user ?? ""}`;
      if (!clients.has(key)) clients.set(key, isFirst ? 0 : atMs);
    }
  }
  return clients;
}

function newClients({ memory }: Judging, { tenantId, sinceMs }: Level): string[] {
  if (sinceMs === null) return [];
  return [...memory.clients].flatMap(([key, firstMs]) => {
    const [id, clientId, user] = key.split("|");
    const isNew = id === tenantId && firstMs > 0 && Math.abs(firstMs - sinceMs) <= 5 * 60_000;
    return isNew ? [clientId || user || ""] : [];
  });
}

function findingsOf(
  { fleet, cluster, atMs }: Judging,
  episodes: readonly Episode[],
  levels: readonly Level[],
  pressures: ReadonlyMap<number, BrokerPressure>,
): Finding[] {
  const { clusterId, name } = cluster;
  const naming = { tenant: (id: string) => fleet.tenants.get(id)?.tenant.name ?? id, others: true };
  const own = episodes.map((episode): Finding => {
    const { level, peak, victims, mechanism, causes, pressure } = episode;
    return {
      rule: level.verdict === "noisy" ? "noise.noisy" : "noise.loud",
      severity: level.verdict === "noisy" ? "danger" : "info",
      sentence: episodeSentence(episode, name, naming),
      evidence: {
        brokerId: level.brokerId,
        resource: level.resource,
        share: level.share,
        entitlement: level.entitlement,
        peakShare: peak,
        rate: level.rate,
        brokerRate: level.brokerRate,
        pressure: pressure.signs.map(({ kind, value }) => `${kind} ${value.toFixed(3)}`).join(", "),
        victims: victims.map(({ groupId }) => groupId).join(", "),
        mechanism: mechanism === null ? null : `${mechanism.what} ${Math.round(mechanism.beforeMs)} to ${Math.round(mechanism.nowMs)} ms`,
        cause: causes[0]?.sentence ?? null,
      },
      tenantId: level.tenantId,
      clusterId,
      subject: `broker ${level.brokerId} ${level.resource}`,
      sinceMs: level.sinceMs,
    };
  });
  const blamed = new Set(episodes.filter(({ level }) => level.verdict === "noisy").map(({ level }) => level.brokerId));
  const unfit = [...pressures.values()].flatMap(({ brokerId, signs, sinceMs }): Finding[] => {
    if (sinceMs === null || signs.length === 0 || blamed.has(brokerId) || atMs - sinceMs < PRESSURE_TOLD_MS) return [];
    const inside = levels.filter((level) => level.brokerId === brokerId && level.verdict === "inside");
    const [largest] = inside.sort((a, b) => b.share - a.share);
    return [
      {
        rule: "noise.pressure",
        severity: "warn",
        sentence: unfitSentence(
          brokerId,
          name,
          signs,
          largest === undefined ? null : { level: largest, name: naming.tenant(largest.tenantId) },
        ),
        evidence: Object.fromEntries(signs.map(({ kind, value }) => [kind, value])),
        tenantId: null,
        clusterId,
        subject: `broker ${brokerId}`,
        sinceMs,
      },
    ];
  });
  return [...own, ...unfit];
}
