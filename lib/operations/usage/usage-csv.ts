import type { Tier } from "@/lib/domain/tier";
import { type UsageOf, usageRow } from "@/lib/domain/usage/usage-rows";
import type { MinutesOverView, UsageRow } from "@/lib/domain/views/usage";
import type { Context } from "@/lib/operations/context";
import type { Csv, CsvValue } from "@/lib/operations/define";
import { minutesOver, withMinutesOver } from "./with-minutes-over";

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
  "above_suggested_lower_tier_in_90_days_at_least_minutes",
  "above_suggested_lower_tier_in_90_days_at_most_minutes",
  "seen_in_90_days_minutes",
];
/** Of a tier that is asked about. */
const OTHER_HEAD = [
  "other_tier",
  "above_other_tier_in_90_days_at_least_minutes",
  "above_other_tier_in_90_days_at_most_minutes",
  "seen_in_90_days_of_other_tier_minutes",
];

/** Everybody's use, one line each; with another tier that is asked about, each held against what that one promises. */
export async function usageCsv(context: Context, filename: string, all: readonly UsageOf[], other?: Tier): Promise<Csv> {
  const fleet = context.fleet();
  const rows = await withMinutesOver(
    context,
    all.map((one) => usageRow(fleet, one)),
  );
  if (other === undefined) return { filename, head: HEAD, rows: rowsOf(rows, () => []) };
  const over = await minutesOver(
    context,
    rows.map(({ tenantId }) => ({ tenantId, tier: other })),
  );
  const more = ({ tenantId }: UsageRow): CsvValue[] => [other.id, ...minutes(over.get(tenantId))];
  return { filename, head: [...HEAD, ...OTHER_HEAD], rows: rowsOf(rows, more) };
}

/** Empty: nothing is kept of it, or no lower tier is suggested. */
function minutes(over: MinutesOverView | null | undefined): CsvValue[] {
  return [over?.atLeast ?? null, over?.atMost ?? null, over?.minutesSeen ?? null];
}

function* rowsOf(rows: readonly UsageRow[], more: (row: UsageRow) => CsvValue[]): Generator<CsvValue[]> {
  for (const row of rows) {
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
      ...minutes(suggestion.over),
      ...more(row),
    ];
  }
}
