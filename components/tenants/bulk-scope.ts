import type { TenantListQuery } from "@/lib/client/tenants";
import type { TenantScope } from "@/lib/domain/change/request";
import type { paths } from "@/lib/domain/paths";

/** What a bulk form is about: tenants by id, or all that a filter finds at the moment of the plan. */
export type BulkScope = Extract<TenantScope, { tenantIds: string[] }> | Extract<TenantScope, { filter: string }>;

/** Up to so many characters of ids stand in the address; more are kept in this tab. */
const ADDRESS_MAX = 600;
const PREFIX = "tenants chosen ";

/** The filter box's words with the view and the scope of the page, as one filter. */
export function filterOf({ q, view, cluster }: Pick<TenantListQuery, "q" | "view" | "cluster">): string {
  const terms = [q.trim(), view === "all" ? "" : `view:${view}`, cluster === null ? "" : `cluster:${cluster}`];
  return terms.filter((term) => term !== "").join(" ");
}

type Of = Parameters<typeof paths.changeTenants>[1];

/** How an address names a scope. Many ids are kept in the tab's storage under a key made from them. */
export function addressOf(scope: BulkScope, storage: Pick<Storage, "setItem">): Of {
  if ("filter" in scope) return { filter: scope.filter };
  const ids = scope.tenantIds.join(",");
  if (ids.length <= ADDRESS_MAX) return { ids };
  const key = keyOf(ids);
  storage.setItem(`${PREFIX}${key}`, ids);
  return { kept: key };
}

/** What an address names; null: nothing, or something that this tab has not kept. */
export function scopeOf(given: { ids?: string; kept?: string; filter?: string }, storage: Pick<Storage, "getItem">): BulkScope | null {
  if (given.filter !== undefined) return { filter: given.filter };
  const ids = given.ids ?? (given.kept === undefined ? null : storage.getItem(`${PREFIX}${given.kept}`));
  const tenantIds = ids?.split(",").filter((id) => id !== "") ?? [];
  return tenantIds.length === 0 ? null : { tenantIds };
}

/** The same ids have the same key, so that opening a form twice keeps one list. */
function keyOf(text: string): string {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return `${(hash >>> 0).toString(36)}-${text.length.toString(36)}`;
}
