import { known, roundForList, tableOf } from "./listed";
import type { ListedTenant, ListedTier, TenantPage, TenantRow } from "./views/tenants";
import type { Direction, ListedUse, RowUse } from "./views/use";

/** The highest digit of a sparkline: its peak. */
const SPARK_PEAK = 35;
const NO_DATA = "-";

/** A row as a list shows it: of the group that is furthest behind the name is enough. */
export type ShownTenant = Omit<TenantRow, "lag"> & { lag: Omit<TenantRow["lag"], "clusterId"> };

/** A page with its rows as a list shows them. */
export type ShownTenants = Omit<TenantPage, "reasons" | "rows"> & { rows: ShownTenant[] };

/** Rows as they are sent: measured numbers with the digits that count, nothing that is not known, and what rows share once. */
export function packTenants(
  rows: readonly TenantRow[],
  tiers: readonly ListedTier[],
  sparkOf: (tenantId: string) => string | undefined,
): Pick<TenantPage, "tiers" | "reasons" | "rows"> {
  const promiseOf = promisesOf(tiers);
  const reasons = tableOf();
  const { indexOf } = reasons;
  const packed = rows.map(({ attention, produce, consume, lag, storageBytes, spark: _, ...row }): ListedTenant => {
    const spark = sparkOf(row.id);
    return {
      ...row,
      ...known({ attention }),
      produce: packUse(produce, promiseOf(row.tier, "produce"), indexOf),
      consume: packUse(consume, promiseOf(row.tier, "consume"), indexOf),
      lag: packLag(lag, indexOf),
      ...known({ storageBytes }),
      ...(spark === undefined ? {} : { spark }),
    };
  });
  return { tiers: [...tiers], reasons: reasons.values(), rows: packed };
}

/** The way back: what is absent is null again, and every row has its reasons. */
export function unpackTenants({ reasons, rows, ...page }: TenantPage): ShownTenants {
  const promiseOf = promisesOf(page.tiers);
  return { ...page, rows: rows.map((row) => unpackTenant(row, promiseOf, reasons)) };
}

/** Rates of a sparkline against their own peak. What is more than nothing never reads as nothing. */
export function packSpark(rates: readonly (number | null)[]): string {
  const peak = rates.reduce<number>((most, rate) => Math.max(most, rate ?? 0), 0);
  const digit = (rate: number) => (rate <= 0 ? 0 : Math.max(1, Math.round((SPARK_PEAK * rate) / peak)));
  return rates.map((rate) => (rate === null ? NO_DATA : digit(rate).toString(36))).join("");
}

function unpackSpark(spark: string): (number | null)[] {
  return Array.from(spark, (digit) => (digit === NO_DATA ? null : (100 * Number.parseInt(digit, 36)) / SPARK_PEAK));
}

type PromiseOf = (tier: string, direction: Direction) => number | null;

function promisesOf(tiers: readonly ListedTier[]): PromiseOf {
  const byId = new Map(tiers.map((tier) => [tier.id, tier]));
  return (tier, direction) => byId.get(tier)?.[`${direction}BytesPerSecond`] ?? null;
}

/** What a row need not say of the promise axis, because its tier says it. */
function shareOfPromise(bytesPerSecond: number | null, promised: number | null): number | null {
  return bytesPerSecond === null || !promised ? null : bytesPerSecond / promised;
}

function packUse(use: RowUse, promised: number | null, indexOf: (reason: string) => number): ListedUse {
  const { state, source, bytesPerSecond, share, worstBytesPerSecond, brokerId, throttleMs, promiseShare, atLeast, error, reason } = use;
  return {
    state,
    ...(source === "measured" ? {} : { source }),
    ...known({
      bytesPerSecond: roundForList(bytesPerSecond),
      share: roundForList(share),
      worstBytesPerSecond: roundForList(worstBytesPerSecond),
      brokerId,
      throttleMs: roundForList(throttleMs),
    }),
    ...(roundForList(promiseShare) === roundForList(shareOfPromise(bytesPerSecond, promised))
      ? {}
      : { promiseShare: roundForList(promiseShare) }),
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(error === undefined ? {} : known({ error: roundForList(error) })),
    ...(reason === undefined ? {} : { reason: indexOf(reason) }),
  };
}

function packLag(
  { state, groupId, recordsBehind, recordsAtLeast, timeBehindMs, timeAtLeast, reason }: ShownTenant["lag"],
  indexOf: (reason: string) => number,
): ListedTenant["lag"] {
  return {
    state,
    ...(recordsAtLeast ? { recordsAtLeast } : {}),
    ...(timeAtLeast ? { timeAtLeast } : {}),
    ...known({ groupId, recordsBehind, timeBehindMs: roundForList(timeBehindMs), reason: reason === null ? null : indexOf(reason) }),
  };
}

function unpackTenant(listed: ListedTenant, promiseOf: PromiseOf, reasons: readonly string[]): ShownTenant {
  const { produce, consume, lag, spark, ...row } = listed;
  const { reason, ...headline } = lag;
  return {
    attention: null,
    storageBytes: null,
    ...row,
    produce: unpackUse(produce, promiseOf(row.tier, "produce"), reasons),
    consume: unpackUse(consume, promiseOf(row.tier, "consume"), reasons),
    lag: { groupId: null, recordsBehind: null, timeBehindMs: null, ...headline, reason: reasonAt(reasons, reason) ?? null },
    ...(spark === undefined ? {} : { spark: unpackSpark(spark) }),
  };
}

function unpackUse({ reason: index, ...use }: ListedUse, promised: number | null, reasons: readonly string[]): RowUse {
  const reason = reasonAt(reasons, index);
  return {
    source: "measured",
    bytesPerSecond: null,
    share: null,
    worstBytesPerSecond: null,
    brokerId: null,
    throttleMs: null,
    promiseShare: shareOfPromise(use.bytesPerSecond ?? null, promised),
    ...use,
    ...(reason === undefined ? {} : { reason }),
  };
}

function reasonAt(reasons: readonly string[], index: number | undefined): string | undefined {
  return index === undefined ? undefined : reasons[index];
}
