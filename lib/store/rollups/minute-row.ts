import type { rollupMinutes } from "@/lib/store/schema";
import type { JsonRow } from "@/lib/store/sql/upsert-rows";
import { brokersOf, packBrokers } from "./brokers";
import { packFlags } from "./flags";
import type { TenantMinute } from "./types";

export function toMinuteRow(seriesId: number, minute: number, seen: TenantMinute): JsonRow<typeof rollupMinutes> {
  const { produce, consume, lag } = seen;
  const brokerIds = brokersOf(seen);
  const produced = packBrokers(produce, brokerIds);
  const consumed = packBrokers(consume, brokerIds);
  return {
    seriesId,
    minute,
    brokerIds: brokerIds.length === 0 ? null : brokerIds,
    produceBytesPerSecond: produce?.bytesPerSecond ?? null,
    produceFlags: produce === null ? null : packFlags(produce),
    produceQuotaUse: produce?.quotaUse ?? null,
    produceWorstBrokerId: produce?.worstBrokerId ?? null,
    produceRates: produced.rates,
    produceQuotas: produced.quotas,
    produceThrottleMs: produced.throttleMs,
    consumeBytesPerSecond: consume?.bytesPerSecond ?? null,
    consumeFlags: consume === null ? null : packFlags(consume),
    consumeQuotaUse: consume?.quotaUse ?? null,
    consumeWorstBrokerId: consume?.worstBrokerId ?? null,
    consumeRates: consumed.rates,
    consumeQuotas: consumed.quotas,
    consumeThrottleMs: consumed.throttleMs,
    lagRecords: lag?.records ?? null,
    lagMs: lag?.timeMs ?? null,
    lagMissed: lag === null || lag.objectiveMissed === null ? null : Number(lag.objectiveMissed),
    storageBytes: seen.storageBytes,
  };
}
