import type { RateMinute } from "@/lib/domain/change/facts";

/** A tenant's rate on one broker in the last hour, against a limit. Minutes without a reading count for nothing. */
export interface BrokerPast {
  brokerId: number;
  minutesSeen: number;
  peakPerSecond: number;
  meanPerSecond: number;
  minutesAbove: number;
  /** Of all that passed, what was above the limit. */
  bytesAbove: number;
  bytes: number;
  /** Minutes in which the broker held it back: then more was wanted than is seen. */
  minutesThrottled: number;
}

/** A few milliseconds are a single burst. */
const THROTTLE_NOTICED_MS = 50;

/** `limitPerSecond` null: there is none. By broker. */
export function brokerPasts(minutes: readonly RateMinute[], limitPerSecond: number | null): BrokerPast[] {
  const limit = limitPerSecond ?? Number.POSITIVE_INFINITY;
  const pasts = new Map<number, BrokerPast>();
  for (const { brokers } of minutes) {
    for (const { brokerId, bytesPerSecond, throttleMs } of brokers) {
      if (bytesPerSecond === null) continue;
      const past = pasts.get(brokerId) ?? nothing(brokerId);
      pasts.set(brokerId, past);
      past.minutesSeen += 1;
      past.peakPerSecond = Math.max(past.peakPerSecond, bytesPerSecond);
      past.bytes += bytesPerSecond * 60;
      past.meanPerSecond = past.bytes / 60 / past.minutesSeen;
      if (bytesPerSecond > limit) past.minutesAbove += 1;
      past.bytesAbove += Math.max(0, bytesPerSecond - limit) * 60;
      if ((throttleMs ?? 0) >= THROTTLE_NOTICED_MS && bytesPerSecond > 0) past.minutesThrottled += 1;
    }
  }
  return [...pasts.values()].toSorted((a, b) => a.brokerId - b.brokerId);
}

function nothing(brokerId: number): BrokerPast {
  const rates = { peakPerSecond: 0, meanPerSecond: 0, bytesAbove: 0, bytes: 0 };
  return { brokerId, minutesSeen: 0, minutesAbove: 0, minutesThrottled: 0, ...rates };
}

/** The highest total over all brokers in any one minute; null: nothing was kept. */
export function peakTotal(minutes: readonly RateMinute[]): number | null {
  let peak: number | null = null;
  for (const { brokers } of minutes) {
    const known = brokers.filter(({ bytesPerSecond }) => bytesPerSecond !== null);
    if (known.length === 0) continue;
    const total = known.reduce((sum, { bytesPerSecond }) => sum + (bytesPerSecond ?? 0), 0);
    peak = Math.max(peak ?? 0, total);
  }
  return peak;
}
