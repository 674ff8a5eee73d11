"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { ExportLink } from "@/components/tenancy/export-link";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { Button } from "@/components/ui/button";
import { MoreRows } from "@/components/ui/more-rows";
import { ErrorState } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { DataTable } from "@/components/ui/table";
import { useSelection } from "@/components/ui/use-selection";
import { type DriftQuery, driftCsvPath, driftList } from "@/lib/client/tiers";
import type { ChangeRequest, TenantScope } from "@/lib/domain/change/request";
import { formatCount } from "@/lib/domain/format";
import type { DriftRow } from "@/lib/domain/views/tiers";
import { ChangeDialog } from "./change-dialog";
import { driftColumns } from "./drift-columns";
import { allDrift, chosenDrift, type DriftWay, ITEMS_MAX } from "./drift-requests";

interface DriftSectionProps {
  query: DriftQuery;
  /** What "all" means here, for a request. */
  scope: TenantScope;
  /** Whether rows say whose they are. */
  withTenant: boolean;
  title?: string;
  /** Shown where nothing differs. */
  empty: ReactNode;
}

const TITLES: Record<DriftWay, string> = { "bring-back": "Bring back what is declared", adopt: "Adopt what the cluster has" };
const rowKeyOf = ({ key }: DriftRow): string => key;

/** Where live clusters differ from what is declared, value by value, with both ways out for one, for those chosen and for all. */
export function DriftSection({ query, scope, withTenant, title = "Drift", empty }: DriftSectionProps) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError } = useInfiniteQuery(driftList(query));
  const [asked, setAsked] = useState<{ way: DriftWay; request: ChangeRequest } | null>(null);
  const mayPlan = useMayPlan();
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const keys = useMemo(() => rows.map(rowKeyOf), [rows]);
  const selection = useSelection(keys);
  const resolve = useCallback((way: DriftWay, row: DriftRow) => setAsked({ way, request: chosenDrift(way, [row]) }), []);
  const columns = useMemo(() => driftColumns({ withTenant, onResolve: mayPlan ? resolve : null }), [withTenant, mayPlan, resolve]);
  const chosen = rows.filter((row) => selection.selected.has(rowKeyOf(row)));
  const total = data?.pages[0]?.page.total ?? 0;
  const ask = (way: DriftWay) =>
    setAsked({ way, request: chosen.length === 0 ? allDrift(way, scope) : chosenDrift(way, chosen.slice(0, ITEMS_MAX)) });
  const close = () => {
    setAsked(null);
    selection.clear();
  };
  return (
    <section aria-labelledby="drift">
      <SectionHead
        id="drift"
        title={title}
        note={data === undefined ? null : noteOf(total)}
        actions={
          total === 0 ? null : (
            <>
              {mayPlan ? <WaysOut chosen={chosen.length} onAsk={ask} /> : null}
              <ExportLink href={driftCsvPath(query)} file="drift" />
            </>
          )
        }
      />
      {data === undefined && error !== null ? (
        <ErrorState title="The drift could not be loaded" message={error.message} onRetry={() => void refetch()} />
      ) : null}
      {data === undefined && error === null ? (
        <>
          <WaitingFor what="what differs from what is declared" />
          <Skeleton height={64} />
        </>
      ) : null}
      {data !== undefined && rows.length === 0 ? empty : null}
      {rows.length === 0 ? null : (
        <DataTable
          caption="Values that differ from what is declared"
          className="tall drift"
          columns={columns}
          rows={rows}
          rowKey={rowKeyOf}
          total={total}
          selection={mayPlan ? selection : undefined}
          rowName={({ name, resource, tenantName }) => `${name} of ${resource}, ${tenantName}`}
        />
      )}
      {hasNextPage ? (
        <MoreRows
          shown={rows.length}
          total={total}
          loading={isFetchingNextPage}
          error={isFetchNextPageError ? (error?.message ?? "") : null}
          onMore={() => void fetchNextPage()}
        />
      ) : null}
      {asked === null ? null : <ChangeDialog title={TITLES[asked.way]} request={asked.request} onClose={close} />}
    </section>
  );
}

function noteOf(total: number): string {
  if (total === 0) return "none";
  return total === 1 ? "one value differs from what is declared" : `${formatCount(total)} values differ from what is declared`;
}

function WaysOut({ chosen, onAsk }: { chosen: number; onAsk: (way: DriftWay) => void }) {
  const many = chosen > 0 ? formatCount(chosen) : "all";
  return (
    <>
      <Button onClick={() => onAsk("bring-back")}>Bring {many} back</Button>
      <Button onClick={() => onAsk("adopt")}>Adopt {many}</Button>
    </>
  );
}
