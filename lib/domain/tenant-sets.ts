/** A set of tenants that exists once: two with the same members are the same object, so that thousands of topics can share one. */
export interface TenantSet {
  id: number;
  /** Sorted. */
  tenantIds: readonly string[];
}

export interface TenantSets {
  of: (tenantIds: readonly string[]) => TenantSet;
  union: (a: TenantSet, b: TenantSet) => TenantSet;
}

/** Keeps every set of tenants that was asked for, and every union, so that a pool of thousands is joined once and not per topic. */
export function createTenantSets(): TenantSets {
  const byMembers = new Map<string, TenantSet>();
  const unions = new Map<string, TenantSet>();

  function of(tenantIds: readonly string[]): TenantSet {
    const [only = ""] = tenantIds;
    const members = tenantIds.length === 1 ? tenantIds : [...new Set(tenantIds)].toSorted();
    const key = members.length === 1 ? only : members.join("\n");
    let set = byMembers.get(key);
    if (set === undefined) {
      set = { id: byMembers.size, tenantIds: members };
      byMembers.set(key, set);
    }
    return set;
  }

  function union(a: TenantSet, b: TenantSet): TenantSet {
    if (a === b) return a;
    const key = a.id < b.id ? `${a.id}+${b.id}` : `${b.id}+${a.id}`;
    let set = unions.get(key);
    if (set === undefined) {
      set = of([...a.tenantIds, ...b.tenantIds]);
      unions.set(key, set);
    }
    return set;
  }

  return { of, union };
}
