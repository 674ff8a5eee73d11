"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import type { Order } from "@/components/ui/table";
import { RANGE_PRESETS } from "@/lib/client/history-range";
import type { TenantListQuery, TenantSort, TenantView } from "@/lib/client/tenants";
import { LIST_DEFAULTS, listQueryOf, ORDERS, SORTS, VIEWS } from "./tenant-address";

const LIST_PARSERS = {
  q: parseAsString.withDefault(LIST_DEFAULTS.q),
  view: parseAsStringLiteral(VIEWS).withDefault(LIST_DEFAULTS.view),
  sort: parseAsStringLiteral(SORTS).withDefault(LIST_DEFAULTS.sort),
  order: parseAsStringLiteral(ORDERS).withDefault(LIST_DEFAULTS.order),
};
/** Scope and range, which the top bar keeps in the same address. */
const PAGE_PARSERS = { cluster: parseAsString, range: parseAsStringLiteral(RANGE_PRESETS) };

export interface ListAddress {
  query: TenantListQuery;
  filter: (words: string) => void;
  show: (view: TenantView) => void;
  sortBy: (by: TenantSort, order: Order) => void;
  clear: () => void;
}

/** The state of the list, all of it in the address. Typing replaces the entry of the browser's history, choosing adds one. */
export function useListAddress(): ListAddress {
  const [{ q, view, sort, order }, set] = useQueryStates(LIST_PARSERS);
  const [{ cluster, range }] = useQueryStates(PAGE_PARSERS);
  const query = useMemo(() => listQueryOf({ q, view, sort, order, cluster, range }), [q, view, sort, order, cluster, range]);
  return {
    query,
    filter: useCallback((words: string) => void set({ q: words }, { history: "replace" }), [set]),
    show: useCallback((next: TenantView) => void set({ view: next }, { history: "push" }), [set]),
    sortBy: useCallback((by: TenantSort, next: Order) => void set({ sort: by, order: next }, { history: "push" }), [set]),
    clear: useCallback(() => void set({ q: null, view: null }, { history: "push" }), [set]),
  };
}
