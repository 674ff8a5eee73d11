import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { ClientMeterFact } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { EMPTY_NOISE_MEMORY, judgeCluster } from "@/lib/domain/noise/judge-cluster";
import type { ClusterNoise, NoiseMemory, Verdict } from "@/lib/domain/noise/noise";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import { drain } from "@/lib/domain/steps";
import { AT_MS, client, cluster, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { Tier } from "@/lib/domain/tier";

export const MINUTE = 60_000;
const KB = 1000;

/** One reading: what each tenant's clients send to broker 2 in kB/s, how idle its handlers are, and how late acme's group is. */
export interface Reading {
  rates: Record<string, number>;
  idle?: number;
  behind?: number;
  fetchMs?: number;
  /** The part of that in which fetches waited for records. */
  waitedMs?: number;
  produceMs?: number;
  /** Percent of a thread that each tenant's requests take on broker 2. */
  requests?: Record<string, number>;
  quotas?: ClusterSnapshot["quotas"];
  throttleMs?: number;
}

function snapshot(
  { rates, idle = 0.9, behind = 0, fetchMs, waitedMs, produceMs, requests, quotas, throttleMs = 0 }: Reading,
  minute: number,
): ClusterSnapshot {
  const at = new Date(AT_MS + minute * MINUTE).toISOString();
  const clients: ClientMeterFact[] = Object.entries(rates).map(([user, kilobytes]) =>
    client(user, kilobytes * KB, {
      produceThrottleMs: throttleMs,
      ...(requests?.[user] === undefined ? {} : { requestPercent: requests[user] }),
    }),
  );
  const made = cluster({
    at,
    topics: Object.keys(rates).map((id) => `${id}.events`),
    groups: { "acme.reader": { behind: { "acme.events": behind } } },
    clients: { 2: clients },
    ...(quotas === undefined ? {} : { quotas }),
  });
  const meters = new Map(made.meters);
  const of = meters.get(2);
  const sum = Object.values(rates).reduce((all, one) => all + one, 0) * KB;
  const broker: BrokerMeters["broker"] = {
    requestHandlerIdle: idle,
    bytesInPerSecond: sum,
    bytesOutPerSecond: sum,
    ...(fetchMs === undefined ? {} : { fetchConsumerTotalTimeMsMean: fetchMs }),
    ...(waitedMs === undefined ? {} : { fetchConsumerRemoteTimeMsMean: waitedMs }),
    ...(produceMs === undefined ? {} : { produceTotalTimeMsMean: produceMs }),
  };
  if (of !== undefined) meters.set(2, { ...of, broker });
  return { ...made, meters };
}

export const TENANTS = ["acme", "brook", "kestrel"].map((id) => tenant(id));

function fleetAt(reading: Reading, minute: number, tier: Partial<Tier>): FleetSnapshot {
  const made = snapshot(reading, minute);
  const declared = registry(TENANTS);
  declared.tiers = declared.tiers.map((one) => ({ ...one, ...tier }));
  return assembleFleet({ registry: declared, clusters: [made], memory: EMPTY_MEMORY, at: made.at }).fleet;
}

/** Judges one reading a minute, each with what was remembered of those before. */
export function judged(
  readings: readonly Reading[],
  from: NoiseMemory = EMPTY_NOISE_MEMORY,
  tier: Partial<Tier> = {},
): { noise: ClusterNoise; fleet: FleetSnapshot }[] {
  let memory = from;
  return readings.map((reading, minute) => {
    const fleet = fleetAt(reading, minute, tier);
    const made = fleet.clusters.get("c1");
    if (made === undefined) throw new Error("no cluster");
    const judgement = drain(judgeCluster(fleet, made, memory, AT_MS + minute * MINUTE));
    memory = judgement.memory;
    return { noise: judgement.noise, fleet };
  });
}

export const CALM: Reading = { rates: { acme: 20, brook: 20, kestrel: 20 } };
export const STORM: Reading = { rates: { acme: 20, brook: 20, kestrel: 300 }, idle: 0.1, behind: 400 };

/** What kestrel's traffic to broker 2 is judged to be at each reading. */
export const verdicts = (readings: readonly Reading[]): (Verdict | undefined)[] =>
  judged(readings).map(({ noise }) => noise.levels.find(({ tenantId, resource }) => tenantId === "kestrel" && resource === "in")?.verdict);
