import { AppError } from "./errors";
import { parseDurationMs } from "./units";
import { SEVERITIES } from "./views/common";
import { TENANT_MODELS, type TENANT_SORTS, TENANT_VIEWS, type TenantRow } from "./views/tenants";

export type TenantView = (typeof TENANT_VIEWS)[number];
export type TenantSort = (typeof TENANT_SORTS)[number];

/** What a row itself does not say: the clusters the tenant is placed on, and the rules of its conditions. */
export type AboutTenant = (tenantId: string) => { clusters: readonly string[]; rules: readonly string[] };

type Test = (row: TenantRow, about: AboutTenant) => boolean;

/** The filters of the box as one question; every part must hold. */
export interface TenantQuery {
  tests: Test[];
}

const KEYS = {
  tier: (value: string): Test => {
    const wanted = value.toLowerCase();
    return ({ tier }) => tier.toLowerCase() === wanted;
  },
  model: (value: string): Test => {
    const only = /^only-(.+)$/i.exec(value)?.[1];
    if (only !== undefined) {
      const alone = oneOf("model", only, TENANT_MODELS);
      return ({ model }) => model === alone;
    }
    const wanted = oneOf("model", value, TENANT_MODELS);
    return ({ model, models }) => model === wanted || (models?.some((one) => one === wanted) ?? false);
  },
  cluster: (value: string): Test => {
    return ({ id }, about) => about(id).clusters.includes(value);
  },
  attention: (value: string): Test => {
    if (value === "any") return ({ attention }) => attention !== null;
    const wanted = oneOf("attention", value, [...SEVERITIES, "any"]);
    return ({ attention }) => attention?.severity === wanted;
  },
  lag: (value: string): Test => {
    const { above, amount } = comparison("lag", value, "lag:>10m", parseDurationMs);
    return ({ lag }) => lag.timeBehindMs !== null && (above ? lag.timeBehindMs > amount : lag.timeBehindMs < amount);
  },
  produce: (value: string): Test => useTest("produce", value),
  consume: (value: string): Test => useTest("consume", value),
  view: (value: string): Test => VIEWS[oneOf("view", value, TENANT_VIEWS)],
};

/** The words that can stand before a colon in the filter box, with a value that shows how. */
export const TENANT_FILTER_KEYS: Record<keyof typeof KEYS, string> = {
  tier: "tier:gold",
  model: "model:pool",
  cluster: "cluster:shared-1",
  attention: "attention:danger",
  lag: "lag:>10m",
  produce: "produce:>80%",
  consume: "consume:>80%",
  view: "view:lag",
};

/**
 * Reads `tier:gold model:pool lag:>10m some words`. Quotes keep a value with spaces together. A word matches the tenant's name or id;
 * a key that is not known is a word. Throws AppError `invalid` for a known key with a value that means nothing.
 */
