"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo } from "react";
import { MoreRows } from "@/components/ui/more-rows";
import { ErrorState, Notice } from "@/components/ui/notice";
import { WaitingFor } from "@/components/ui/skeleton";
import { type Column, DataTable, type Order } from "@/components/ui/table";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { ApiError } from "@/lib/client/fetch-json";

interface ListPage<Row> {
  page: { total: number };
  rows: Row[];
}

type Answer<Row> = UseInfiniteQueryResult<InfiniteData<ListPage<Row>>>;

interface PagedListProps<Row> {
  answer: Answer<Row>;
  /** In the plural, as in "the topics could not be loaded". */
  what: string;
  columns: readonly Column<Row, string>[];
  rowKey: (row: Row) => string;
  /** Absent: a row leads nowhere. */
  rowHref?: (row: Row) => string;
  /** Absent: the list has one order, which `order` says. */
  sort?: { by: string; order: Order };
  onSort?: (by: string, order: Order) => void;
  order?: string;
  /** Shown instead of a table without rows. */
  empty: ReactNode;
}

/** A list in pages of the server, in all its states: waiting, failed, empty, not renewed, and longer than what is shown. */
export function PagedList<Row>({ answer, what, columns, rowKey, rowHref, sort, onSort, order, empty }: PagedListProps<Row>) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError, isPlaceholderData } = answer;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const total = data?.pages[0]?.page.total ?? 0;
  const more = useCallback(async () => {
    const { error: failed } = await fetchNextPage();
    // The list the cursor belonged to is gone: read the loaded pages anew, which brings a fresh cursor.
    if (failed instanceof ApiError && failed.code === "precondition_failed") await refetch();
  }, [fetchNextPage, refetch]);
  if (data === undefined) {
    if (error !== null) {
      const requestId = error instanceof ApiError ? error.requestId : null;
      return (
        <ErrorState
          title={`The ${what} could not be loaded`}
          message={error.message}
          requestId={requestId}
          onRetry={() => void refetch()}
        />
      );
    }
    return (
      <>
        <WaitingFor what={`the list of ${what}`} />
        <TableSkeleton columns={columns} what={what} />
      </>
    );
  }
  return (
    <>
      {error !== null && !isFetchNextPageError ? (
        <Notice tone="warn" onRetry={() => void refetch()}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      ) : null}
      {rows.length === 0 ? (
        empty
      ) : (
        <DataTable
          caption={`All ${what}, ${sort === undefined ? order : `sorted by ${sort.by}`}`}
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          {...(rowHref === undefined ? {} : { rowHref })}
          {...(sort === undefined ? {} : { sort })}
          {...(onSort === undefined ? {} : { onSort })}
          total={total}
          busy={isPlaceholderData}
        />
      )}
      {hasNextPage ? (
        <MoreRows
          shown={rows.length}
          total={total}
          loading={isFetchingNextPage}
          error={isFetchNextPageError ? (error?.message ?? "") : null}
          onMore={() => void more()}
        />
      ) : null}
    </>
  );
}
