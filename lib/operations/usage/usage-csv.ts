import type { FleetSnapshot } from "@/lib/domain/fleet";
import { type UsageOf, usageRow } from "@/lib/domain/usage/usage-rows";
import type { Csv, CsvValue } from "@/lib/operations/define";

const HEAD = [
  "tenant",
  "name",
  "tier",
  "use_of_promise_p95",
  "direction",
  "produce_p95_bytes_per_second",
  "consume_p95_bytes_per_second",
  "growth_per_month_share_of_promise",
  "growth_error_95",
  "reaches_promise",
  "reaches_earliest",
  "reaches_latest",
  "suggested_tier",
  "suggestion_reason",
  "price_difference_per_month",
  "cost_usd_per_month",
  "cost_at_least",
  "price_per_month",
];

/** Everybody's use, one line each. */
export function usageCsv(filename: string, fleet: FleetSnapshot, all: readonly UsageOf[]): Csv {
  return { filename, head: HEAD, rows: rowsOf(fleet, all) };
}

function* rowsOf(fleet: FleetSnapshot, all: readonly UsageOf[]): Generator<CsvValue[]> {
  for (const one of all) {
    const row = usageRow(fleet, one);
    const { growth, reach, suggestion } = row;
    const dates =
      reach.kind === "date" ? [reach.at, reach.earliest, reach.latest] : [reach.kind === "reached" ? "reached" : null, null, null];
    yield [
      row.tenantId,
      row.tenantName,
      row.tierId,
      row.share,
      row.direction,
      row.produceBytesPerSecond,
      row.consumeBytesPerSecond,
      growth?.perMonth ?? null,
      growth?.error ?? null,
      ...dates,
      suggestion.tierId,
      suggestion.reason,
      suggestion.perMonth,
      row.costPerMonth,
      row.costPerMonth === null ? null : row.costAtLeast,
      row.pricePerMonth,
    ];
  }
}
