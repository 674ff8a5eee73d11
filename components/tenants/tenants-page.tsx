"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { QuotaCardHost } from "@/components/tenancy/quota-card-host";
import { ButtonAnchor } from "@/components/ui/button";
import { MoreRows } from "@/components/ui/more-rows";
import { PageTitle } from "@/components/ui/page-title";
import { WaitingFor } from "@/components/ui/skeleton";
import { DataTable } from "@/components/ui/table";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { useCarry } from "@/lib/client/address";
import { rememberPreference } from "@/lib/client/preferences";
import { tenantCsvPath } from "@/lib/client/tenants";
import { paths } from "@/lib/domain/paths";
import { BulkBar } from "./bulk-bar";
import { NoTenantFound, NoTenantsYet } from "./no-tenants";
import { summaryWords } from "./summary-words";
import { VIEW_WORDS } from "./tenant-address";
import { TenantListState } from "./tenant-list-state";
import { TenantToolbar } from "./tenant-toolbar";
import { useBulk } from "./use-bulk";
import { type ListAddress, useListAddress } from "./use-list-address";
import { useTenantColumns } from "./use-tenant-columns";
import { useTenants } from "./use-tenants";

/** The rows, or what stands in their place. */
function TenantTable({ address, list, hidden }: { address: ListAddress; list: ReturnType<typeof useTenants>; hidden: readonly string[] }) {
  const { query, sortBy, clear } = address;
  const { data, error, first, rows, isPlaceholderData, hasNextPage, isFetchingNextPage, isFetchNextPageError } = list;
  const columns = useTenantColumns(rows, first?.tiers, query.spark, hidden);
  const carry = useCarry();
  const bulk = useBulk(query, rows);
  if (!data || !first) {
    return error ? null : (
      <>
        <TableSkeleton columns={columns} fixed selects what="tenants" />
        <WaitingFor what="the list of tenants" />
      </>
    );
  }
  const bar = (
    <BulkBar
      query={query}
      selected={bulk.selection.selected}
      all={bulk.all}
      total={first.page.total}
      onAll={bulk.chooseAll}
      onClear={bulk.clear}
    />
  );
  if (rows.length === 0) {
    return (
      <>
        {isPlaceholderData ? null : <NoTenantFound onClear={clear} />}
        {bar}
      </>
    );
  }
  return (
    <>
      <QuotaCardHost>
        <DataTable
          caption={`Tenants, ${VIEW_WORDS[query.view].toLowerCase()}, sorted by ${query.sort}`}
          className="tenants"
          fixed
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowHref={(row) => carry(paths.tenant(row.id))}
          sort={{ by: query.sort, order: query.order }}
          onSort={sortBy}
          total={first.page.total}
          busy={isPlaceholderData}
          selection={bulk.selection}
          rowName={(row) => row.name}
        />
      </QuotaCardHost>
      {hasNextPage ? (
        <MoreRows
          shown={rows.length}
          total={first.page.total}
          loading={isFetchingNextPage}
          error={isFetchNextPageError ? (error?.message ?? "") : null}
          onMore={() => void list.more()}
        />
      ) : null}
      {bar}
    </>
  );
}

/** All tenants: what is wrong first, then the figures, live, with the state of the list in the address. */
export function TenantsPage({ initiallyHidden }: { initiallyHidden: readonly string[] }) {
  const address = useListAddress();
  const { query } = address;
  const list = useTenants(query);
  const [hidden, setHidden] = useState(initiallyHidden);
  const hide = (next: string[]) => {
    setHidden(next);
    rememberPreference("tenant-columns-hidden", next.length === 0 ? null : next.join("."));
  };
  const filtered = query.q !== "" || query.view !== "all" || query.cluster !== null;
  const nobody = !filtered && !list.isPlaceholderData && list.first?.counts.all === 0;
  return (
    <>
      <PageTitle
        title="Tenants"
        facts={list.first ? summaryWords(list.first) : null}
        actions={
          <ButtonAnchor href={tenantCsvPath(query)} download="tenants.csv">
            <Download aria-hidden />
            Export CSV
          </ButtonAnchor>
        }
      />
      {nobody ? null : <TenantToolbar address={address} first={list.first} hidden={hidden} onHide={hide} />}
      {list.isFetchNextPageError ? null : (
        <TenantListState error={list.error} shown={list.data !== undefined} onRetry={() => void list.refetch()} />
      )}
      {nobody ? <NoTenantsYet /> : <TenantTable address={address} list={list} hidden={hidden} />}
    </>
  );
}
