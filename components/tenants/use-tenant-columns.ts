"use client";

import { useMemo } from "react";
import { rateUnitFor } from "@/components/tenancy/quota-words";
import { useCarry } from "@/lib/client/address";
import { presetWords, RANGE_PRESETS } from "@/lib/client/history-range";
import type { ShownTenant } from "@/lib/domain/listed-tenants";
import type { TenantPage } from "@/lib/domain/views/tenants";
import { type TenantColumn, tenantColumns } from "./tenant-columns";

/** The columns for what is loaded: their unit follows the largest rate, so that the figures stay short. */
export function useTenantColumns(
  rows: readonly ShownTenant[],
  tiers: TenantPage["tiers"] | undefined,
  spark: string,
  hidden: readonly string[],
): TenantColumn[] {
  const carry = useCarry();
  const produceUnit = rateUnitFor(rows.flatMap((row) => [row.produce.bytesPerSecond, row.produce.worstBytesPerSecond]));
  const consumeUnit = rateUnitFor(rows.flatMap((row) => [row.consume.bytesPerSecond, row.consume.worstBytesPerSecond]));
  return useMemo(() => {
    const preset = RANGE_PRESETS.find((each) => each === spark);
    const range = preset === undefined ? spark : presetWords(preset);
    const tierNames = new Map(tiers?.map((tier) => [tier.id, tier.name]));
    return tenantColumns({ produceUnit, consumeUnit, range, tierNames, carry }).filter((column) => !hidden.includes(column.key));
  }, [produceUnit, consumeUnit, spark, tiers, carry, hidden]);
}
