"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { MoreRows } from "@/components/ui/more-rows";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";

interface PagedRowsProps<Row> {
  answer: UseInfiniteQueryResult<InfiniteData<{ page: { total: number }; rows: Row[] }>>;
  /** In the plural, as in "the operations could not be loaded". */
  what: string;
  /** How many there are, where the page's total is not of these. */
  totalOf?: (shown: number) => number;
  children: (rows: Row[]) => ReactNode;
}

/** A list of a change that is longer than what comes with it, page by page. */
export function PagedRows<Row>({ answer, what, totalOf, children }: PagedRowsProps<Row>) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError } = answer;
  if (data === undefined) {
    if (error === null) return <Skeleton height={160} />;
    return (
      <Notice tone="warn" onRetry={() => void refetch()}>
        The {what} could not be loaded: {error.message}
      </Notice>
    );
  }
  const rows = data.pages.flatMap((page) => page.rows);
  return (
    <>
      {children(rows)}
      {hasNextPage ? (
        <MoreRows
          shown={rows.length}
          total={totalOf?.(rows.length) ?? data.pages[0]?.page.total ?? rows.length}
          loading={isFetchingNextPage}
          error={isFetchNextPageError ? (error?.message ?? "") : null}
          onMore={() => void fetchNextPage()}
        />
      ) : null}
    </>
  );
}
