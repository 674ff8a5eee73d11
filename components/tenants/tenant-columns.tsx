import { Attention } from "@/components/tenancy/attention";
import { LagValue } from "@/components/tenancy/lag-value";
import { ModelWord } from "@/components/tenancy/model-word";
import { QuotaCell } from "@/components/tenancy/quota-cell";
import { Clipped } from "@/components/ui/clipped";
import { Sparkline } from "@/components/ui/sparkline";
import type { Column } from "@/components/ui/table";
import type { TenantSort } from "@/lib/client/tenants";
import { formatBytes, type RateUnit } from "@/lib/domain/format";
import type { ShownTenant } from "@/lib/domain/listed-tenants";
import { paths } from "@/lib/domain/paths";
import type { RowUse } from "@/lib/domain/views/use";

export type TenantColumn = Column<ShownTenant, TenantSort>;

export interface TenantColumnSetting {
  produceUnit: RateUnit;
  consumeUnit: RateUnit;
  /** Words of the sparkline's time range. */
  range: string;
  tierNames: ReadonlyMap<string, string>;
  carry: (href: string) => string;
}

function Storage({ row }: { row: ShownTenant }) {
  if (row.storageNote === "shared") return <span className="tone-faint">shared</span>;
  if (row.storageBytes === null) return <span className="tone-faint">unknown</span>;
  return (
    <span title={`${row.storageBytes.toLocaleString("en-US")} bytes, one copy`}>
      {row.storageNote === "atLeast" ? "≥" : ""}
      {formatBytes(row.storageBytes)}
    </span>
  );
}

function Spark({ row, range }: { row: ShownTenant; range: string }) {
  if (!row.spark?.some((value) => value !== null)) return <span className="tone-faint">no data</span>;
  return <Sparkline values={row.spark} label={`Produce over ${range}`} />;
}

/** Where no tenant of a pool can be told apart, the same few words in every row say it. */
function shortReasonOf(row: ShownTenant, use: RowUse): string | undefined {
  return row.model === "pool" && use.source === "unavailable" ? "shared topics" : undefined;
}

function Name({ row }: { row: ShownTenant }) {
  return <Clipped text={row.name} />;
}

/** Columns that can be put away; the name and what is wrong always stay. */
export const OPTIONAL_COLUMNS: Record<string, string> = {
  tier: "Tier",
  model: "Model",
  produce: "Produce",
  consume: "Consume",
  lag: "Lag",
  storage: "Storage",
  spark: "Sparkline",
};

/** The columns of the tenants list. Widths are of a page of 1,200 px, boxes included, and share what there is. */
export function tenantColumns({ produceUnit, consumeUnit, range, tierNames, carry }: TenantColumnSetting): TenantColumn[] {
  const tenantHref = (row: ShownTenant): string => carry(paths.tenant(row.id));
  return [
    { key: "name", head: "Tenant", sort: "name", width: 134, className: "name", cell: (row) => <Name row={row} /> },
    {
      key: "attention",
      head: "Attention",
      sort: "attention",
      firstOrder: "desc",
      width: 146,
      className: "why",
      cell: (row) => <Attention attention={row.attention} />,
    },
    {
      key: "tier",
      head: "Tier",
      sort: "tier",
      width: 68,
      className: "tier leaves-third",
      cell: (row) => tierNames.get(row.tier) ?? row.tier,
    },
    {
      key: "model",
      head: "Model",
      sort: "model",
      width: 80,
      className: "model-cell",
      cell: (row) => <ModelWord model={row.model} {...(row.models ? { models: row.models } : {})} />,
    },
    {
      key: "produce",
      head: `Produce: of quota, ${produceUnit} · broker`,
      sort: "produce",
      firstOrder: "desc",
      width: 230,
      className: "in",
      cell: (row) => (
        <QuotaCell
          tenantId={row.id}
          href={tenantHref(row)}
          direction="produce"
          use={row.produce}
          unit={produceUnit}
          short={shortReasonOf(row, row.produce)}
        />
      ),
    },
    {
      key: "consume",
      head: `Consume: of quota, ${consumeUnit} · broker`,
      sort: "consume",
      firstOrder: "desc",
      width: 230,
      className: "out",
      cell: (row) => (
        <QuotaCell
          tenantId={row.id}
          href={tenantHref(row)}
          direction="consume"
          use={row.consume}
          unit={consumeUnit}
          short={shortReasonOf(row, row.consume)}
        />
      ),
    },
    {
      key: "lag",
      head: "Lag, worst",
      sort: "lag",
      align: "right",
      width: 94,
      className: "lag-cell",
      cell: (row) => <LagValue lag={row.lag} />,
    },
    {
      key: "storage",
      head: "Storage",
      sort: "storage",
      align: "right",
      width: 82,
      className: "storage leaves-second",
      cell: (row) => <Storage row={row} />,
    },
    {
      key: "spark",
      head: `Produce, ${range}`,
      width: 100,
      className: "spark-cell leaves-first",
      cell: (row) => <Spark row={row} range={range} />,
    },
  ];
}
