"use client";

import { useMemo, useState } from "react";
import { type Selection, useSelection } from "@/components/ui/use-selection";
import type { TenantListQuery } from "@/lib/client/tenants";
import type { ShownTenant } from "@/lib/domain/listed-tenants";
import { filterOf } from "./bulk-scope";

export interface Bulk {
  selection: Selection;
  /** Everybody the filter finds is chosen. */
  all: boolean;
  chooseAll: () => void;
  clear: () => void;
}

/** The tenants that were chosen: some, kept while the filter changes, or all of a filter, until it changes. */
export function useBulk(query: TenantListQuery, rows: readonly ShownTenant[]): Bulk {
  const keys = useMemo(() => rows.map(({ id }) => id), [rows]);
  const some = useSelection(keys);
  const [allOf, setAllOf] = useState<string | null>(null);
  const filter = filterOf(query);
  const all = allOf === filter;
  const { onSelect, onSelectAll, clear } = some;
  const selection = useMemo<Selection>(() => {
    if (!all) return some;
    // Taking one out of all leaves those that are in the table.
    const leave = () => setAllOf(null);
    return {
      ...some,
      selected: new Set([...some.selected, ...keys]),
      onSelect: (key, range) => {
        leave();
        if (!keys.every((one) => some.selected.has(one))) onSelectAll();
        onSelect(key, range);
      },
      onSelectAll: () => {
        leave();
        clear();
      },
    };
  }, [all, some, keys, onSelect, onSelectAll, clear]);
  return {
    selection,
    all,
    chooseAll: () => setAllOf(filter),
    clear: () => {
      setAllOf(null);
      clear();
    },
  };
}
