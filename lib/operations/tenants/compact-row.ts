import type { TenantRow } from "@/lib/domain/views/tenants";
import type { RowUse } from "@/lib/domain/views/use";

/** More digits than anybody reads in a list, and half the bytes of what a division gives. */
const DIGITS = 5;

function round<T extends number | null>(value: T): T {
  return (value === null ? null : Number(value.toPrecision(DIGITS))) as T;
}

function roundUse(use: RowUse): RowUse {
  return {
    ...use,
    bytesPerSecond: round(use.bytesPerSecond),
    share: round(use.share),
    worstBytesPerSecond: round(use.worstBytesPerSecond),
    throttleMs: round(use.throttleMs),
    promiseShare: round(use.promiseShare),
  };
}

/** A row as a list sends it: measured numbers with the digits that count. The page of the tenant and the CSV have all of them. */
export function compactRow(row: TenantRow, spark: readonly (number | null)[] | undefined): TenantRow {
  const { produce, consume, lag } = row;
  const compact = {
    ...row,
    produce: roundUse(produce),
    consume: roundUse(consume),
    lag: { ...lag, timeBehindMs: round(lag.timeBehindMs) },
  };
  return spark === undefined ? compact : { ...compact, spark: [...spark] };
}
