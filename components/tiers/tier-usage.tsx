"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { ExportLink } from "@/components/tenancy/export-link";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { useCarry, useTimeRange } from "@/lib/client/address";
import { tierUsage, tierUsageCsvPath } from "@/lib/client/usage";
import { formatCount, formatPercent } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { TierUsageView, UsageRow } from "@/lib/domain/views/usage";
import { usageColumns } from "./usage-columns";

/** A tier's tenants with their use, and what they would use of another tier: nothing is written. */
export function TierUsageSection({ tierId }: { tierId: string }) {
  const [range] = useTimeRange();
  const { data, error, refetch } = useQuery(tierUsage(tierId, range));
  const [other, setOther] = useState("");
  const names = useMemo(() => new Map((data?.tiers ?? []).map(({ id, name }) => [id, name])), [data]);
  const columns = useMemo(() => columnsOf(names, other, data?.stepMs ?? 0), [names, other, data?.stepMs]);
  return (
    <section aria-labelledby="use">
      <SectionHead
        id="use"
        title="Use of the promise"
        note={noteOf(data)}
        actions={
          <>
            {data === undefined ? null : <WhatIf tiers={data.tiers.filter(({ id }) => id !== tierId)} value={other} onChange={setOther} />}
            <ExportLink href={tierUsageCsvPath(tierId, range)} file={`usage-${tierId}`} />
          </>
        }
      />
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          The use could not be loaded: {error.message}
        </Notice>
      )}
      {data === undefined ? error === null ? <TableSkeleton columns={columns} what="use" /> : null : <Rows view={data} columns={columns} />}
    </section>
  );
}

function noteOf(view: TierUsageView | undefined): string | null {
  if (view === undefined) return null;
  const cut = view.rows.length < view.total ? `the first ${formatCount(view.rows.length)} of ${formatCount(view.total)}, ` : "";
  return `${cut}95th percentile over the time range, the worse direction`;
}

function WhatIf({ tiers, value, onChange }: { tiers: TierUsageView["tiers"]; value: string; onChange: (tierId: string) => void }) {
  return (
    <label className="what-if">
      What if they were on
      <select className="select" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">their own tier</option>
        {tiers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Rows({ view, columns }: { view: TierUsageView; columns: readonly Column<UsageRow>[] }) {
  const carry = useCarry();
  if (view.rows.length === 0) return <p className="tone-muted">No tenant is on this tier.</p>;
  return (
    <DataTable
      caption="Use of the promise"
      className="tall"
      columns={columns}
      rows={view.rows}
      rowKey={({ tenantId }) => tenantId}
      rowHref={({ tenantId }) => carry(paths.tenant(tenantId))}
    />
  );
}

function columnsOf(names: ReadonlyMap<string, string>, other: string, stepMs: number): Column<UsageRow>[] {
  const own = usageColumns(names);
  if (other === "") return own;
  const optionOf = ({ options }: UsageRow) => options.find(({ tierId }) => tierId === other);
  const name = names.get(other) ?? other;
  return [
    ...own,
    {
      key: "there",
      head: `Of ${name}`,
      align: "right",
      cell: (row) => {
        const share = optionOf(row)?.share ?? null;
        return share === null ? <span className="tone-faint">unknown</span> : formatPercent(share);
      },
    },
    {
      key: "above",
      head: `Above ${name}`,
      align: "right",
      cell: (row) => {
        const steps = optionOf(row)?.stepsAbove ?? null;
        return steps === null ? <span className="tone-faint">unknown</span> : `${formatCount((steps * stepMs) / 60_000)} min`;
      },
    },
    {
      key: "money",
      head: "Price difference",
      align: "right",
      cell: (row) => {
        const there = optionOf(row)?.pricePerMonth ?? null;
        if (there === null || row.pricePerMonth === null) return <span className="tone-faint">no price</span>;
        const difference = there - row.pricePerMonth;
        return difference === 0 ? "0" : `${difference > 0 ? "+" : "−"}${formatCount(Math.abs(difference))}`;
      },
    },
  ];
}
