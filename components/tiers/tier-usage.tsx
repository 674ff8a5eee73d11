"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { PartAnswer } from "@/components/tenancy/answered";
import { ExportLink } from "@/components/tenancy/export-link";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { useCarry, useTimeRange } from "@/lib/client/address";
import { tierUsage, tierUsageCsvPath } from "@/lib/client/usage";
import { formatCount, formatPercent } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { TierUsageView, UsageRow } from "@/lib/domain/views/usage";
import { Over, usageColumns } from "./usage-columns";

/** A tier's tenants with their use, and what they would use of another tier: nothing is written. */
export function TierUsageSection({ tierId }: { tierId: string }) {
  const [range] = useTimeRange();
  const [other, setOther] = useState("");
  const answer = useQuery(tierUsage(tierId, range, other));
  const { data } = answer;
  const names = useMemo(() => new Map((data?.tiers ?? []).map(({ id, name }) => [id, name])), [data]);
  const columns = useMemo(
    () => columnsOf(names, other, answer.isPlaceholderData || data === undefined ? "waiting" : data.over),
    [names, other, answer.isPlaceholderData, data],
  );
  return (
    <section aria-labelledby="use">
      <SectionHead
        id="use"
        title="Use of the promise"
        note={noteOf(data)}
        actions={
          <>
            {data === undefined ? null : <WhatIf tiers={data.tiers.filter(({ id }) => id !== tierId)} value={other} onChange={setOther} />}
            <ExportLink href={tierUsageCsvPath(tierId, range, other)} file={`usage-${tierId}`} />
          </>
        }
      />
      <PartAnswer answer={answer} failed="The use could not be loaded" waiting={<TableSkeleton columns={columns} what="use" />}>
        {(view) => <Rows view={view} columns={columns} />}
      </PartAnswer>
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
  // Pages of tenants are not for everybody who sees their use.
  const mayLook = useMayPlan();
  if (view.rows.length === 0) return <p className="tone-muted">No tenant is on this tier.</p>;
  return (
    <DataTable
      caption="Use of the promise"
      className="tall"
      columns={columns}
      rows={view.rows}
      rowKey={({ tenantId }) => tenantId}
      {...(mayLook ? { rowHref: ({ tenantId }: UsageRow) => carry(paths.tenant(tenantId)) } : {})}
    />
  );
}

function columnsOf(names: ReadonlyMap<string, string>, other: string, over: TierUsageView["over"] | "waiting"): Column<UsageRow>[] {
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
      head: `Above ${name} in 90 days`,
      align: "right",
      cell: ({ tenantId }) => <Over over={over === "waiting" ? over : (over?.[tenantId] ?? null)} />,
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
