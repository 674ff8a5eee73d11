import type { Problem } from "@/lib/domain/facts";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import { nothing, type PartResult } from "./with-part";

/** A rate older than this many intervals says nothing of now. */
const INTERVALS_MAX = 3;

/**
 * Takes new meters, by broker. A broker that did not answer keeps its last ones for a few intervals, with their own time; then
 * its rates are unknown.
 */
export function mergeMeters(
  snapshot: ClusterSnapshot,
  fresh: ReadonlyMap<number, BrokerMeters>,
  problems: Problem[],
  at: string,
): PartResult {
  const oldest = new Date(Date.parse(at) - INTERVALS_MAX * snapshot.parts.exporter.intervalMs).toISOString();
  const meters = new Map([...snapshot.meters].filter(([, { at: seenAt }]) => seenAt > oldest));
  for (const [brokerId, each] of fresh) meters.set(brokerId, each);
  if (fresh.size === 0) return { ...nothing(problems), fields: { meters } };
  return { fields: { meters }, broughtSomething: true, problems };
}
