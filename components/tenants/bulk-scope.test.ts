import { expect, test } from "vitest";
import { quotaRequest } from "@/components/change/quota-draft";
import { paths } from "@/lib/domain/paths";
import { parseTenantQuery } from "@/lib/domain/tenant-query";
import { addressOf, type BulkScope, filterOf, scopeOf } from "./bulk-scope";
import { bulkTierRequest } from "./bulk-tier-form";

function storage() {
  const kept = new Map<string, string>();
  return { kept, setItem: (key: string, value: string) => void kept.set(key, value), getItem: (key: string) => kept.get(key) ?? null };
}

test("words, view and cluster are one filter, which the list's own parser reads", () => {
  expect(filterOf({ q: "", view: "all", cluster: null })).toBe("");
  const filter = filterOf({ q: "tier:gold acme", view: "near-limit", cluster: "shared-1" });
  expect(filter).toBe("tier:gold acme view:near-limit cluster:shared-1");
  expect(parseTenantQuery(filter).tests).toHaveLength(4);
});

test.each<BulkScope>([{ tenantIds: ["acme", "brook"] }, { filter: "tier:gold" }, { filter: "" }])(
  "%j comes back from its address",
  (scope) => {
    const tab = storage();
    const address = new URL(paths.changeTenants("quota", addressOf(scope, tab)), "http://localhost");
    expect(scopeOf(Object.fromEntries(address.searchParams), tab)).toEqual(scope);
    expect(tab.kept.size).toBe(0);
  },
);

test("many ids are kept in the tab, and only their key is in the address", () => {
  const tab = storage();
  const scope: BulkScope = { tenantIds: Array.from({ length: 500 }, (_, at) => `tenant-${at}`) };
  const address = paths.changeTenants("retention", addressOf(scope, tab));
  expect(address.length).toBeLessThan(80);
  const given = Object.fromEntries(new URL(address, "http://localhost").searchParams);
  expect(scopeOf(given, tab)).toEqual(scope);
  expect(scopeOf(given, storage())).toBeNull();
});

test("an address that names nobody is nobody", () => {
  for (const given of [{}, { ids: "" }, { ids: "," }]) expect(scopeOf(given, storage())).toBeNull();
});

test("quotas for many: what is empty is no part, and one bad value keeps all of it back", () => {
  const scope: BulkScope = { filter: "tier:gold" };
  const draft = { produceBytesPerSecond: "1 MB/s", consumeBytesPerSecond: "as the tier", requestPercent: "", until: "", atEnd: "report" };
  expect(quotaRequest(draft, scope, 0)).toEqual({
    kind: "quota",
    scope,
    produceBytesPerSecond: 1_000_000,
    consumeBytesPerSecond: "tier",
  });
  expect(quotaRequest({ ...draft, requestPercent: "lots" }, scope, 0)).toBeNull();
  expect(quotaRequest({ ...draft, until: "2001-01-01T00:00" }, scope, Date.parse("2026-01-01"))).toBeNull();
});

test("a tier for many", () => {
  const scope: BulkScope = { tenantIds: ["acme"] };
  expect(bulkTierRequest(scope, { tierId: "", drop: "" })).toBeNull();
  expect(bulkTierRequest(scope, { tierId: "gold", drop: "" })).toEqual({ kind: "tier", scope, tierId: "gold", dropOverrides: [] });
  expect(bulkTierRequest(scope, { tierId: "gold", drop: "all" })).toMatchObject({ dropOverrides: "all" });
});