export function parseTenantQuery(text: string): TenantQuery {
  const tests: Test[] = [];
  for (const [, key, quoted, bare, word] of text.matchAll(/(?:([a-z]+):(?:"([^"]*)"|(\S+)))|(\S+)/g)) {
    const value = quoted ?? bare;
    if (key !== undefined && value !== undefined && isKey(key)) tests.push(KEYS[key](value));
    else tests.push(wordTest(word ?? `${key}:${value}`));
  }
  return { tests };
}

/** An estimate is above only with the whole of its interval. */
function isAbovePromise({ promiseShare, error = 0 }: TenantRow["produce"]): boolean {
  return (promiseShare ?? 0) * (1 - error) > 1;
}

/** The saved filters above the list. */
const VIEWS: Record<TenantView, Test> = {
  all: () => true,
  attention: ({ attention }) => attention !== null,
  "near-limit": ({ produce, consume }) => isNearLimit(produce.state) || isNearLimit(consume.state),
  "above-promise": ({ produce, consume }) => isAbovePromise(produce) || isAbovePromise(consume),
  lag: ({ lag }) => lag.state === "behind" || lag.state === "stuck" || lag.state === "losing",
  "no-identity": ({ id }, about) => about(id).rules.includes("tenant.no-identity"),
};

export function filterTenants(rows: readonly TenantRow[], query: TenantQuery, view: TenantView, about: AboutTenant): TenantRow[] {
  const tests = [...query.tests, VIEWS[view]];
  return rows.filter((row) => tests.every((test) => test(row, about)));
}

/** How many of the rows each saved filter has. */
export function countTenantViews(rows: readonly TenantRow[], about: AboutTenant): Record<TenantView, number> {
  const counts = { all: 0, attention: 0, "near-limit": 0, "above-promise": 0, lag: 0, "no-identity": 0 };
  for (const row of rows) for (const view of TENANT_VIEWS) if (VIEWS[view](row, about)) counts[view] += 1;
  return counts;
}

const MODEL_ORDER = new Map<string, number>(TENANT_MODELS.map((model, position) => [model, position]));
const SEVERITY_ORDER = new Map<string, number>(SEVERITIES.map((severity, position) => [severity, position]));

/** Larger sorts first in descending order. null: not known, and always last. */
const SORT_KEYS: Record<TenantSort, (row: TenantRow) => number | string | null> = {
  attention: ({ attention }) => (attention === null ? -SEVERITIES.length : -(SEVERITY_ORDER.get(attention.severity) ?? 0)),
  name: ({ name }) => name.toLowerCase(),
  tier: ({ tier }) => tier.toLowerCase(),
  model: ({ model }) => MODEL_ORDER.get(model) ?? null,
  produce: ({ produce }) => produce.share ?? (produce.bytesPerSecond === null ? null : 0),
  consume: ({ consume }) => consume.share ?? (consume.bytesPerSecond === null ? null : 0),
  lag: ({ lag }) => lag.timeBehindMs,
  storage: ({ storageBytes }) => storageBytes,
};

/** Sorted anew; what is not known comes last in either direction, equals by produce rate and then by name. */
export function sortTenants(rows: readonly TenantRow[], sort: TenantSort, order: "asc" | "desc"): TenantRow[] {
  const sign = order === "asc" ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: SORT_KEYS[sort](row) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || byRateThenName(a.row, b.row);
    return sign * compare(a.key, b.key) || byRateThenName(a.row, b.row);
  });
  return keyed.map(({ row }) => row);
}

function byRateThenName(a: TenantRow, b: TenantRow): number {
  return (b.produce.bytesPerSecond ?? -1) - (a.produce.bytesPerSecond ?? -1) || compare(a.name, b.name) || compare(a.id, b.id);
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isKey(key: string): key is keyof typeof KEYS {
  return Object.hasOwn(KEYS, key);
}

function isNearLimit(state: TenantRow["produce"]["state"]): boolean {
  return state === "near" || state === "at-limit" || state === "throttled-below-promise" || state === "not-in-force";
}

function wordTest(word: string): Test {
  const wanted = word.toLowerCase();
  return ({ id, name }) => id.includes(wanted) || name.toLowerCase().includes(wanted);
}

function useTest(direction: "produce" | "consume", value: string): Test {
  const { above, amount } = comparison(direction, value, `${direction}:>80%`, parsePercent);
  return (row) => {
    const { share } = row[direction];
    return share !== null && (above ? share > amount : share < amount);
  };
}

function parsePercent(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)%?$/.exec(text);
  return match === null ? null : Number(match[1]) / 100;
}

function comparison(key: string, value: string, example: string, parse: (text: string) => number | null) {
  const [, sign, text = ""] = /^([<>])(.+)$/.exec(value) ?? [];
  const amount = parse(text);
  if (sign === undefined || amount === null) throw wrongFilter(`"${key}:${value}" cannot be read; write for example ${example}`);
  return { above: sign === ">", amount };
}

function oneOf<T extends string>(key: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value.toLowerCase());
  if (found === undefined) throw wrongFilter(`"${key}:${value}" is not known; ${key} is one of ${known.join(", ")}`);
  return found;
}

function wrongFilter(message: string): AppError {
  return new AppError("invalid", message, { details: [{ path: "q", message }] });
}
