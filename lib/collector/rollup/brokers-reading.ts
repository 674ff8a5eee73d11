import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Direction } from "@/lib/domain/views/use";
import type { BrokerMinute, DirectionMinute } from "@/lib/store";

const RATE = { produce: "bytesInPerSecond", consume: "bytesOutPerSecond" } as const;

/** What the brokers themselves count in one direction; null: none tells. No quota applies to a broker, so nothing is judged. */
export function brokersReading(meters: ClusterSnapshot["meters"], direction: Direction): DirectionMinute | null {
  const brokers: BrokerMinute[] = [];
  for (const [brokerId, { broker }] of meters) {
    const bytesPerSecond = broker[RATE[direction]];
    if (bytesPerSecond !== undefined) brokers.push({ brokerId, bytesPerSecond, quotaBytesPerSecond: null, throttleMs: null });
  }
  if (brokers.length === 0) return null;
  return {
    source: "measured",
    atLeast: brokers.length < meters.size,
    bytesPerSecond: brokers.reduce((sum, { bytesPerSecond }) => sum + (bytesPerSecond ?? 0), 0),
    quotaUse: null,
    worstBrokerId: null,
    near: null,
    throttled: null,
    throttledBelowPromise: null,
    abovePromise: null,
    brokers,
  };
}
