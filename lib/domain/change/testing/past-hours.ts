import { hourKey, type PastHour, type RateMinute } from "@/lib/domain/change/facts";
import { AT_MS } from "@/lib/domain/testing/cluster-fixture";
import type { Direction } from "@/lib/domain/views/use";

/** By broker: one rate for all minutes, or one for each of the last minutes, oldest first. */
export type Rates = Record<number, number | readonly (number | null)[]>;

interface HourSpec {
  tenantId: string;
  clusterId?: string;
  produce?: Rates;
  consume?: Rates;
  /** Brokers that throttled it, in every minute. */
  throttledOn?: readonly number[];
}

/** The last hour of tenants, as the store kept it. */
export function pastHours(...specs: HourSpec[]): Map<string, PastHour> {
  return new Map(
    specs.map((spec): [string, PastHour] => {
      const minutes = (direction: Direction): RateMinute[] => minutesOf(spec[direction] ?? {}, spec.throttledOn ?? []);
      return [hourKey(spec.tenantId, spec.clusterId ?? "c1"), { minutes: { produce: minutes("produce"), consume: minutes("consume") } }];
    }),
  );
}

const MINUTES = 60;

function minutesOf(rates: Rates, throttledOn: readonly number[]): RateMinute[] {
  const brokers = Object.entries(rates);
  if (brokers.length === 0) return [];
  const count = Math.max(...brokers.map(([, rate]) => (typeof rate === "number" ? MINUTES : rate.length)));
  return Array.from({ length: count }, (_, minute) => ({
    atMs: AT_MS - (count - minute) * 60_000,
    brokers: brokers.map(([id, rate]) => ({
      brokerId: Number(id),
      bytesPerSecond: typeof rate === "number" ? rate : (rate[minute] ?? null),
      throttleMs: throttledOn.includes(Number(id)) ? 400 : 0,
    })),
  }));
}
