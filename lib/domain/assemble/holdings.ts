import { keptList } from "@/lib/domain/kept-list";
import type { Ownership } from "@/lib/domain/owner";
import type { TenantSet } from "@/lib/domain/tenant-sets";

/** What each tenant has of something on one cluster: its own, and what it shares with others. */
export interface Holdings<T> {
  own: ReadonlyMap<string, T[]>;
  /** What a set of tenants shares; the lists are told once for all of them. */
  shared: ReadonlyMap<string, readonly T[][]>;
}

/** Hands everything to its tenants. A pool of thousands costs one list, not one for each of its tenants. */
export function holdingsOf<T>(items: ReadonlyMap<string, T>, ownerships: ReadonlyMap<string, Ownership>): Holdings<T> {
  const own = new Map<string, T[]>();
  const bySet = new Map<TenantSet, T[]>();
  for (const [name, item] of items) {
    const set = ownerships.get(name)?.set ?? null;
    const [first, second] = set?.tenantIds ?? [];
    if (set === null || first === undefined) continue;
    if (second === undefined) push(own, first, item);
    else push(bySet, set, item);
  }
  for (const [tenantId, list] of own) own.set(tenantId, keptList(list));
  const shared = new Map<string, T[][]>();
  for (const [{ tenantIds }, list] of bySet) for (const tenantId of tenantIds) push(shared, tenantId, list);
  return { own, shared };
}

const NONE: readonly never[] = [];

export function sharedOf<T>({ shared }: Holdings<T>, tenantId: string): readonly T[] {
  const lists = shared.get(tenantId) ?? NONE;
  const [only] = lists;
  return lists.length < 2 ? (only ?? NONE) : lists.flat();
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
