"use client";

import { useQuery } from "@tanstack/react-query";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { type Column, DataTable } from "@/components/ui/table";
import { tenantMonths } from "@/lib/client/usage";
import { formatBytes, formatCount } from "@/lib/domain/format";
import type { MonthView } from "@/lib/domain/views/months";

function Minutes({ value, isBad = false }: { value: number | null | undefined; isBad?: boolean }) {
  if (value == null) return <span className="tone-faint">not known</span>;
  return <span className={isBad && value > 0 ? "tone-danger" : undefined}>{formatCount(value)}</span>;
}

function Bytes({ value }: { value: number | null | undefined }) {
  return value == null ? <span className="tone-faint">not known</span> : formatBytes(value);
}

function corrections({ entries }: MonthView): string | undefined {
  const told = entries.slice(1).map(({ actor, reason, at }) => `${at.slice(0, 10)} ${actor ?? ""}: ${reason ?? ""}`);
  return told.length === 0 ? undefined : told.join("\n");
}

const COLUMNS: readonly Column<MonthView>[] = [
  {
    key: "month",
    head: "Month, UTC",
    className: "name",
    cell: (row) => (
      <span title={corrections(row)}>
        {row.month} <span className="tone-faint">{row.closed ? (row.entries.length > 1 ? "corrected" : "closed") : "running"}</span>
      </span>
    ),
  },
  { key: "seen", head: "Minutes seen", align: "right", cell: ({ use }) => <Minutes value={use?.minutesSeen} /> },
  { key: "above", head: "Above promise", align: "right", cell: ({ use }) => <Minutes value={use?.minutesAbovePromise} /> },
  { key: "throttled", head: "Throttled above it", align: "right", cell: ({ use }) => <Minutes value={use?.minutesThrottledAbove} /> },
  { key: "below", head: "Throttled below it", align: "right", cell: ({ use }) => <Minutes value={use?.minutesThrottledBelow} isBad /> },
  { key: "lag", head: "Lag objective missed", align: "right", cell: ({ use }) => <Minutes value={use?.minutesLagMissed} /> },
  { key: "produced", head: "Produced", align: "right", cell: ({ use }) => <Bytes value={use?.producedBytes} /> },
  { key: "consumed", head: "Consumed", align: "right", cell: ({ use }) => <Bytes value={use?.consumedBytes} /> },
  { key: "stored", head: "Stored, highest", align: "right", cell: ({ use }) => <Bytes value={use?.storedBytes} /> },
];

/** Contract and use by month: what a bill or a claim is held against. */
export function TenantMonths({ tenantId }: { tenantId: string }) {
  const { data, error, refetch } = useQuery(tenantMonths(tenantId));
  return (
    <section aria-labelledby="months">
      <SectionHead
        id="months"
        title="Contract and use by month"
        note="minutes; while it is throttled its use is cut off, so that it wanted at least as much"
      />
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          The months could not be loaded: {error.message}
        </Notice>
      )}
      {data === undefined ? (
        error === null ? (
          <Skeleton height={64} />
        ) : null
      ) : data.months.length === 0 ? (
        <p className="tone-muted">No hour of it is kept yet.</p>
      ) : (
        <DataTable caption="Contract and use by month" columns={COLUMNS} rows={data.months} rowKey={({ month }) => month} />
      )}
    </section>
  );
}
