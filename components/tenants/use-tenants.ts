"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { ApiError } from "@/lib/client/fetch-json";
import { type TenantListQuery, tenantList } from "@/lib/client/tenants";
import type { ShownTenant } from "@/lib/domain/listed-tenants";

const NO_ROWS: readonly ShownTenant[] = [];

/** The loaded pages of the list as one, and how to load the next. */
export function useTenants(query: TenantListQuery) {
  const answer = useInfiniteQuery(tenantList(query));
  const { data, fetchNextPage, refetch } = answer;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? NO_ROWS, [data]);
  const more = useCallback(async () => {
    const { error } = await fetchNextPage();
    // The list the cursor belonged to is gone: read the loaded pages anew, which brings a fresh cursor.
    if (error instanceof ApiError && error.code === "precondition_failed") await refetch();
  }, [fetchNextPage, refetch]);
  return { ...answer, first: data?.pages[0], rows, more };
}
