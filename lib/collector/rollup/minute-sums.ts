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

/** Adds a reading in place, which thousands of tenants are added up by several times a minute; the first one becomes the sum itself. */
export function addDirection(to: DirectionSum | null, reading: DirectionMinute): DirectionSum {
  if (to === null) return { readings: 1, sum: reading };
  to.readings += 1;
  const { sum } = to;
  if (SOURCES.indexOf(reading.source) > SOURCES.indexOf(sum.source)) sum.source = reading.source;
  if (reading.atLeast) sum.atLeast = true;
  sum.bytesPerSecond += reading.bytesPerSecond;
  if ((reading.quotaUse ?? -1) > (sum.quotaUse ?? -1)) {
    sum.quotaUse = reading.quotaUse;
    sum.worstBrokerId = reading.worstBrokerId;
  }
  for (const flag of FLAGS) sum[flag] = either(sum[flag], reading[flag]);
  addBrokers(sum.brokers, reading.brokers);
  return to;
}

const FLAGS = ["near", "throttled", "throttledBelowPromise", "abovePromise"] as const;

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
function addBrokers(to: BrokerMinute[], readings: readonly BrokerMinute[]): void {
  for (const [position, broker] of readings.entries()) {
    const here = to[position];
    const known = here?.brokerId === broker.brokerId ? here : to.find(({ brokerId }) => brokerId === broker.brokerId);
    if (known === undefined) {
      to.push(broker);
      continue;
    }
    if (broker.bytesPerSecond !== null) known.bytesPerSecond = (known.bytesPerSecond ?? 0) + broker.bytesPerSecond;
    known.quotaBytesPerSecond = broker.quotaBytesPerSecond;
    known.throttleMs = highest(known.throttleMs, broker.throttleMs);
  }
}

function either(a: boolean | null, b: boolean | null): boolean | null {
  if (a === null || b === null) return a ?? b;
  return a || b;
}

function highest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
