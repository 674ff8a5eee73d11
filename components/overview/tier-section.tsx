"use client";

import { ObservedValue } from "@/components/tenancy/source-mark";
import { Command } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { type Column, DataTable } from "@/components/ui/table";
import { useCarry } from "@/lib/client/address";
import { formatByteRate, formatCount } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { ModelCounts, Overview, OverviewTier } from "@/lib/domain/views/overview";

const MODELS: { key: keyof ModelCounts; head: string; always: boolean }[] = [
  { key: "pool", head: "Pool", always: true },
  { key: "bridge", head: "Bridge", always: true },
  { key: "silo", head: "Silo", always: true },
  { key: "mixed", head: "Mixed", always: false },
  { key: "unplaced", head: "Unplaced", always: false },
];

function Count({ value, tone }: { value: number; tone?: "warn" }) {
  if (value === 0) return <span className="tone-faint zero">0</span>;
  return <span className={tone === undefined ? undefined : `tone-${tone}`}>{formatCount(value)}</span>;
}

/** A model that nobody has takes no column, but for the three that a platform chooses from. */
function columnsFor(models: ModelCounts): Column<OverviewTier>[] {
  const counts = MODELS.filter(({ key, always }) => always || models[key] > 0).map(
    ({ key, head }): Column<OverviewTier> => ({ key, head, align: "right", cell: (tier) => <Count value={tier.models[key]} /> }),
  );
  return [
    { key: "tier", head: "Tier", className: "name", cell: ({ name }) => <bdi>{name}</bdi> },
    ...counts,
    {
      key: "promised",
      head: "Promised",
      align: "right",
      cell: ({ promisedProduceBytesPerSecond: promised }) =>
        promised === null ? <span className="tone-faint">nothing</span> : formatByteRate(promised),
    },
    {
      key: "produce",
      head: "Produce",
      align: "right",
      cell: (tier) =>
        tier.tenants === 0 ? (
          <span className="tone-faint">–</span>
        ) : (
          <ObservedValue observed={tier.produceBytesPerSecond} format={formatByteRate} />
        ),
    },
    { key: "attention", head: "Need attention", align: "right", cell: ({ needAttention }) => <Count value={needAttention} tone="warn" /> },
  ];
}

/** Tenants by what was promised to them and by isolation model; a tenant of several models is counted once, as mixed. */
export function TierSection({ overview }: { overview: Overview }) {
  const { tiers, tenants } = overview;
  const carry = useCarry();
  return (
    <section aria-labelledby="tiers">
      <SectionHead id="tiers" title="Tenants by tier and model" />
      {tenants.total === 0 ? (
        <EmptyState title="No tenants yet" next={<Command line="npm run import -- tenants.yaml" />}>
          The console does not guess who your customers are. Declare them with their tiers and what is theirs in a file, and import it.
        </EmptyState>
      ) : (
        <DataTable
          caption="Tenants by tier and isolation model"
          columns={columnsFor(tenants.models)}
          rows={tiers}
          rowKey={({ id }) => id}
          rowHref={({ id }) => carry(paths.tenants({ q: `tier:${id}` }))}
        />
      )}
    </section>
  );
}
