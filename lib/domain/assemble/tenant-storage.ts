import { formatCountOf } from "@/lib/domain/format";
import { isKnown, measured, type Observed, sumObserved, unavailable } from "@/lib/domain/observed";
import type { TenantRow, TopicSummary } from "@/lib/domain/views/tenants";
import type { ClusterJoin } from "./cluster-join";
import type { TenantPlace } from "./tenant-places";

/** A tenant's bytes: those of its own topics. What it keeps in shared topics cannot be told apart, so beside a pool it is "at least". */
export function tenantStorage(
  size: "sizeBytes" | "sizeWithReplicasBytes",
  own: readonly TopicSummary[],
  shared: readonly TopicSummary[],
  places: readonly TenantPlace[],
  joins: ReadonlyMap<string, ClusterJoin>,
  at: string,
): Observed<number> {
  const pooled = places.some(({ pool }) => pool !== null);
  if (pooled && places.every((place) => place.own === null)) return inShared(shared, at);
  const sum = sumObserved(
    own.map((topic) => topic[size]),
    nothing(places, joins, at),
  );
  return isKnown(sum) && pooled ? { ...sum, atLeast: true } : sum;
}

export function storageNote(storage: Observed<number>, places: readonly TenantPlace[]): TenantRow["storageNote"] {
  if (isKnown(storage)) return storage.atLeast ? "atLeast" : undefined;
  return places.length > 0 && places.every((place) => place.own === null) ? "shared" : "unknown";
}

/** Without a topic of its own a tenant keeps nothing, where its clusters have been read. */
function nothing(places: readonly TenantPlace[], joins: ReadonlyMap<string, ClusterJoin>, at: string): Observed<number> {
  const unread = places.find(({ clusterId }) => (joins.get(clusterId)?.cluster.metadata ?? null) === null);
  if (unread !== undefined)
    return unavailable(`The topics of ${unread.clusterId} have not been read.`, "Check the cluster's connection.", at);
  if (places.length === 0) return unavailable("The tenant is placed on no cluster.", "Add a placement to it.", at);
  return measured(0, at);
}

function inShared(shared: readonly TopicSummary[], at: string): Observed<number> {
  const reason =
    shared.length === 0
      ? "No shared topic fits the names of its placement."
      : `Its records lie among those of others in ${formatCountOf(shared.length, "shared topic")}.`;
  return unavailable(reason, "Sample the records, or let the application report what a tenant keeps.", at);
}
