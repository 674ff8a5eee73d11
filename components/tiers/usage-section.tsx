"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Distribution } from "@/components/charts/distribution";
import { MetricChart } from "@/components/charts/metric-chart";
import { PartAnswer } from "@/components/tenancy/answered";
import { ExportLink } from "@/components/tenancy/export-link";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { ButtonAnchor } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { DataTable } from "@/components/ui/table";
import { useCarry, useTimeRange } from "@/lib/client/address";
import { monthsCsvPath, usage, usageCsvPath } from "@/lib/client/usage";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { TierUsage, UsageRow, UsageView } from "@/lib/domain/views/usage";
import { usageColumns } from "./usage-columns";

/** How tenants use what their tiers promise: the distribution of each tier, who is near and who uses little, and the trend. */
export function UsageSection({ names }: { names: ReadonlyMap<string, string> }) {
  const [range] = useTimeRange();
  const answer = useQuery(usage(range));
  return (
    <section aria-labelledby="use">
      <SectionHead
        id="use"
        title="Use by tier"
        note="95th percentile over the time range, the worse of produce and consume, by share of the promise; dashed: 100 %"
        actions={
          <>
            {(["this", "last"] as const).map((which) => (
              <ButtonAnchor key={which} kind="quiet" href={monthsCsvPath(which)} download={`contract-and-use-${which}-month.csv`}>
                Contract and use, {which} month
              </ButtonAnchor>
            ))}
            <ExportLink href={usageCsvPath(range)} file="usage" />
          </>
        }
      />
      <PartAnswer answer={answer} failed="The use could not be loaded" waiting={<Skeleton height={160} />}>
        {(view) => <Use view={view} names={names} />}
      </PartAnswer>
    </section>
  );
}

function Use({ view, names }: { view: UsageView; names: ReadonlyMap<string, string> }) {
  const shown = view.tiers.filter(({ tenants }) => tenants > 0);
  const lines = useMemo(
    () => shown.map(({ tierId, produce }) => ({ key: tierId, name: names.get(tierId) ?? tierId, values: produce })),
    [shown, names],
  );
  if (shown.length === 0) return <p className="tone-muted">No tenant is on a tier yet.</p>;
  return (
    <>
      <ul className="distributions">
        {shown.map((tier) => (
          <li key={tier.tierId}>
            <TierShape tier={tier} name={names.get(tier.tierId) ?? tier.tierId} />
          </li>
        ))}
      </ul>
      <MetricChart
        title="Produce rate by tier"
        kind="rate"
        times={view.times}
        lines={lines}
        palette={lines.map(({ key }) => key)}
        nothing="Nothing is kept of this time yet."
      />
      <Moves moves={view.moves} names={names} />
      <Rows title="Near their promise" rows={view.near} names={names} empty="No tenant uses 80 % or more of its promise." />
      <Rows title="Under-used" rows={view.underUsed} names={names} empty="No tenant uses less than 15 % of its promise." />
    </>
  );
}

function Moves({ moves, names }: Pick<UsageView, "moves"> & { names: ReadonlyMap<string, string> }) {
  if (moves.length === 0) return <p className="tone-muted">No tenant was moved to another tier through the console in this time.</p>;
  const name = (tierId: string) => names.get(tierId) ?? tierId;
  const words = moves.map(({ from, to, tenants }) => `${formatCountOf(tenants, "tenant")} from ${name(from)} to ${name(to)}`);
  return (
    <p className="tone-muted">
      Moved in this time: <bdi>{words.join("; ")}</bdi>.
    </p>
  );
}

function TierShape({ tier: { bins, tenants, known, near, underUsed }, name }: { tier: TierUsage; name: string }) {
  const words = `${formatCountOf(near, "tenant")} near the promise, ${formatCount(underUsed)} below 15 %`;
  const unknown = tenants - known;
  return (
    <>
      <p>
        <bdi>{name}</bdi> <span className="tone-muted">{formatCountOf(tenants, "tenant")}</span>
      </p>
      <Distribution bins={bins} label={`${name}: ${words}, of ${known} whose use is known`} />
      <p className="tone-muted">
        {words}
        {unknown === 0 ? "" : `; of ${formatCount(unknown)} the use is not known`}
      </p>
    </>
  );
}

interface RowsProps {
  title: string;
  rows: readonly UsageRow[];
  names: ReadonlyMap<string, string>;
  empty: string;
}

function Rows({ title, rows, names, empty }: RowsProps) {
  const carry = useCarry();
  // Pages of tenants are not for everybody who sees their use.
  const mayLook = useMayPlan();
  const columns = useMemo(
    () => [
      ...usageColumns(names).slice(0, 1),
      { key: "tier", head: "Tier", cell: ({ tierId }: UsageRow) => <bdi>{names.get(tierId) ?? tierId}</bdi> },
      ...usageColumns(names).slice(1),
    ],
    [names],
  );
  return (
    <>
      <SectionHead title={title} note={rows.length === 0 ? null : formatCountOf(rows.length, "tenant shown", "tenants shown")} />
      {rows.length === 0 ? (
        <p className="tone-muted">{empty}</p>
      ) : (
        <DataTable
          caption={title}
          className="tall"
          columns={columns}
          rows={rows}
          rowKey={({ tenantId }) => tenantId}
          {...(mayLook ? { rowHref: ({ tenantId }: UsageRow) => carry(paths.tenant(tenantId)) } : {})}
        />
      )}
    </>
  );
}
