import { DEFAULT_RANGE, RANGE_PRESETS, type RangePreset } from "@/lib/client/history-range";
import type { TenantListQuery, TenantSort, TenantView } from "@/lib/client/tenants";

export const VIEW_WORDS: Record<TenantView, string> = {
  all: "All",
  attention: "Attention",
  "near-limit": "Near or at quota",
  "above-promise": "Above promise",
  lag: "Lag past objective",
  "no-identity": "No identity",
};

export const VIEWS = Object.keys(VIEW_WORDS) as TenantView[];
export const SORTS = [
  "attention",
  "name",
  "tier",
  "model",
  "produce",
  "consume",
  "lag",
  "storage",
] as const satisfies readonly TenantSort[];
export const ORDERS = ["asc", "desc"] as const;

/** What the list shows when its address says nothing. */
export const LIST_DEFAULTS = { q: "", view: "all", sort: "attention", order: "desc" } as const;

interface ListAddress {
  q: string;
  view: TenantView;
  sort: TenantSort;
  order: "asc" | "desc";
  cluster: string | null;
  range: RangePreset | null;
}

/** What the address asks the API for. A custom time range has no sparkline of its own: the default stands in. */
export function listQueryOf({ range, cluster, ...list }: ListAddress): TenantListQuery {
  return { ...list, cluster: cluster === "" ? null : cluster, spark: range ?? DEFAULT_RANGE };
}

type Given = Record<string, string | string[] | undefined>;

function oneOf<T extends string>(given: Given, name: string, known: readonly T[]): T | null {
  return known.find((each) => each === given[name]) ?? null;
}

/** The same for the server, which reads the address without the browser's parsers. */
export function readListQuery(given: Given): TenantListQuery {
  const text = (name: string): string | null => {
    const value = given[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  return listQueryOf({
    q: text("q") ?? LIST_DEFAULTS.q,
    view: oneOf(given, "view", VIEWS) ?? LIST_DEFAULTS.view,
    sort: oneOf(given, "sort", SORTS) ?? LIST_DEFAULTS.sort,
    order: oneOf(given, "order", ORDERS) ?? LIST_DEFAULTS.order,
    cluster: text("cluster"),
    range: oneOf(given, "range", RANGE_PRESETS),
  });
}
