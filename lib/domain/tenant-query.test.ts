import { describe, expect, it } from "vitest";
import { countTenantViews, filterTenants, parseTenantQuery, sortTenants, type TenantSort, type TenantView } from "./tenant-query";
import type { TenantRow } from "./views/tenants";
import type { RowUse } from "./views/use";

const use = (changes: Partial<RowUse> = {}): RowUse => ({
  state: "free",
  bytesPerSecond: 100,
  source: "measured",
  share: 0.1,
  worstBytesPerSecond: 100,
  brokerId: 1,
  throttleMs: 0,
  promiseShare: 0.1,
  ...changes,
});
const row = (id: string, changes: Partial<TenantRow> = {}): TenantRow => ({
  id,
  name: id.toUpperCase(),
  tier: "gold",
  model: "bridge",
  attention: null,
  produce: use(),
  consume: use(),
  lag: { state: "ok", clusterId: "c", groupId: "g", recordsBehind: 0, timeBehindMs: 0, reason: null },
  storageBytes: 10,
  ...changes,
});
const lag = (timeBehindMs: number | null, state: TenantRow["lag"]["state"] = "ok"): TenantRow["lag"] => ({
  state,
  clusterId: "c",
  groupId: "g",
  recordsBehind: 1,
  timeBehindMs,
  reason: null,
});

const ROWS = [
  row("acme", { attention: { severity: "warn", label: "Near quota", more: 0 }, produce: use({ state: "near", share: 0.9 }) }),
  row("bluegill", { tier: "Silver", lag: lag(700_000, "behind"), attention: { severity: "danger", label: "Behind", more: 1 } }),
  row("cobalt", { model: "mixed", models: ["bridge", "pool"], lag: lag(null, "unknown"), storageBytes: null }),
  row("dune", { model: "pool", produce: use({ state: "unknown", bytesPerSecond: null, share: null, promiseShare: null }) }),
  row("ember", { produce: use({ promiseShare: 1.2, share: 0.5, bytesPerSecond: 900 }) }),
];
const about = (id: string) => ({
  clusters: id === "dune" ? ["shared-2"] : ["shared-1"],
  rules: id === "dune" ? ["tenant.no-identity"] : [],
});
const ids = (rows: readonly TenantRow[]) => rows.map(({ id }) => id).join(" ");
const find = (text: string, view: TenantView = "all") => ids(filterTenants(ROWS, parseTenantQuery(text), view, about));

describe("the filter box", () => {
  it.each([
    ["", "acme bluegill cobalt dune ember"],
    ["me", "acme"],
    ["ACME", "acme"],
    ["tier:silver", "bluegill"],
    ["model:pool", "cobalt dune"],
    ["model:mixed", "cobalt"],
    ["model:only-pool", "dune"],
    ["model:only-mixed", "cobalt"],
    ["lag:>10m", "bluegill"],
    ["lag:<1m", "acme dune ember"],
    ["cluster:shared-2", "dune"],
    ["attention:danger", "bluegill"],
    ["attention:any", "acme bluegill"],
    ["produce:>80%", "acme"],
    ["produce:<20", "bluegill cobalt"],
    ["tier:gold model:bridge e", "acme ember"],
    ["nobody:here", ""],
    ['tier:"silver"', "bluegill"],
  ])("%j finds %j", (text, expected) => expect(find(text)).toBe(expected));

  it.each(["lag:10m", "lag:>soon", "produce:>x", "model:heap", "model:only-heap", "attention:loud"])(
    "refuses %s and says what could be written",
    (text) => expect(() => parseTenantQuery(text)).toThrow(expect.objectContaining({ code: "invalid" })),
  );

  it.each(["(.*)+$", "[", "\\", "%00", "<script>", "a".repeat(5000)])("takes %j as words", (text) => expect(find(text)).toBe(""));
});

describe("saved filters", () => {
  it.each<[TenantView, string]>([
    ["attention", "acme bluegill"],
    ["near-limit", "acme"],
    ["above-promise", "ember"],
    ["lag", "bluegill"],
    ["no-identity", "dune"],
  ])("%s has %j", (view, expected) => {
    expect(find("", view)).toBe(expected);
    expect(find(`view:${view}`)).toBe(expected);
  });

  it.each([
    [1.3, 0.2, "est"],
    [1.3, 0.25, ""],
    [0.9, 0.2, ""],
  ])("count an estimate as above its promise only with its whole interval: %s ± %s", (promiseShare, error, expected) => {
    const rows = [row("est", { produce: use({ source: "estimated", promiseShare, error }) })];
    const found = filterTenants(rows, { tests: [] }, "above-promise", about);
    expect(found.map(({ id }) => id).join(" ")).toBe(expected);
  });

  it("counts what each would show", () => {
    expect(countTenantViews(ROWS, about)).toEqual({ all: 5, attention: 2, "near-limit": 1, "above-promise": 1, lag: 1, "no-identity": 1 });
  });
});

describe("order", () => {
  it.each<[TenantSort, "asc" | "desc", string]>([
    ["attention", "desc", "bluegill acme ember cobalt dune"],
    ["name", "asc", "acme bluegill cobalt dune ember"],
    ["produce", "desc", "acme ember bluegill cobalt dune"],
    ["produce", "asc", "bluegill cobalt ember acme dune"],
    ["lag", "desc", "bluegill ember acme dune cobalt"],
    ["lag", "asc", "ember acme dune bluegill cobalt"],
    ["storage", "desc", "ember acme bluegill dune cobalt"],
    ["model", "asc", "dune ember acme bluegill cobalt"],
  ])("by %s %s: %j, unknown last", (sort, order, expected) => expect(ids(sortTenants(ROWS, sort, order))).toBe(expected));

  it("leaves the given rows as they are", () => {
    const before = ids(ROWS);
    sortTenants(ROWS, "lag", "desc");
    expect(ids(ROWS)).toBe(before);
  });
});
