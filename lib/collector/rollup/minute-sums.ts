import { SOURCES } from "@/lib/domain/observed";
import type { BrokerMinute, DirectionMinute, TenantMinute } from "@/lib/store";

/** The readings of one minute of one tenant on one cluster, on their way to a row. */
export interface MinuteSum {
  produce: DirectionSum | null;
  consume: DirectionSum | null;
  lag: TenantMinute["lag"];
  storageBytes: number | null;
}

interface DirectionSum {
  readings: number;
  /** Rates are sums of the readings' here; everything else is the worst of them. */
  sum: DirectionMinute;
}

export function emptySum(): MinuteSum {
  return { produce: null, consume: null, lag: null, storageBytes: null };
}

export function addDirection(sum: DirectionSum | null, reading: DirectionMinute): DirectionSum {
  if (sum === null) return { readings: 1, sum: reading };
  const a = sum.sum;
  const worse = (reading.quotaUse ?? -1) > (a.quotaUse ?? -1) ? reading : a;
  return {
    readings: sum.readings + 1,
    sum: {
      source: SOURCES.indexOf(reading.source) > SOURCES.indexOf(a.source) ? reading.source : a.source,
      atLeast: a.atLeast || reading.atLeast,
      bytesPerSecond: a.bytesPerSecond + reading.bytesPerSecond,
      quotaUse: worse.quotaUse,
      worstBrokerId: worse.worstBrokerId,
      near: either(a.near, reading.near),
      throttled: either(a.throttled, reading.throttled),
      throttledBelowPromise: either(a.throttledBelowPromise, reading.throttledBelowPromise),
      abovePromise: either(a.abovePromise, reading.abovePromise),
      brokers: addBrokers(a.brokers, reading.brokers),
    },
  };
}

/** The worse of two readings of a minute. */
export function addLag(sum: TenantMinute["lag"], reading: TenantMinute["lag"]): TenantMinute["lag"] {
  if (sum === null || reading === null) return sum ?? reading;
  return {
    records: Math.max(sum.records, reading.records),
    timeMs: highest(sum.timeMs, reading.timeMs),
    objectiveMissed: either(sum.objectiveMissed, reading.objectiveMissed),
  };
}

/** The row of the minute: mean rates, and the worst of everything else. null: nothing was seen, which leaves a gap. */
export function toMinute(tenantId: string, { produce, consume, lag, storageBytes }: MinuteSum): TenantMinute | null {
  if (produce === null && consume === null && lag === null && storageBytes === null) return null;
  return { tenantId, produce: mean(produce), consume: mean(consume), lag, storageBytes };
}

function mean(direction: DirectionSum | null): DirectionMinute | null {
  if (direction === null) return null;
  const { readings, sum } = direction;
  const brokers = sum.brokers.map((broker) => ({
    ...broker,
    bytesPerSecond: broker.bytesPerSecond === null ? null : broker.bytesPerSecond / readings,
  }));
  return { ...sum, bytesPerSecond: sum.bytesPerSecond / readings, brokers };
}

/** A broker that some readings did not have was not used then: its rate there counts as none. The newest quota stands. */
function addBrokers(a: readonly BrokerMinute[], b: readonly BrokerMinute[]): BrokerMinute[] {
  const byId = new Map(a.map((broker) => [broker.brokerId, { ...broker }]));
  for (const broker of b) {
    const known = byId.get(broker.brokerId);
    if (known === undefined) {
      byId.set(broker.brokerId, { ...broker });
      continue;
    }
    if (broker.bytesPerSecond !== null) known.bytesPerSecond = (known.bytesPerSecond ?? 0) + broker.bytesPerSecond;
    known.quotaBytesPerSecond = broker.quotaBytesPerSecond;
    known.throttleMs = highest(known.throttleMs, broker.throttleMs);
  }
  return [...byId.values()];
}

function either(a: boolean | null, b: boolean | null): boolean | null {
  if (a === null || b === null) return a ?? b;
  return a || b;
}

function highest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
