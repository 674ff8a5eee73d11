import type { Judging } from "./judging";
import type { ClientSeen, Level } from "./noise";
import { tenantOfClient } from "./traffic";

/** A client that comes and goes is not new each time: it is remembered for so long after it was last told. */
const REMEMBERED_MS = 24 * 60 * 60_000;
/** A client that was first seen this near to a rise began at that time. */
const NEAR_MS = 5 * 60_000;
const ALWAYS = 0;

/** Every client of a tenant that was told within a day, with when it was first. */
export function seenClients({ fleet, cluster, memory, fresh, atMs }: Judging): Map<string, ClientSeen> {
  const clients = new Map([...memory.clients].filter(([, { lastMs }]) => atMs - lastMs <= REMEMBERED_MS));
  const isFirst = memory.last === null;
  for (const { clients: told } of fresh.values()) {
    for (const fact of told) {
      const tenantId = tenantOfClient(fleet, cluster.clusterId, fact);
      if (tenantId === null) continue;
      const key = JSON.stringify([tenantId, fact.clientId || fact.user]);
      clients.set(key, { firstMs: clients.get(key)?.firstMs ?? (isFirst ? ALWAYS : atMs), lastMs: atMs });
    }
  }
  return clients;
}

/** Clients of a tenant that were first seen when it rose. */
export function newClients({ memory }: Judging, { tenantId, sinceMs }: Level): string[] {
  if (sinceMs === null) return [];
  return [...memory.clients].flatMap(([key, { firstMs }]) => {
    const [id, name] = JSON.parse(key) as [string, string];
    return id === tenantId && firstMs !== ALWAYS && Math.abs(firstMs - sinceMs) <= NEAR_MS ? [name] : [];
  });
}
