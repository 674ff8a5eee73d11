import { hasReportedPools } from "@/lib/domain/pool/pool-facts";
import { HOUR_CLOSES_MS, HOUR_MS } from "@/lib/domain/pool/sampled-hour";
import type { Steps } from "@/lib/domain/steps";
import { gatherHour, type PoolReading } from "./gather-hour";
import { totalIn } from "./hour-bytes";
import { judgeHour } from "./judge-hour";
import type { GatheredHour, PoolMemory, PoolNoise } from "./pool-noise";
import { hourSample } from "./tenant-hour";

/** What applications report of an hour is waited for this long. */
const REPORTED_LATE_MS = 10 * 60_000;

/** Gathers a reading, and judges the hour that is over once its samples are there; `noise` is null where no hour is judged now. */
export function* turnHour(before: PoolMemory, reading: PoolReading, nowMs: number): Steps<{ memory: PoolMemory; noise: PoolNoise | null }> {
  const memory = yield* gatherHour(before, reading);
  const { ended } = memory;
  if (ended === null || !isReady(ended, reading, nowMs)) return { memory, noise: null };
  const { noise, levels } = yield* judgeHour(reading.fleet, reading.cluster, ended, memory.levels);
  return { memory: { ...memory, ended: null, levels }, noise };
}

function isReady({ fromMs, topics }: GatheredHour, { cluster }: PoolReading, nowMs: number): boolean {
  const overMs = nowMs - fromMs - HOUR_MS;
  if (overMs >= HOUR_CLOSES_MS) return true;
  if (hasReportedPools(cluster.pool) && overMs < REPORTED_LATE_MS) return false;
  return [...topics].every(([topic, slices]) => totalIn(slices) === 0 || hourSample(cluster, topic, fromMs) !== null);
}
