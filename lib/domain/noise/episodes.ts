import { causesOf } from "./causes";
import { newClients } from "./clients-seen";
import type { Judging } from "./judging";
import type { BrokerPressure, BrokerTimes, Episode, GroupStand, Level, NoiseMemory } from "./noise";
import { leaderSpread, type Traffic } from "./traffic";
import { mechanismOf, victimsOf } from "./victims";

interface Seen {
  levels: readonly Level[];
  pressures: ReadonlyMap<number, BrokerPressure>;
  traffic: Traffic;
  before: NoiseMemory["before"];
  stands: ReadonlyMap<string, GroupStand>;
  times: ReadonlyMap<number, BrokerTimes>;
}

/** Everything that is known about those who are noisy or loud now. */
export function episodesOf(judging: Judging, { levels, pressures, traffic, before, stands, times }: Seen): Episode[] {
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
          spread: leaderSpread(state, cluster),
          tenantRate,
          newClients: newClients(judging, level),
        }),
      },
    ];
  });
}
