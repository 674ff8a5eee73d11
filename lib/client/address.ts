"use client";

import { useSearchParams } from "next/navigation";
import { parseAsIsoDateTime, parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { DEFAULT_RANGE, type HistoryRange, RANGE_PRESETS } from "./history-range";

const CARRIED = ["cluster", "range", "from", "to"] as const;

const RANGE_PARSERS = {
  range: parseAsStringLiteral(RANGE_PRESETS),
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
};

/** The time range of the address: a preset that ends now, or two times. Setting the default takes it out of the address. */
export function useTimeRange(): [HistoryRange, (range: HistoryRange) => void] {
  const [{ range, from, to }, set] = useQueryStates(RANGE_PARSERS);
  const fromMs = from?.getTime();
  const toMs = to?.getTime();
  const value = useMemo<HistoryRange>(() => {
    if (range === null && fromMs !== undefined && toMs !== undefined && fromMs < toMs) {
      return { kind: "custom", from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
    }
    return { kind: "preset", preset: range ?? DEFAULT_RANGE };
  }, [range, fromMs, toMs]);
  const change = useCallback(
    (next: HistoryRange) => {
      void set(
        next.kind === "custom"
          ? { range: null, from: new Date(next.from), to: new Date(next.to) }
          : { range: next.preset === DEFAULT_RANGE ? null : next.preset, from: null, to: null },
        { history: "push" },
      );
    },
    [set],
  );
  return [value, change];
}

/** The scope of the address: one cluster's id, or null for all of them. */
export function useScope(): [string | null, (clusterId: string | null) => void] {
  const [cluster, set] = useQueryState("cluster", parseAsString.withOptions({ history: "push" }));
  const change = useCallback((clusterId: string | null) => void set(clusterId), [set]);
  return [cluster === "" ? null : cluster, change];
}

/** Adds what follows from page to page (scope and time range) to a link inside the console. */
export function useCarry(): (href: string) => string {
  const search = useSearchParams();
  return useCallback(
    (href: string) => {
      const [address = "", hash] = href.split("#");
      const [path = "", query = ""] = address.split("?");
      const next = new URLSearchParams(query);
      for (const name of CARRIED) {
        const value = search.get(name);
        // Two times of a link of its own are a range already.
        const isOther = name === "range" && next.has("from");
        if (value !== null && !next.has(name) && !isOther) next.set(name, value);
      }
      return `${path}${next.size === 0 ? "" : `?${next}`}${hash === undefined ? "" : `#${hash}`}`;
    },
    [search],
  );
}
