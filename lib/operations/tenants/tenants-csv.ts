import type { TenantRow } from "@/lib/domain/views/tenants";
import type { RowUse } from "@/lib/domain/views/use";
import type { Csv, CsvValue } from "@/lib/operations/define";

const USE_HEADS = [
  "state",
  "bytes/s",
  "source",
  "quota use on the worst broker, share",
  "worst broker, bytes/s",
  "worst broker",
  "throttle, ms",
  "promise use, share",
  "reason",
];

const HEAD = [
  "tenant",
  "name",
  "tier",
  "model",
  "models",
  "attention",
  "attention, what",
  ...USE_HEADS.map((head) => `produce, ${head}`),
  ...USE_HEADS.map((head) => `consume, ${head}`),
  "lag, state",
  "lag, cluster",
  "lag, group",
  "lag, records",
  "lag, ms",
  "lag, at least",
  "lag, reason",
  "storage of one copy, bytes",
  "storage, note",
];

export function tenantsCsv(rows: Iterable<TenantRow>): Csv {
  return { filename: "tenants", head: HEAD, rows: cells(rows) };
}

function* cells(rows: Iterable<TenantRow>): Generator<CsvValue[]> {
  for (const { id, name, tier, model, models, attention, produce, consume, lag, storageBytes, storageNote } of rows) {
    yield [
      id,
      name,
      tier,
      model,
      models?.join(" ") ?? null,
      attention?.severity ?? null,
      attention?.label ?? null,
      ...cellsOfUse(produce),
      ...cellsOfUse(consume),
      lag.state,
      lag.clusterId,
      lag.groupId,
      lag.recordsBehind,
      lag.timeBehindMs,
      atLeastOf(lag),
      lag.reason,
      storageBytes,
      storageNote ?? null,
    ];
  }
}

/** Which of its numbers the truth may be above. */
function atLeastOf({ recordsAtLeast, timeAtLeast }: TenantRow["lag"]): CsvValue {
  const named = [recordsAtLeast ? "records" : null, timeAtLeast ? "ms" : null].filter((name) => name !== null);
  return named.length === 0 ? null : named.join(" ");
}

function cellsOfUse(use: RowUse): CsvValue[] {
  const interval = use.error === undefined ? "" : `, ±${Math.round(use.error * 100)} %`;
  const source = `${use.source}${interval}${use.atLeast ? ", at least" : ""}`;
  return [
    use.state,
    use.bytesPerSecond,
    source,
    use.share,
    use.worstBytesPerSecond,
    use.brokerId,
    use.throttleMs,
    use.promiseShare,
    use.reason ?? null,
  ];
}
