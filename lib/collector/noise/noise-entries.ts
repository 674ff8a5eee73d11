import { type Level, RESOURCES, VERDICTS } from "@/lib/domain/noise/noise";
import type { NoiseEntry } from "@/lib/store";

/** What is kept of a reading: each tenant's worst broker for each resource. */
export function noiseEntries(levels: readonly Level[]): NoiseEntry[] {
  return levels.flatMap(({ tenantId, resource, brokerId, times, share, verdict }): NoiseEntry[] => {
    if (times === null) return [];
    const kept = Number.isFinite(times) ? round(times) : null;
    return [[tenantId, RESOURCES.indexOf(resource), brokerId, kept, round(share), VERDICTS.indexOf(verdict)]];
  });
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
