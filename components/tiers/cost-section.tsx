"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { PartAnswer } from "@/components/tenancy/answered";
import { CostTable, Unpriced } from "@/components/tenancy/cost-table";
import { COST_WORDS } from "@/components/tenancy/cost-words";
import { ExportLink } from "@/components/tenancy/export-link";
import { ObservedValue } from "@/components/tenancy/source-mark";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { ButtonLink } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { useCarry } from "@/lib/client/address";
import { costCsvPath, fleetCost } from "@/lib/client/cost";
import { COST_KINDS, type CostKind } from "@/lib/domain/cost/cost";
import { formatDollars } from "@/lib/domain/cost/cost-words";
import { formatCount, formatPercent } from "@/lib/domain/format";
import type { Observed } from "@/lib/domain/observed";
import { paths } from "@/lib/domain/paths";
import type { CostLineView, FleetCostView } from "@/lib/domain/views/cost";

interface Row {
  key: string;
  name: string;
  byKind: Partial<Record<CostKind, number>>;
  whole: Observed<number>;
  /** What its tenants' tiers are sold for; null: no price. */
  revenue: number | null;
  lines: readonly CostLineView[] | null;
}

const UNSHARED_WORDS: Record<FleetCostView["unshared"][number]["holder"], string> = {
  shared: "Pools, not told apart by tenant",
  others: "Topics of no tenant",
  idle: "Idle capacity",
  rest: "The rest, of no tenant in particular",
};

/** What the fleet costs, by tier and cause; what no tenant is given stands below in lines of its own, and all of it adds up. */
export function CostSection({ names }: { names: ReadonlyMap<string, string> }) {
  const answer = useQuery(fleetCost());
  const { data } = answer;
  const carry = useCarry();
  const [opened, setOpened] = useState<string | null>(null);
  const rows = data === undefined ? [] : rowsOf(data, names);
  const open = rows.find(({ key }) => key === opened);
  return (
    <section aria-labelledby="cost">
      <SectionHead
        id="cost"
        title="What the cost is made of"
        note={data === undefined ? null : `a month at the use of now, US dollars; AWS's figures are those of ${data.asOf}`}
        actions={
          <>
            <ButtonLink kind="quiet" href={carry(paths.prices())}>
              Prices
            </ButtonLink>
            <ExportLink href={costCsvPath} file="cost" />
          </>
        }
      />
      <PartAnswer
        answer={answer}
        failed="The cost could not be loaded"
        waiting={<TableSkeleton columns={columnsOf([], setOpened)} what="costs" />}
      >
        {({ silos, unpriced }) => (
          <>
            <DataTable
              caption="Cost by tier and cause"
              columns={columnsOf(kindsOf(rows), setOpened)}
              rows={rows}
              rowKey={({ key }) => key}
            />
            {open?.lines == null ? null : <CostTable caption={open.name} lines={open.lines} />}
            <Silos silos={silos} />
            <Unpriced unpriced={unpriced} />
          </>
        )}
      </PartAnswer>
    </section>
  );
}

/** The main drawback of a silo is to be larger than its tenant needs. */
function Silos({ silos }: Pick<FleetCostView, "silos">) {
  const carry = useCarry();
  const mayLook = useMayPlan();
  if (silos.length === 0) return null;
  return (
    <div className="cost-missing">
      <h3>Silos against the size that would do</h3>
      <ul>
        {silos.map(({ clusterId, verdict, sentence }) => (
          <li key={clusterId}>
            {verdict === "over" ? <State tone="warn">Over-provisioned</State> : null} <bdi>{sentence}</bdi>{" "}
            {mayLook ? (
              <Link className="link" prefetch={false} href={carry(paths.cluster(clusterId))}>
                Cluster
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Prices of tiers are taken to be in the dollars of the cost. What the cost leaves out makes it "at most". */
function Margin({ whole, revenue }: Pick<Row, "whole" | "revenue">) {
  if (revenue === null || revenue === 0 || whole.source === "unavailable") return <span className="tone-faint">not known</span>;
  const margin = 1 - whole.value / revenue;
  return (
    <span className={margin < 0 ? "tone-warn" : undefined}>
      {whole.atLeast ? "≤ " : ""}
      {margin < 0 ? "−" : ""}
      {formatPercent(Math.abs(margin))}
    </span>
  );
}

function rowsOf({ tiers, unshared, perMonth }: FleetCostView, names: ReadonlyMap<string, string>): Row[] {
  const at = perMonth.at;
  const sold = tiers.map(({ revenue }) => revenue).filter((revenue) => revenue !== null);
  const total: Partial<Record<CostKind, number>> = {};
  for (const { byKind } of [...tiers, ...unshared]) {
    for (const [kind, dollars] of Object.entries(byKind) as [CostKind, number][]) total[kind] = (total[kind] ?? 0) + dollars;
  }
  return [
    ...tiers
      .filter(({ tenants }) => tenants > 0)
      .map(({ tierId, byKind, perMonth: whole, revenue, lines }) => ({
        key: tierId,
        name: names.get(tierId) ?? tierId,
        byKind,
        whole,
        revenue,
        lines: lines.length === 0 ? null : lines,
      })),
    ...unshared
      .filter(({ dollars }) => dollars > 0)
      .map(({ holder, byKind, dollars, lines }) => ({
        key: `unshared ${holder}`,
        name: UNSHARED_WORDS[holder],
        byKind,
        whole: { source: "derived" as const, value: dollars, at },
        revenue: null,
        lines,
      })),
    {
      key: "all",
      name: "All",
      byKind: total,
      whole: perMonth,
      revenue: sold.length === 0 ? null : sold.reduce((sum, one) => sum + one, 0),
      lines: null,
    },
  ];
}

function kindsOf(rows: readonly Row[]): CostKind[] {
  return COST_KINDS.filter((kind) => rows.some(({ byKind }) => byKind[kind] !== undefined));
}

function columnsOf(kinds: readonly CostKind[], open: (key: string) => void): Column<Row>[] {
  return [
    {
      key: "name",
      head: "Tier or cause",
      className: "name",
      cell: ({ key, name, lines }) =>
        lines === null ? (
          <bdi>{name}</bdi>
        ) : (
          <button type="button" className="link" onClick={() => open(key)}>
            <bdi>{name}</bdi>
          </button>
        ),
    },
    ...kinds.map(
      (kind): Column<Row> => ({
        key: kind,
        head: COST_WORDS[kind],
        align: "right",
        cell: ({ byKind }) => (byKind[kind] === undefined ? <span className="tone-faint">none</span> : formatDollars(byKind[kind])),
      }),
    ),
    { key: "whole", head: "All", align: "right", cell: ({ whole }) => <ObservedValue observed={whole} format={formatDollars} /> },
    {
      key: "revenue",
      head: "Sold for",
      align: "right",
      cell: ({ revenue }) => (revenue === null ? <span className="tone-faint">no price</span> : formatCount(revenue)),
    },
    { key: "margin", head: "Margin", align: "right", cell: ({ whole, revenue }) => <Margin whole={whole} revenue={revenue} /> },
  ];
}
