import type { FleetSnapshot } from "@/lib/domain/fleet";
import { formatPercent } from "@/lib/domain/format";
import { operationCauses } from "@/lib/domain/noise/causes";
import type { Cause, Victim } from "@/lib/domain/noise/noise";
import { mechanismOf, victimsOf } from "@/lib/domain/noise/victims";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { GatheredHour, HourPressure, PoolEpisode, PoolLevel } from "./pool-noise";
import type { TenantHour } from "./tenant-hour";

/** One topic has most of the bytes. */
const MOST = 0.8;

interface Seen {
  fleet: FleetSnapshot;
  cluster: ClusterSnapshot;
  hour: GatheredHour;
  level: PoolLevel;
  verdict: PoolEpisode["verdict"];
  found: TenantHour;
  pressures: HourPressure[];
  peak: number;
}

/** What the hour shows beside the traffic of one who is noisy or loud: who fell behind in it, and by which times of which broker. */
export function episodeOf({ fleet, cluster, hour, level, verdict, found, pressures, peak }: Seen): PoolEpisode {
  // Where no broker was under pressure, whoever fell behind on its brokers is still told.
  const brokers = pressures.length > 0 ? pressures.map(({ brokerId }) => brokerId) : [...found.brokers];
  const victims = new Map<string, Victim>();
  for (const brokerId of brokers) {
    const met = victimsOf(fleet, cluster, brokerId, level.tenantId, hour.before.groups, hour.worst.groups);
    for (const victim of met) victims.set(victim.groupId, victim);
  }
  const mechanisms = brokers.flatMap((brokerId) => mechanismOf(hour.before.times.get(brokerId), hour.worst.times.get(brokerId)) ?? []);
  const [mechanism = null] = mechanisms.toSorted((a, b) => b.nowMs - b.beforeMs - (a.nowMs - a.beforeMs));
  return { level, verdict, pressures, peak, victims: [...victims.values()], mechanism, causes: causesOf(cluster, level, found) };
}

function causesOf(cluster: ClusterSnapshot, level: PoolLevel, { topics, rate }: TenantHour): Cause[] {
  const [most] = topics;
  const share = most === undefined || rate.value === 0 ? 0 : most.bytesPerSecond / rate.value;
  const causes = operationCauses(cluster, level.sinceMs);
  if (most === undefined || topics.length < 2 || share < MOST) return causes;
  const sentence = `About ${formatPercent(share)} of its bytes in the pool are of one topic, ${most.topic}.`;
  return [...causes, { kind: "one-topic", sentence, topic: most.topic }];
}
