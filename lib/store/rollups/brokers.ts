import type { BrokerMinute, DirectionMinute, TenantMinute } from "./types";

type Numbers = (number | null)[];

/** One direction's arrays as the columns keep them, aligned with the row's broker ids. */
export interface BrokerArrays {
  rates: Numbers | null;
  quotas: Numbers | null;
  throttleMs: Numbers | null;
}

/** Every broker that either direction names, in order. */
export function brokersOf(seen: TenantMinute): number[] {
  const ids = new Set([...(seen.produce?.brokers ?? []), ...(seen.consume?.brokers ?? [])].map((broker) => broker.brokerId));
  return [...ids].sort((a, b) => a - b);
}

export function packBrokers(seen: DirectionMinute | null, brokerIds: readonly number[]): BrokerArrays {
  const byId = new Map((seen?.brokers ?? []).map((broker) => [broker.brokerId, broker]));
  const column = (pick: (broker: BrokerMinute) => number | null) =>
    packUniform(
      brokerIds.map((id) => {
        const broker = byId.get(id);
        return broker === undefined ? null : pick(broker);
      }),
    );
  return {
    rates: column((broker) => broker.bytesPerSecond),
    quotas: column((broker) => broker.quotaBytesPerSecond),
    throttleMs: column((broker) => broker.throttleMs),
  };
}

/** The brokers of which anything was known. */
export function unpackBrokers(brokerIds: readonly number[], { rates, quotas, throttleMs }: BrokerArrays): BrokerMinute[] {
  const brokers = brokerIds.map((brokerId, index) => ({
    brokerId,
    bytesPerSecond: at(rates, index),
    quotaBytesPerSecond: at(quotas, index),
    throttleMs: at(throttleMs, index),
  }));
  return brokers.filter((one) => one.bytesPerSecond !== null || one.quotaBytesPerSecond !== null || one.throttleMs !== null);
}

/** Quotas and throttle times are mostly the same on every broker: then one element stands for all, and none known is null. */
function packUniform(values: Numbers): Numbers | null {
  const [first] = values;
  if (first === undefined || values.every((value) => value === null)) return null;
  return values.every((value) => value === first) ? [first] : values;
}

function at(values: Numbers | null, index: number): number | null {
  if (values === null) return null;
  return (values.length === 1 ? values[0] : values[index]) ?? null;
}
